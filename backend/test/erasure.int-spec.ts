import type { PersonalDataExport } from '@talent-card/shared/accounts/schema';
import { SandboxPersonas } from '../src/platform/accounts/sandbox-personas.js';
import { ReadDatabase } from '../src/platform/database/database.module.js';
import { createTestApp, type TestApp } from './harness.js';
import { newKey, signInProved } from './sign-in.js';

/** Every feature together: what one registers for export and erasure must not stand in another's way. */
describe('a person who leaves', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('takes everything along, is erased, and may begin anew', async () => {
    const person = await signInProved(test);
    const call = (method: 'GET' | 'POST', path: string, payload?: object) =>
      test.app.inject({
        method,
        url: `/api/v1${path}`,
        headers: { ...person.headers, 'idempotency-key': newKey() },
        ...(payload ? { payload } : {}),
      });
    const exported = (await call('GET', '/me/export')).json<PersonalDataExport>();
    expect(exported.person).toMatchObject({ maskedIdentityNumber: expect.stringContaining('*') });
    expect(Object.keys(exported.sections)).toEqual(
      expect.arrayContaining(['cards', 'applications', 'messages']),
    );

    expect((await call('POST', '/me/erase', { confirm: 'ERASE' })).statusCode).toBe(204);
    expect((await call('GET', '/me')).json()).toMatchObject({ code: 'ACCOUNT_ERASED' });

    const [persona] = test.app.get(SandboxPersonas).listCitizens();
    const { manager } = test.app.get(ReadDatabase);
    for (const { tableName } of manager.dataSource.entityMetadatas) {
      const rows: unknown[] = await manager.query(`SELECT * FROM ${tableName}`);
      const text = JSON.stringify(rows);
      expect([tableName, text.includes(persona?.identityNumber ?? '?')]).toEqual([tableName, false]);
      expect([tableName, text.includes(persona?.name ?? '?')]).toEqual([tableName, false]);
    }
    const again = await signInProved(test);
    expect(again.accountId).not.toBe(person.accountId);
  });
});
