import {
  mayUse,
  type Permission,
  STAFF_ROLES,
  type StaffRole,
} from '@talent-card/shared/accounts/permissions';
import { ALL_ROUTES } from '@talent-card/shared/all-routes';
import { fillPath, type Route } from '@talent-card/shared/common/route';
import { apply, call, signInSomebody } from './card-fixtures.js';
import { createTestApp, type TestApp } from './harness.js';
import { expectHiddenFromOtherZones } from './zones.js';

const nameOf = (route: Route): string => `${route.method} ${route.path}`;
/** Rows that belong to a zone: a card, a case, a person. */
const OF_A_ZONE = /^\/admin\/.*:(cardId|caseId|personId)\b/;
const ROUTES = ALL_ROUTES.filter(({ path }) => OF_A_ZONE.test(path));

/** A version that no row has: whoever may see the row is told so, and nothing changes. */
const version = 999;
const reason = '测试';
const BODIES: Readonly<Record<string, object | undefined>> = {
  'POST /admin/cards/:cardId/suspend': { version, reason },
  'POST /admin/cards/:cardId/restore': { version, reason },
  'POST /admin/cards/:cardId/revoke': { version, reason },
  'POST /admin/cards/:cardId/class': { version, reason, cardClass: 'A', validFrom: '2026-12-01' },
  'POST /admin/cases/:caseId/decisions': { version, decision: 'approve' },
  'POST /admin/cases/:caseId/received-documents': { version, documentType: 'provincial-card' },
  'POST /admin/people/:personId/reveal-identity': { reason },
  'POST /admin/people/:personId/facts': {
    kind: 'provincial-card',
    value: { number: 'SDHC202600001', validUntil: null },
  },
  'POST /admin/people/:personId/match': { source: 'education-registry' },
  'POST /admin/people/:personId/unbind': { reason },
};

/** District staff where the route lets them in, else whoever it lets in, posted to a district. */
function roleFor({ access }: Route): StaffRole {
  const holders = STAFF_ROLES.filter((role) => mayUse(access as Permission, role));
  const role = holders.find((holder) => holder === 'district-reviewer') ?? holders.at(-1);
  if (!role) throw new Error(`nobody may use ${access}`);
  return role;
}

describe('a row of Huancui', () => {
  let test: TestApp;
  let ids: Record<string, string>;
  beforeAll(async () => {
    test = await createTestApp();
    const person = await signInSomebody(test, undefined, true);
    const applied = await apply(test, person);
    if (applied.status !== 200) throw new Error(JSON.stringify(applied.body));
    const mine = await call(test, 'GET', '/cards/mine', person);
    ids = {
      personId: person.personId,
      caseId: applied.body.caseId,
      cardId: mine.body.items[0].cardId,
    };
  });
  afterAll(() => test.close());

  it.each(ROUTES.map((route) => [nameOf(route), route] as const))(
    'is not there for other districts: %s',
    async (name, route) => {
      const payload = BODIES[name];
      if (route.method !== 'GET' && !payload) throw new Error(`${name} has no row in this test`);
      await expectHiddenFromOtherZones(test, {
        zoneCode: '371002',
        role: roleFor(route),
        method: route.method,
        path: fillPath(route.path, ids),
        ...(payload ? { payload } : {}),
      });
    },
  );
});
