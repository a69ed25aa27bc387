import { createPlatformContext, type PlatformContext } from '../../../test/platform-context.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Jobs } from '../jobs/jobs.js';
import { LEASE_MS } from '../jobs/lease.js';
import { LOGGER } from '../observability/logger.js';
import { MAX_ATTEMPTS } from './delivery.rules.js';
import { Outbox } from './outbox.js';
import { CLEAN_JOB, DELIVER_JOB, OutboxWorker } from './outbox.worker.js';
import {
  type DeliveredMessage,
  type HandleMany,
  NotDelivered,
  OutboxHandlers,
  type OutboxPayload,
} from './outbox-handlers.js';
import { OutboxMessage } from './outbox-message.entity.js';
import { OutboxStatus } from './outbox-status.js';

describe('the outbox', () => {
  let test: PlatformContext;
  let outbox: Outbox;
  let handlers: OutboxHandlers;
  const received: { payload: OutboxPayload; message: DeliveredMessage }[] = [];

  beforeAll(async () => {
    test = await createPlatformContext();
    outbox = test.app.get(Outbox);
    handlers = test.app.get(OutboxHandlers);
    handlers.register('heard', {
      idempotent: true,
      handle: async (payload, message) => {
        received.push({ payload, message });
      },
    });
  });
  afterAll(() => test.close());
  beforeEach(() => {
    received.length = 0;
  });

  const publish = (topic: string, payload: OutboxPayload = {}): Promise<void> =>
    test.app.get(UnitOfWork).run((tx) => outbox.publish(tx, topic, payload));
  const deliver = (): Promise<boolean> => test.app.get(Jobs).runNow(DELIVER_JOB);
  const only = (topic: string): Promise<OutboxMessage> =>
    test.app.get(ReadDatabase).manager.findOneByOrFail(OutboxMessage, { topic });

  /** Another process on the same database, with the same handlers. */
  const otherProcess = (): Jobs => {
    const [units, read] = [test.app.get(UnitOfWork), test.app.get(ReadDatabase)];
    const logger = test.app.get(LOGGER);
    const jobs = new Jobs(units, test.clock, test.config, logger);
    new OutboxWorker(units, read, handlers, outbox, jobs, test.clock, logger).onModuleInit();
    return jobs;
  };

  it('tells what was committed, in order, once', async () => {
    await publish('heard', { cardId: 'a' });
    await publish('heard', { cardId: 'b' });
    await deliver();
    await deliver();
    expect(received.map(({ payload }) => payload)).toEqual([{ cardId: 'a' }, { cardId: 'b' }]);
    expect(received[0]?.message).toMatchObject({ topic: 'heard', attempt: 1, createdAt: test.clock.now() });
  });

  it('hands neighbours over together where a handler takes many, and one by one after a fault', async () => {
    const seen: string[] = [];
    let broken = false;
    const handleMany: HandleMany = async (deliveries) => {
      if (broken) throw new Error('one of them');
      seen.push(deliveries.map(({ payload }) => payload.n).join('+'));
    };
    const handle = async ({ n }: OutboxPayload): Promise<void> => {
      seen.push(String(n));
    };
    for (const topic of ['many-one', 'many-other'])
      handlers.register(topic, { idempotent: true, handle, handleMany });
    const tell = async (...topics: string[]): Promise<void> => {
      seen.length = 0;
      for (const [n, topic] of topics.entries()) await publish(topic, { n });
      await deliver();
    };
    await tell('many-one', 'many-other', 'heard', 'many-one');
    expect(seen).toEqual(['0+1', '3']);
    broken = true;
    await tell('many-one', 'many-other');
    expect(seen).toEqual(['0', '1']);
    expect(() => handlers.register('many-once', { idempotent: false, handle, handleMany })).toThrow();
    const { manager } = test.app.get(ReadDatabase);
    expect(await manager.countBy(OutboxMessage, { topic: 'many-one', state: 'sent' })).toBe(3);
  });

  it('tells nothing of what was rolled back', async () => {
    await test.app
      .get(UnitOfWork)
      .run(async (tx) => {
        await outbox.publish(tx, 'heard', {});
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await deliver();
    expect(received).toEqual([]);
  });

  it('tells a listener of each commit with a message, so that delivery need not wait for the poll', async () => {
    let nudges = 0;
    outbox.onPublished(() => {
      nudges += 1;
    });
    await publish('heard');
    await test.app.get(UnitOfWork).run(async () => undefined);
    expect(nudges).toBe(1);
    await deliver();
  });

  it('tries an idempotent message again, later and later, and gives up in the end', async () => {
    let tries = 0;
    handlers.register('failing', {
      idempotent: true,
      handle: async () => {
        tries += 1;
        throw new TypeError('secret of a citizen');
      },
    });
    await publish('failing');
    await deliver();
    await deliver();
    expect(tries).toBe(1);
    expect(await only('failing')).toMatchObject({ state: 'pending', attempts: 1, lastError: 'TypeError' });
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt += 1) {
      test.clock.set((await only('failing')).availableAt);
      await deliver();
    }
    expect(tries).toBe(MAX_ATTEMPTS);
    expect(await only('failing')).toMatchObject({ state: 'failed', finishedAt: test.clock.now() });
  });

  it('never repeats what may have reached the outside: it becomes unknown', async () => {
    let tries = 0;
    handlers.register('once', {
      idempotent: false,
      handle: async () => {
        tries += 1;
        throw new Error('time-out after sending');
      },
    });
    await publish('once');
    await deliver();
    test.clock.advance(86_400_000);
    await deliver();
    expect(tries).toBe(1);
    expect(await only('once')).toMatchObject({ state: 'unknown', attempts: 1 });
  });

  it('repeats what surely did not leave', async () => {
    let tries = 0;
    handlers.register('refused', {
      idempotent: false,
      handle: async () => {
        tries += 1;
        if (tries === 1) throw new NotDelivered('ECONNREFUSED');
      },
    });
    await publish('refused');
    await deliver();
    test.clock.advance(60_000);
    await deliver();
    expect(await only('refused')).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('keeps a message whose topic nobody knows yet for ten minutes, then lets it be', async () => {
    await publish('nobody');
    await deliver();
    expect(await only('nobody')).toMatchObject({ state: 'pending', lastError: 'nobody listens' });
    test.clock.advance(601_000);
    await deliver();
    expect(await only('nobody')).toMatchObject({ state: 'sent', lastError: 'nobody listens' });
  });

  describe('when the process dies in the middle', () => {
    /** Publishes, lets this process hang inside the handler for ever, and has another take over. */
    const dieWhileHandling = async (topic: string, idempotent: boolean): Promise<{ calls: number }> => {
      const seen = { calls: 0 };
      let entered: () => void = () => undefined;
      const inHandler = new Promise<void>((resolve) => {
        entered = resolve;
      });
      let wake: () => void = () => undefined;
      const asleep = new Promise<void>((resolve) => {
        wake = resolve;
      });
      handlers.register(topic, {
        idempotent,
        handle: async () => {
          seen.calls += 1;
          entered();
          if (seen.calls === 1) await asleep;
        },
      });
      await publish(topic);
      const dying = otherProcess();
      test.clock.advance(LEASE_MS + 1);
      const hanging = dying.runNow(DELIVER_JOB);
      await inHandler;
      test.clock.advance(LEASE_MS + 1);
      await otherProcess().runNow(DELIVER_JOB);
      // The dead come back too late: a stalled process wakes up and its write is fenced off.
      wake();
      expect(await hanging).toBe(false);
      return seen;
    };

    it('a message that must not go twice is unknown, and stays so', async () => {
      const seen = await dieWhileHandling('died-once', false);
      expect(await only('died-once')).toMatchObject({ state: 'unknown', lastError: 'worker died' });
      test.clock.advance(86_400_000);
      await otherProcess().runNow(DELIVER_JOB);
      expect(seen.calls).toBe(1);
      expect(await only('died-once')).toMatchObject({ state: 'unknown' });
    });

    it('a message that may go twice goes again', async () => {
      const seen = await dieWhileHandling('died-twice', true);
      expect(await only('died-twice')).toMatchObject({ state: 'pending', lastError: 'worker died' });
      test.clock.advance(LEASE_MS + 60_000);
      await otherProcess().runNow(DELIVER_JOB);
      expect(seen.calls).toBe(2);
      expect(await only('died-twice')).toMatchObject({ state: 'sent' });
    });
  });

  it('can be counted, and tells how long the oldest waits', async () => {
    test.clock.advance(LEASE_MS + 1);
    await deliver();
    const status = test.app.get(OutboxStatus);
    const before = await status.counts();
    await publish('heard');
    test.clock.advance(5_000);
    expect(await status.counts()).toEqual({ ...before, pending: before.pending + 1 });
    expect(await status.oldestDueSeconds()).toBe(5);
    expect(before).toMatchObject({ failed: 1, unknown: 2 });
  });

  it('forgets what was sent a month ago, and nothing that failed', async () => {
    await deliver();
    test.clock.advance(31 * 86_400_000);
    await test.app.get(Jobs).runNow(CLEAN_JOB);
    expect(await test.app.get(OutboxStatus).counts()).toMatchObject({ sent: 0, failed: 1, unknown: 2 });
  });
});
