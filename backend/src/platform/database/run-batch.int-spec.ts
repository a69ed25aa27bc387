import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { BreakingProxy } from '../../../test/breaking-proxy.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { ANONYMOUS } from '../accounts/principal.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { DomainError } from '../errors/domain-error.js';
import { done, type Outcome, refused } from '../errors/outcome.js';
import { Outbox } from '../outbox/outbox.js';
import { OutboxMessage } from '../outbox/outbox-message.entity.js';
import { ReadDatabase } from './database.module.js';
import { IdempotencyRecord } from './idempotency-record.entity.js';
import type { Tx } from './tx.js';
import { type BatchDefinition, type IdempotencyContext, UnitOfWork } from './unit-of-work.js';

interface Wish {
  readonly topic: string;
  readonly number: number;
  /** Refused, broken, or thrown instead of returned. */
  readonly ends?: 'refused' | 'fault' | 'thrown';
}
interface Made {
  readonly number: number;
  readonly batch: number;
  readonly id: string;
}

/** Leaves one message and one audit entry for each wish that is granted; counts its runs. */
class Trial implements BatchDefinition<Wish, Made> {
  readonly name = 'trial';
  readonly sizes: number[] = [];
  before: ((tx: Tx, wishes: readonly Wish[]) => Promise<void>) | undefined;

  constructor(private readonly node: INestApplicationContext) {}

  async work(tx: Tx, wishes: readonly Wish[]): Promise<Outcome<Made>[]> {
    this.sizes.push(wishes.length);
    await this.before?.(tx, wishes);
    const granted = wishes.filter(({ ends }) => ends === undefined);
    await this.node.get(Outbox).publishMany(
      tx,
      granted.map(({ topic, number }) => ({ topic, payload: { number } })),
    );
    await this.node.get(AuditTrail).recordMany(
      tx,
      granted.map(({ topic }) => ({
        principal: ANONYMOUS,
        action: topic,
        objectType: 'trial',
        objectId: null,
      })),
    );
    if (wishes.some(({ ends }) => ends === 'fault')) throw new Error('disk');
    if (wishes.some(({ ends }) => ends === 'thrown')) throw new DomainError('SLOT_FULL');
    return wishes.map((wish): Outcome<Made> => {
      if (wish.ends === 'refused') return refused('SLOT_FULL', { number: wish.number });
      return done({ number: wish.number, batch: this.sizes.length, id: randomUUID() });
    });
  }

  run(wish: Wish, idempotency: IdempotencyContext = keyed()): Promise<Made> {
    return this.node.get(UnitOfWork).runBatch(this, wish, { idempotency });
  }
}

const keyed = (more: Partial<IdempotencyContext> = {}): IdempotencyContext => ({
  owner: 'c:somebody',
  key: randomUUID(),
  route: 'POST /things',
  requestHash: 'a'.repeat(64),
  ...more,
});
const outcomeOf = (running: Promise<unknown>): Promise<unknown> =>
  running.catch((error: unknown) => {
    if (error instanceof DomainError) return { refused: error.code, details: error.details };
    return { fault: (error as Error).message };
  });

