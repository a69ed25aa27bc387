import { ModulesContainer } from '@nestjs/core';
import {
  ACTORS,
  type Actor,
  mayUse,
  PERMISSIONS,
  STAFF_ROLES,
} from '@talent-card/shared/accounts/permissions';
import { ALL_ROUTES } from '@talent-card/shared/all-routes';
import { API_PREFIX, fillPath, type Route } from '@talent-card/shared/common/route';
import type { SessionKind } from '../src/platform/accounts/session.entity.js';
import { Sessions } from '../src/platform/accounts/sessions.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { type GuardedRoute, ROUTE_METADATA } from '../src/platform/http/endpoint.decorator.js';
import { newId } from '../src/platform/ids.js';
import { createTestApp, type TestApp } from './harness.js';
import { createStaff, newKey, signInCitizen, signInProved } from './sign-in.js';

const PATH_METADATA = 'path';
const nameOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method} ${route.path}`;
const permissionOf = (route: Route): GuardedRoute['access'] | undefined =>
  route.access in PERMISSIONS ? (route.access as GuardedRoute['access']) : undefined;

/** What the permission table says about somebody on a route; null when the door is open. */
function refusalOf(access: GuardedRoute['access'], actor: Actor): string | null {
  if (mayUse(access, actor)) return null;
  if (actor === 'anonymous') return 'UNAUTHENTICATED';
  return actor === 'citizen' && mayUse(access, 'person') ? 'REAL_NAME_REQUIRED' : 'FORBIDDEN';
}
const REFUSALS = ['UNAUTHENTICATED', 'SESSION_EXPIRED', 'FORBIDDEN', 'REAL_NAME_REQUIRED'];

interface Handler {
  readonly name: string;
  readonly route: GuardedRoute | undefined;
}

/** Every method of every controller that answers an address. */
function handlersOf(test: TestApp): Handler[] {
  const handlers: Handler[] = [];
  for (const module of test.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, unknown>;
      for (const method of Object.getOwnPropertyNames(prototype)) {
        if (method === 'constructor') continue;
        const handler = Object.getOwnPropertyDescriptor(prototype, method)?.value as unknown;
        if (typeof handler !== 'function' || !Reflect.hasMetadata(PATH_METADATA, handler)) continue;
        const route = Reflect.getMetadata(ROUTE_METADATA, handler) as GuardedRoute | undefined;
        handlers.push({ name: `${metatype.name}.${method}`, route });
      }
    }
  }
  return handlers;
}

describe('every role on every route', () => {
  let test: TestApp;
  const owners = new Map<Actor, string>();

  beforeAll(async () => {
    test = await createTestApp();
    owners.set('citizen', (await signInCitizen(test, 'without-name')).accountId);
    owners.set('person', (await signInProved(test)).accountId);
    for (const role of STAFF_ROLES) owners.set(role, await createStaff(test, role));
  });
  afterAll(() => test.close());

  /** A session for this call alone, since some routes end it. */
  async function credentials(actor: Actor): Promise<Record<string, string>> {
    const ownerId = owners.get(actor);
    if (ownerId === undefined) return {};
    const kind: SessionKind = actor === 'citizen' || actor === 'person' ? 'citizen' : 'staff';
    const { accessToken } = await test.app
      .get(UnitOfWork)
      .run((tx) => test.app.get(Sessions).start(tx, kind, ownerId, 'App · Other'));
    return { authorization: `Bearer ${accessToken}` };
  }

  async function codeOf(route: Route, actor: Actor): Promise<string | null> {
    const params = new Proxy<Record<string, string>>({}, { get: () => newId(test.clock.now()) });
    const answer = await test.app.inject({
      method: route.method,
      url: `${API_PREFIX}${fillPath(route.path, params)}`,
      headers: { ...(await credentials(actor)), 'idempotency-key': newKey() },
      ...(route.method === 'GET' || route.method === 'DELETE' ? {} : { payload: {} }),
    });
    if (answer.statusCode < 400) return null;
    if (answer.statusCode >= 500) throw new Error(`${nameOf(route)} as ${actor}: ${answer.body}`);
    return answer.json<{ code: string }>().code;
  }

  it('is named by a permission of the table', () => {
    const nameless = ALL_ROUTES.filter((route) => permissionOf(route) === undefined).map(nameOf);
    expect(nameless).toEqual([]);
  });

  it('leaves no handler without a row of the contract', () => {
    const rows = new Set<unknown>(ALL_ROUTES);
    const strangers = handlersOf(test).filter(({ route }) => !rows.has(route));
    expect(strangers.map(({ name }) => name)).toEqual([]);
  });

  it('leaves no row of the contract without a handler, nor with two', () => {
    const handled = handlersOf(test).map(({ route }) => (route ? nameOf(route) : ''));
    expect(handled.sort()).toEqual(ALL_ROUTES.map(nameOf).sort());
  });

  describe.each(ACTORS)('as %s', (actor) => {
    it.each(ALL_ROUTES.map((route) => [nameOf(route), route] as const))('%s', async (_, route) => {
      const refusal = refusalOf(permissionOf(route) ?? 'public', actor);
      const code = await codeOf(route, actor);
      if (refusal === null) expect(REFUSALS).not.toContain(code);
      else expect(code).toBe(refusal);
    });
  });
});
