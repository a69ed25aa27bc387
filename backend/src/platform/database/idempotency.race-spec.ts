import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { DomainError } from '../errors/domain-error.js';
import { Outbox } from '../outbox/outbox.js';
import { OutboxMessage } from '../outbox/outbox-message.entity.js';
import { ReadDatabase } from './database.module.js';
import { IdempotencyRecord } from './idempotency-record.entity.js';
import { type IdempotencyContext, UnitOfWork } from './unit-of-work.js';

const CALLS = 20;

describe('an idempotency key', () => {
  let test: TestApp;
  /** On MariaDB the calls fall on two nodes in turn. */
  let nodes: INestApplicationContext[];
  beforeAll(async () => {
    test = await createTestApp();
    nodes = TEST_DATABASE === 'mariadb' ? [test.app, await test.secondNode()] : [test.app];
  });
  afterAll(() => test.close());

  const keyed = (): IdempotencyContext => ({
    owner: 'c:somebody',
    key: randomUUID(),
    route: 'POST /things',
    requestHash: 'a'.repeat(64),
  });
  const effects = (topic: string): Promise<number> =>
    test.app.get(ReadDatabase).manager.countBy(OutboxMessage, { topic });

  /** One call: leaves an effect and answers something that no other run answers. */
  const call = (node: INestApplicationContext, topic: string, idempotency?: IdempotencyContext) =>
    node.get(UnitOfWork).run(
      async (tx) => {
        await node.get(Outbox).publish(tx, topic, {});
        return { thing: randomUUID(), at: tx.now };
      },
      { idempotency },
    );
  const atOnce = <T>(one: (node: INestApplicationContext) => Promise<T>): Promise<T[]> =>
    Promise.all(
      Array.from({ length: CALLS }, (_, index) => {
        const node = nodes[index % nodes.length];
        if (!node) throw new Error('no node');
        return one(node);
      }),
    );
  const outcomeOf = (running: Promise<unknown>): Promise<unknown> =>
    running.catch((error: unknown) => {
      if (error instanceof DomainError) return { refused: error.code, details: error.details };
      throw error;
    });

  it('makes twenty calls at once one effect with one answer', async () => {
    const key = keyed();
    const answers = await atOnce((node) => call(node, 'keyed', key));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await effects('keyed')).toBe(1);
    expect(await call(test.app, 'keyed', key)).toEqual(answers[0]);
  });

  it('is what does it: without a key there are twenty effects (control)', async () => {
    const answers = await atOnce((node) => call(node, 'unkeyed'));
    expect(new Set(answers.map((answer) => answer.thing)).size).toBe(CALLS);
    expect(await effects('unkeyed')).toBe(CALLS);
  });

  it('gives every call the same refusal, also when a later one could succeed', async () => {
    const key = keyed();
    let full = true;
    const take = (node: INestApplicationContext) =>
      outcomeOf(
        node.get(UnitOfWork).run(
          async (tx) => {
            await node.get(Outbox).publish(tx, 'refused', {});
            if (full) throw new DomainError('CARD_ALREADY_VALID', { run: randomUUID() });
            return 'taken';
          },
          { idempotency: key },
        ),
      );
    const answers = await atOnce(take);
    full = false;
    answers.push(await take(test.app));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ refused: 'CARD_ALREADY_VALID' });
    expect(await effects('refused')).toBe(0);
  });

  it('gives one answer even while the thing itself changes its mind', async () => {
    const key = keyed();
    let runs = 0;
    const answers = await atOnce((node) =>
      outcomeOf(
        node.get(UnitOfWork).run(
          async (tx) => {
            runs += 1;
            if (runs % 2 === 1) throw new DomainError('CARD_ALREADY_VALID');
            await node.get(Outbox).publish(tx, 'wavering', {});
            return randomUUID();
          },
          { idempotency: key },
        ),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await effects('wavering')).toBe(typeof answers[0] === 'string' ? 1 : 0);
  });

  it('keeps nothing of a fault, so that the caller may try again', async () => {
    const key = keyed();
    const fault = test.app.get(UnitOfWork).run(() => Promise.reject(new Error('disk')), { idempotency: key });
    await expect(fault).rejects.toThrow('disk');
    await call(test.app, 'after-a-fault', key);
    expect(await effects('after-a-fault')).toBe(1);
  });

  it('answers another body under the same key with a refusal', async () => {
    const key = keyed();
    await call(test.app, 'reused', key);
    const other = call(test.app, 'reused', { ...key, requestHash: 'b'.repeat(64) });
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await effects('reused')).toBe(1);
  });

  it('belongs to its owner alone', async () => {
    const key = keyed();
    const mine = await call(test.app, 'owned', key);
    const theirs = await call(test.app, 'owned', { ...key, owner: 's:somebody-else' });
    expect(theirs.thing).not.toBe(mine.thing);
  });

  it('keeps answers encrypted', async () => {
    const key = keyed();
    const { thing } = await call(test.app, 'secret', key);
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(IdempotencyRecord, { key: key.key });
    expect(row.answer).not.toContain(thing);
  });
});