describe('a batch', () => {
  let test: TestApp;
  let trial: Trial;
  beforeAll(async () => {
    test = await createTestApp();
  });
  beforeEach(() => {
    trial = new Trial(test.app);
  });
  afterAll(() => test.close());

  const told = (topic: string): Promise<number> =>
    test.app.get(ReadDatabase).manager.countBy(OutboxMessage, { topic });
  const wishes = (topic: string, count: number): Wish[] =>
    Array.from({ length: count }, (_, number) => ({ topic, number }));

  it('takes what arrives together into one transaction, and what arrives meanwhile into the next', async () => {
    const answers = await Promise.all(wishes('together', 250).map((wish) => trial.run(wish)));
    expect(answers.map(({ number }) => number)).toEqual(wishes('', 250).map(({ number }) => number));
    expect(trial.sizes).toEqual([100, 100, 50]);
    expect(await told('together')).toBe(250);
    const { manager } = test.app.get(ReadDatabase);
    expect(await manager.countBy(AuditEntry, { action: 'together' })).toBe(250);
  });

  it('is a batch of one for somebody who comes alone', async () => {
    await trial.run({ topic: 'alone', number: 1 });
    await trial.run({ topic: 'alone', number: 2 });
    expect(trial.sizes).toEqual([1, 1]);
  });

  it('refuses some without harm to others, and keeps each refusal', async () => {
    const contexts = wishes('mixed', 10).map(() => keyed());
    const mixed = wishes('mixed', 10).map(
      (wish): Wish => (wish.number % 3 === 0 ? { ...wish, ends: 'refused' } : wish),
    );
    const all = () => Promise.all(mixed.map((wish, i) => outcomeOf(trial.run(wish, contexts[i]))));
    const answers = await all();
    expect(answers[3]).toEqual({ refused: 'SLOT_FULL', details: { number: 3 } });
    expect(answers[4]).toMatchObject({ number: 4 });
    expect(await told('mixed')).toBe(6);
    trial.before = () => Promise.reject(new Error('nothing runs a second time'));
    expect(await all()).toEqual(answers);
    expect(await told('mixed')).toBe(6);
  });

  it('makes ten calls with one key one effect with one answer, and refuses another body', async () => {
    const key = keyed();
    const calls = wishes('double-tap', 10).map((wish) => outcomeOf(trial.run({ ...wish, number: 7 }, key)));
    const other = outcomeOf(
      trial.run({ topic: 'double-tap', number: 8 }, { ...key, requestHash: 'b'.repeat(64) }),
    );
    const answers = await Promise.all(calls);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await other).toMatchObject({ refused: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await told('double-tap')).toBe(1);
  });

  it('shares its keys with single units', async () => {
    const key = keyed();
    const first = await test.app
      .get(UnitOfWork)
      .run(async () => ({ number: 1, batch: 0, id: 'single' }), { idempotency: key });
    expect(await trial.run({ topic: 'shared', number: 1 }, key)).toEqual(first);
    expect(await told('shared')).toBe(0);
  });

  it('cuts an unexpected fault out by halves: everybody else is answered', async () => {
    const contexts = wishes('faulty', 16).map(() => keyed());
    const faulty = wishes('faulty', 16).map(
      (wish): Wish => (wish.number === 5 ? { ...wish, ends: 'fault' } : wish),
    );
    const answers = await Promise.all(faulty.map((wish, i) => outcomeOf(trial.run(wish, contexts[i]))));
    expect(answers[5]).toEqual({ fault: 'disk' });
    expect(answers.filter((answer) => !('fault' in (answer as object)))).toHaveLength(15);
    expect(await told('faulty')).toBe(15);
    expect(trial.sizes).toEqual([16, 8, 4, 4, 2, 1, 1, 2, 8]);
    // A fault keeps nothing under its key: the caller may try again.
    expect(await trial.run({ topic: 'faulty', number: 5 }, contexts[5])).toMatchObject({ number: 5 });
  });

  it('keeps a refusal that was thrown instead of returned', async () => {
    const key = keyed();
    const thrown = () => outcomeOf(trial.run({ topic: 'thrown', number: 1, ends: 'thrown' }, key));
    expect(await thrown()).toMatchObject({ refused: 'SLOT_FULL' });
    trial.before = () => Promise.reject(new Error('nothing runs a second time'));
    expect(await thrown()).toMatchObject({ refused: 'SLOT_FULL' });
    expect(await told('thrown')).toBe(0);
  });

  it('tells nobody about a batch that was rolled back', async () => {
    const heard: Tx[] = [];
    test.app.get(UnitOfWork).afterCommit((tx) => heard.push(tx));
    await outcomeOf(trial.run({ topic: 'unheard', number: 1, ends: 'fault' }));
    expect(heard).toEqual([]);
    await trial.run({ topic: 'unheard', number: 2 });
    expect(heard).toHaveLength(1);
  });

  it('does not run inside a unit', async () => {
    const nested = test.app.get(UnitOfWork).run(() => trial.run({ topic: 'nested', number: 1 }));
    await expect(nested).rejects.toThrow('inside a unit of work');
  });

  it('waits its turn among other units, first come first served', async () => {
    const order: string[] = [];
    const single = test.app.get(UnitOfWork).run(async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      order.push('single');
    });
    const batch = trial.run({ topic: 'turns', number: 1 }).then(() => order.push('batch'));
    await Promise.all([single, batch]);
    expect(new Set(order)).toEqual(new Set(['single', 'batch']));
    if (TEST_DATABASE === 'sqlite') expect(order).toEqual(['single', 'batch']);
  });

  it('begins a second batch beside the first where the engine takes several writers, and never one for a few', async () => {
    const gate: { open?: () => void } = {};
    const closed = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    trial.before = async (_, batch) => {
      if (batch.some(({ number }) => number === 0)) await closed;
    };
    const turns = async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, 5);
        });
      }
    };
    const [first, ...others] = wishes('beside', 60);
    const waiting = [trial.run(first as Wish)];
    await turns();
    waiting.push(...others.slice(0, 20).map((wish) => trial.run(wish)));
    await turns();
    expect(trial.sizes).toEqual([1]);
    waiting.push(...others.slice(20).map((wish) => trial.run(wish)));
    await turns();
    expect(trial.sizes).toEqual(TEST_DATABASE === 'sqlite' ? [1] : [1, 59]);
    gate.open?.();
    await Promise.all(waiting);
    expect(await told('beside')).toBe(60);
  });

  it('has who repeats a key that is being answered wait for that answer, also beside the batch that answers it', async () => {
    const gate: { open?: () => void } = {};
    const closed = new Promise<void>((resolve) => {
      gate.open = resolve;
    });
    trial.before = async () => {
      if (trial.sizes.length === 1) await closed;
    };
    const contexts = wishes('repeated', 60).map(() => keyed());
    const all = () => wishes('repeated', 60).map((wish, i) => trial.run(wish, contexts[i]));
    const firsts = all();
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    const seconds = all();
    gate.open?.();
    expect(await Promise.all(seconds)).toEqual(await Promise.all(firsts));
    expect(trial.sizes).toEqual([60]);
    expect(await told('repeated')).toBe(60);
  });

  it('looks keys up before any work for a while once an answered one came again', async () => {
    const key = keyed();
    const [repeated, ...others] = wishes('again', 3) as [Wish, Wish, Wish];
    const answer = await trial.run(repeated, key);
    for (const other of others) {
      expect((await Promise.all([trial.run(repeated, key), trial.run(other)]))[0]).toEqual(answer);
    }
    // The first time both were worked on in vain, and the other one anew; after that nobody waits for who repeats.
    expect(trial.sizes).toEqual([1, 2, 1, 1]);
    expect(await told('again')).toBe(3);
  });

  it('keeps answers encrypted', async () => {
    const key = keyed();
    const { id } = await trial.run({ topic: 'secret', number: 1 }, key);
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(IdempotencyRecord, { key: key.key });
    expect(row.answer).not.toContain(id);
  });

  if (TEST_DATABASE === 'mariadb') {
    it('gives one answer to one key on two nodes', async () => {
      const other = new Trial(await test.secondNode());
      const contexts = wishes('nodes', 40).map(() => keyed());
      const both = await Promise.all(
        [trial, other].flatMap((node) =>
          wishes('nodes', 40).map((wish, i) => outcomeOf(node.run(wish, contexts[i]))),
        ),
      );
      expect(both.slice(0, 40)).toEqual(both.slice(40));
      expect(await told('nodes')).toBe(40);
    });

    it('repeats the whole batch when its connection is killed', async () => {
      let kills = 0;
      trial.before = async (tx) => {
        kills += 1;
        if (kills === 1) {
          const rows = (await tx.manager.query('SELECT CONNECTION_ID() AS id')) as { id: number }[];
          await tx.manager.query(`KILL ${rows[0]?.id}`).catch(() => undefined);
        }
      };
      const answers = await Promise.all(wishes('killed', 5).map((wish) => trial.run(wish)));
      expect(answers).toHaveLength(5);
      expect(trial.sizes).toEqual([5, 5]);
      expect(await told('killed')).toBe(5);
    });
  }
});

if (TEST_DATABASE === 'mariadb') {
  describe('a batch whose connection is lost around COMMIT', () => {
    let proxy: BreakingProxy;
    let test: TestApp;
    beforeAll(async () => {
      const via = async (url: string): Promise<string> => {
        proxy = await BreakingProxy.inFrontOf(url);
        return proxy.url;
      };
      test = await createTestApp({}, { via });
    });
    afterAll(async () => {
      await test.close();
      await proxy.close();
    });

    it.each(['before-commit', 'after-commit', 'late-commit'] as const)(
      '%s: each effect once, each answer kept',
      async (kind) => {
        const trial = new Trial(test.app);
        const contexts = Array.from({ length: 5 }, () => keyed());
        const all = () =>
          Promise.all(contexts.map((context, number) => trial.run({ topic: kind, number }, context)));
        proxy.breakNext(kind);
        const answers = await all();
        expect(proxy.broken).toBe(true);
        expect(await test.app.get(ReadDatabase).manager.countBy(OutboxMessage, { topic: kind })).toBe(5);
        expect(await all()).toEqual(answers);
      },
    );
  });
}
