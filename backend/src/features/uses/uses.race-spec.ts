import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { call } from '../../../test/card-fixtures.js';
import { enrolPhone, signInHolder } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { newKey } from '../../../test/sign-in.js';
import {
  enrolClerk,
  look,
  makeCodeChannel,
  signedUse,
  type TestClerk,
} from '../../../test/window-fixtures.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { UseRow } from './use.entity.js';

const CLERKS = 12;

/** SQLite cannot drop a constraint of a table: the table is made anew from its own definition without it. */
async function dropUniqueKey(tx: Tx): Promise<void> {
  if (tx.dialect === 'mysql') {
    await tx.manager.query('ALTER TABLE uses DROP INDEX uq_uses_code');
    return;
  }
  const [table] = await tx.manager.query<{ sql: string }[]>(
    "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'uses'",
  );
  const sql = table?.sql.replace(/,\s*CONSTRAINT "uq_uses_code" UNIQUE \([^)]*\)/, '') ?? '';
  expect(sql).not.toBe(table?.sql);
  for (const statement of ['DROP TABLE uses', sql]) await tx.manager.query(statement);
}

/** Twelve clerks scan one code and tap at the same moment; on MariaDB half of them on another node. */
describe('one code is taken once', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  let clerks: TestClerk[];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
    clerks = [];
    for (let i = 0; i < CLERKS; i += 1) clerks.push(await enrolClerk(test));
  });
  afterAll(() => test.close());

  const post = async (i: number, url: string, payload: object): Promise<{ status: number; code: string }> => {
    const answer = await (nodes[i % nodes.length] ?? test.app).inject({
      method: 'POST',
      url: `/api/v1${url}`,
      headers: { ...clerks[i]?.headers, 'idempotency-key': newKey() },
      payload,
    });
    return { status: answer.statusCode, code: answer.json().code ?? answer.json().items?.[0]?.outcome };
  };

  async function tapAtOnce() {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'year', most: 100 }] } });
    const holder = await signInHolder(test);
    const code = (await enrolPhone(test, holder)).code();
    const looks = [];
    for (const clerk of clerks) looks.push(await look(test, clerk, channel.venueId, code));
    const answers = await Promise.all(
      looks.map(({ lookId }, i) => post(i, '/window/uses', { lookId, ...channel })),
    );
    const { body } = await call(test, 'GET', `/entitlements/${channel.channelId}`, holder);
    const rows = await test.app.get(ReadDatabase).manager.countBy(UseRow, { personId: holder.personId });
    return { answers, rows, spent: body.limits[0]?.used as number };
  }

  it('by one clerk, and the others are told', async () => {
    const { answers, rows, spent } = await tapAtOnce();
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'CODE_ALREADY_USED')).toHaveLength(CLERKS - 1);
    expect([rows, spent]).toEqual([1, 1]);
  });

  it('by one device that was offline; the others wait for a decision', async () => {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'year', most: 100 }] } });
    const holder = await signInHolder(test);
    const code = (await enrolPhone(test, holder)).code();
    const answers = await Promise.all(
      clerks.map((clerk, i) =>
        post(i, '/window/offline-uses', {
          deviceId: clerk.deviceId,
          uses: [signedUse(test, clerk, channel, code)],
        }),
      ),
    );
    expect(answers.map(({ code: outcome }) => outcome).sort()).toEqual([
      'counted',
      ...Array<string>(CLERKS - 1).fill('to-settle'),
    ]);
    const { body } = await call(test, 'GET', `/entitlements/${channel.channelId}`, holder);
    expect(body.limits[0]?.used).toBe(1);
  });

  it('never beyond the quota, whatever comes at once', async () => {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'year', most: 3 }] } });
    const holder = await signInHolder(test);
    const phone = await enrolPhone(test, holder);
    const looks = [];
    for (const clerk of clerks) {
      test.clock.advance(1000);
      looks.push(await look(test, clerk, channel.venueId, phone.code()));
    }
    const answers = await Promise.all(
      looks.map(({ lookId }, i) => post(i, '/window/uses', { lookId, ...channel })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ code }) => code === 'QUOTA_GONE')).toHaveLength(CLERKS - 3);
  });

  // Last, since it takes the guard away from the database.
  it('control: without the unique key more than one clerk takes it', async () => {
    await test.app.get(UnitOfWork).run(dropUniqueKey);
    const { answers, rows, spent } = await tapAtOnce();
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(1);
    expect(Math.min(rows, spent)).toBeGreaterThan(1);
  });
});
