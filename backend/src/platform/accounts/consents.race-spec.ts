import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { newKey, signInCitizen } from '../../../test/sign-in.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { ConsentRow } from './consent.entity.js';

const CALLERS = 10;
const purpose = 'data-matching';
const version = CONSENT_VERSIONS[purpose];

/** One account agrees to one text many times at once; on MariaDB half of the calls reach another node. */
describe('parallel consents of one account', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
  });
  afterAll(() => test.close());

  const inForce = (accountId: string): Promise<ConsentRow[]> =>
    test.app.get(ReadDatabase).manager.findBy(ConsentRow, { accountId, activeKey: purpose });

  it('collide on the unique key where each looks first and then writes (control)', async () => {
    const { accountId } = await signInCitizen(test, 'control');
    expect(await inForce(accountId)).toHaveLength(0);
    const settled = await Promise.allSettled(
      Array.from({ length: CALLERS }, () =>
        test.app.get(UnitOfWork).run((tx) =>
          tx.manager.insert(ConsentRow, {
            id: newId(tx.now),
            accountId,
            purpose,
            version,
            grantedAt: tx.now,
            endedAt: null,
            endReason: null,
          }),
        ),
      ),
    );
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(CALLERS - 1);
  });

  it.each([1, 2, 3])('are one consent, and every call is answered with it (round %i)', async (round) => {
    const { accountId, headers } = await signInCitizen(test, `parallel-${round}`);
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, (_, i) =>
        (nodes[i % nodes.length] ?? test.app).inject({
          method: 'POST',
          url: '/api/v1/me/consents/grant',
          headers: { ...headers, 'idempotency-key': newKey() },
          payload: { purpose, version },
        }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(Array(CALLERS).fill(200));
    for (const answer of answers) {
      expect(answer.json<{ items: { purpose: string }[] }>().items).toContainEqual(
        expect.objectContaining({ purpose, version, grantedAt: expect.any(String), withdrawnAt: null }),
      );
    }
    expect(await inForce(accountId)).toHaveLength(1);
    const noted = { action: 'consents.grant', objectId: accountId };
    const entries = await test.app.get(ReadDatabase).manager.findBy(AuditEntry, noted);
    expect(entries.filter(({ fields }) => fields.includes(purpose))).toHaveLength(1);
  });
});
