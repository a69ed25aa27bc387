import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { rendezvous } from '../../../test/rendezvous.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { SubscriptionPermissionRow } from './delivery.entity.js';
import { Subscriptions } from './subscriptions.js';

const TEMPLATE = 'sandbox-template-booking';
const GRANTED = 5;
const CALLERS = 50;

/** Fifty messages want five permissions at the same moment; on MariaDB half of them on another node. */
describe('permissions to send', () => {
  let test: TestApp;
  let nodes: NestFastifyApplication[];
  let accountId: string;
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    accountId = newId(test.clock.now());
    await test.app.get(UnitOfWork).run((tx) =>
      tx.manager.insert(SubscriptionPermissionRow, {
        accountId,
        templateId: TEMPLATE,
        oneTime: GRANTED,
        longTerm: false,
        blocked: false,
        updatedAt: tx.now,
      }),
    );
  });

  const key = () => ({ accountId, templateId: TEMPLATE });
  const left = async (): Promise<number> =>
    (await test.app.get(ReadDatabase).manager.findOneByOrFail(SubscriptionPermissionRow, key())).oneTime;

  async function atOnce(spend: (node: NestFastifyApplication) => Promise<boolean>): Promise<number> {
    const spent = await Promise.all(
      Array.from({ length: CALLERS }, (_, i) => spend(nodes[i % nodes.length] ?? test.app)),
    );
    return spent.filter(Boolean).length;
  }

  const write = (node: NestFastifyApplication, what: (tx: Tx) => Promise<boolean>) =>
    node.get(UnitOfWork).run(what);

  it('go once each', async () => {
    const spent = await atOnce((node) =>
      write(node, async (tx) => {
        const subscriptions = node.get(Subscriptions, { strict: false });
        return (await subscriptions.spend(tx, accountId, TEMPLATE)) !== null;
      }),
    );
    expect([spent, await left()]).toEqual([GRANTED, 0]);
  });

  it('would go more than once each if they were looked at first and counted off after (control)', async () => {
    const allHaveLooked = rendezvous(CALLERS);
    const spent = await atOnce(async (node) => {
      const row = await node.get(ReadDatabase).manager.findOneByOrFail(SubscriptionPermissionRow, key());
      await allHaveLooked();
      if (row.oneTime === 0) return false;
      return write(node, async (tx) => {
        await tx.manager.update(SubscriptionPermissionRow, key(), { oneTime: row.oneTime - 1 });
        return true;
      });
    });
    expect(spent).toBe(CALLERS);
  });

  it('come back while others are spent, and none is lost', async () => {
    const given = 10;
    const subscriptions = (node: NestFastifyApplication) => node.get(Subscriptions, { strict: false });
    const back = Array.from({ length: given }, (_, i) => {
      const node = nodes[i % nodes.length] ?? test.app;
      return node.get(UnitOfWork).run((tx) => subscriptions(node).giveBack(tx, accountId, TEMPLATE));
    });
    const spent = await atOnce((node) =>
      write(node, async (tx) => (await subscriptions(node).spend(tx, accountId, TEMPLATE)) !== null),
    );
    await Promise.all(back);
    expect(spent + (await left())).toBe(GRANTED + given);
  });
});
