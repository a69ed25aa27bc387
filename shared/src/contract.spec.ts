import { describe, expect, it } from 'vitest';
import { ACTORS, PERMISSIONS } from './accounts/permissions.js';
import { ALL_ROUTES } from './all-routes.js';
import { fillPath } from './common/route.js';

describe('the routes', () => {
  it('have one address each', () => {
    const addresses = ALL_ROUTES.map((route) => `${route.method} ${route.path.replace(/:\w+/g, ':')}`);
    expect(addresses.filter((address, i) => addresses.indexOf(address) !== i)).toEqual([]);
  });

  it('name a permission that exists', () => {
    for (const route of ALL_ROUTES) expect(Object.keys(PERMISSIONS)).toContain(route.access);
  });

  it('carry an idempotency key wherever a citizen writes', () => {
    const citizenWrites = ALL_ROUTES.filter(
      (route) =>
        route.method !== 'GET' && route.access.startsWith('citizen.') && route.access !== 'citizen.session',
    );
    const without = citizenWrites
      .filter((route) => !route.idempotent)
      .map((route) => `${route.method} ${route.path}`);
    // A check changes nothing, removing a file twice is removing it once, and another code is as good as the first.
    expect(without).toEqual([
      'POST /card-applications/check',
      'DELETE /files/:fileId',
      'POST /card-code/credentials',
      'POST /card-code/online',
    ]);
  });

  it('fill their parameters and escape them', () => {
    expect(fillPath('/a/:b/c/:d', { b: 'x/y', d: '1' })).toBe('/a/x%2Fy/c/1');
    expect(() => fillPath('/a/:b', {})).toThrow('"b"');
  });
});

describe('the permissions', () => {
  it('let the auditor read and change nothing', () => {
    const held = Object.entries(PERMISSIONS).filter(([, actors]) =>
      (actors as readonly string[]).includes('auditor'),
    );
    const writes = ALL_ROUTES.filter(
      (route) => route.method !== 'GET' && held.some(([permission]) => permission === route.access),
    ).map((route) => route.path);
    expect(writes.filter((path) => !path.startsWith('/staff/') && !path.startsWith('/sessions'))).toEqual([
      '/admin/people/:personId/reveal-identity',
      '/admin/audit/verify',
    ]);
  });

  it('name only known actors', () => {
    for (const actors of Object.values(PERMISSIONS))
      for (const actor of actors) expect(ACTORS).toContain(actor);
  });
});
