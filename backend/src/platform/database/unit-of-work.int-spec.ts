import { createConnection } from 'mysql2/promise';
import type { EntityManager } from 'typeorm';
import { BreakingProxy } from '../../../test/breaking-proxy.js';
import { createTestApp, TEST_DATABASE, type TestApp } from '../../../test/harness.js';
import { rendezvous } from '../../../test/rendezvous.js';
import { schema } from '../../schema.js';
import { ANONYMOUS } from '../accounts/principal.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { AuditTrail } from '../audit/audit-trail.js';
import { newId } from '../ids.js';
import { Outbox } from '../outbox/outbox.js';
import { OutboxMessage } from '../outbox/outbox-message.entity.js';
import { closeDataSources, type DataSources, openDataSources } from './data-sources.js';
import { DATA_SOURCES, ReadDatabase } from './database.module.js';
import { isConnectionLost, isUniqueViolation } from './database-errors.js';
import { insertRows } from './many-rows.js';
import { Operation } from './operations.entity.js';
import type { Tx } from './tx.js';
import { txOver } from './tx.js';
import { UnitOfWork } from './unit-of-work.js';

describe('the unit of work', () => {
  let test: TestApp;
  let units: UnitOfWork;
  let outbox: Outbox;
  let read: EntityManager;
  beforeAll(async () => {
    test = await createTestApp();
    units = test.app.get(UnitOfWork);
    outbox = test.app.get(Outbox);
    read = test.app.get(ReadDatabase).manager;
  });
  afterAll(() => test.close());

  const told = (topic: string): Promise<number> => read.countBy(OutboxMessage, { topic });

  it('commits everything together and proves it with its operation row', async () => {
    const before = await read.count(Operation);
    const answer = await units.run(async (tx) => {
      await outbox.publish(tx, 'together', {});
      await test.app.get(AuditTrail).record(tx, ANONYMOUS, {
        action: 'together',
        objectType: 'test',
        objectId: null,
      });
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await told('together')).toBe(1);
    expect(await read.countBy(AuditEntry, { action: 'together' })).toBe(1);
    expect(await read.count(Operation)).toBe(before + 1);
  });

  it('leaves nothing behind when it fails', async () => {
    const before = await read.count(Operation);
    const failing = units.run(async (tx) => {
      await outbox.publish(tx, 'failing', {});
      await test.app
        .get(AuditTrail)
        .record(tx, ANONYMOUS, { action: 'failing', objectType: 'test', objectId: null });
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    expect(await told('failing')).toBe(0);
    expect(await read.countBy(AuditEntry, { action: 'failing' })).toBe(0);
    expect(await read.count(Operation)).toBe(before);
  });

  const rowsOf = async (tx: Tx, topic: string): Promise<number> => {
    const sql = 'SELECT COUNT(*) AS rowsFound FROM outbox_messages WHERE topic = ?';
    const rows = (await tx.manager.query(sql, [topic])) as { rowsFound: number | string }[];
    return Number(rows[0]?.rowsFound);
  };

  const AWKWARD = "a '; b ? \\";
  /** Messages for nobody, one for each payload. */
  const put = (tx: Tx, topic: string, ...payloads: string[]): Promise<void> => {
    const messages = payloads.map((payload) => {
      const times = { createdAt: tx.now, availableAt: new Date('2090-01-01') };
      return { id: newId(tx.now), topic, payload, state: 'pending', attempts: 0, ...times };
    });
    const columns = ['id', 'topic', 'payload', 'state', 'attempts', 'createdAt', 'availableAt'] as const;
    return insertRows(tx, 'outbox_messages', columns, messages);
  };

  it('runs what is asked side by side in the order in which it was asked', async () => {
    const seen = await units.run((tx) =>
      Promise.all([
        rowsOf(tx, 'side by side'),
        put(tx, 'side by side', AWKWARD),
        rowsOf(tx, 'side by side'),
        put(tx, 'side by side', '{}', '{}'),
        rowsOf(tx, 'side by side'),
      ]),
    );
    expect([seen[0], seen[2], seen[4]]).toEqual([0, 1, 3]);
    const kept = await read.findBy(OutboxMessage, { topic: 'side by side' });
    expect(kept.map(({ payload }) => payload)).toContain(AWKWARD);
  });

  it('writes with its COMMIT, in the order of asking, what nobody in it reads any more', async () => {
    const seen = await units.run(async (tx) => {
      await put(tx.atCommit, 'at commit', AWKWARD, '{}');
      await tx.atCommit.write('UPDATE outbox_messages SET lastError = ? WHERE topic = ? AND payload = ?', [
        "? '; --",
        'at commit',
        AWKWARD,
      ]);
      await put(tx, 'at once', '{}');
      return [await rowsOf(tx, 'at commit'), await rowsOf(tx, 'at once')];
    });
    expect(seen).toEqual([0, 1]);
    const kept = await read.findBy(OutboxMessage, { topic: 'at commit' });
    expect(kept.map(({ payload, lastError }) => [payload, lastError]).sort()).toEqual(
      [
        [AWKWARD, "? '; --"],
        ['{}', null],
      ].sort(),
    );
  });

  it('keeps nothing, and says why, where what was left for its COMMIT fails, first, midway or last', async () => {
    const clash = (tx: Tx) =>
      tx.atCommit.write('INSERT INTO operations (id, committedAt) VALUES (?, ?), (?, ?)', [
        ...['clash', '2026-11-24 00:00:00.000'],
        ...['clash', '2026-11-24 00:00:00.000'],
      ]);
    for (const at of [0, 1, 2]) {
      const failing = units.run(async (tx) => {
        await put(tx, 'clashing', 'before');
        for (const step of [0, 1, 2]) {
          if (step === at) await clash(tx);
          else await put(tx.atCommit, 'clashing', `step ${step}`);
        }
      });
      expect(await failing.catch(isUniqueViolation)).toBe(true);
    }
    expect(await told('clashing')).toBe(0);
    expect(await read.existsBy(Operation, { id: 'clash' })).toBe(false);
    await units.run((tx) => put(tx.atCommit, 'after the clash', '{}'));
    expect(await told('after the clash')).toBe(1);
  });

  it('says of statements side by side which fault it was, and keeps none of them', async () => {
    const twice = (tx: Tx) =>
      tx.manager.query('INSERT INTO operations (id, committedAt) VALUES (?, ?), (?, ?)', [
        'twice',
        '2026-11-24 00:00:00.000',
        'twice',
        '2026-11-24 00:00:00.000',
      ]);
    const failing = units.run((tx) =>
      Promise.all([
        outbox.publishMany(tx, [{ topic: 'beside a fault', payload: {} }]),
        twice(tx),
        outbox.publishMany(tx, [{ topic: 'beside a fault', payload: {} }]),
      ]),
    );
    expect(await failing.catch(isUniqueViolation)).toBe(true);
    expect(await told('beside a fault')).toBe(0);
  });

  it('lets nothing be written by what goes on after its unit has failed', async () => {
    let straggler: Promise<unknown> | undefined;
    const failing = units.run(async (tx) => {
      const slow = async (): Promise<void> => {
        await new Promise((resolve) => {
          setTimeout(resolve, 30);
        });
        await outbox.publishMany(tx, [{ topic: 'straggler', payload: {} }]);
      };
      straggler = slow().catch((error: unknown) => error);
      await Promise.all([straggler, Promise.reject(new Error('half way'))]);
    });
    await expect(failing).rejects.toThrow('half way');
    expect(String(await straggler)).toMatch(/after the end of its unit|released/i);
    expect(await told('straggler')).toBe(0);
  });

  it('refuses a unit inside a unit', async () => {
    const nested = units.run(() => units.run(async () => undefined));
    await expect(nested).rejects.toThrow('inside a unit of work');
  });

  it('lets work that a unit started, but that outlives it, run units of its own', async () => {
    let later: Promise<void> | undefined;
    await units.run(async () => {
      later = new Promise<void>((resolve) => {
        setTimeout(resolve, 20);
      }).then(() => units.run((tx) => outbox.publish(tx, 'outliving', {})));
    });
    await later;
    expect(await told('outliving')).toBe(1);
  });

  it('is the only way to write', async () => {
    const { write } = test.app.get<DataSources>(DATA_SOURCES);
    const row = { id: newId(test.clock.now()), committedAt: test.clock.now() };
    await expect((async () => write.manager.insert(Operation, row))()).rejects.toThrow(
      'outside a unit of work',
    );
    await expect((async () => write.query('DELETE FROM operations'))()).rejects.toThrow(
      'outside a unit of work',
    );
    await expect(read.insert(Operation, row)).rejects.toThrow();
    expect(await read.existsBy(Operation, { id: row.id })).toBe(false);
  });

  it('takes nothing through a tx that was kept too long', async () => {
    let kept: Tx | undefined;
    await units.run(async (tx) => {
      kept = tx;
    });
    const late = async () => kept && outbox.publish(kept, 'too-late', {});
    await expect(late()).rejects.toThrow();
    expect(await told('too-late')).toBe(0);
  });

  it('tells after the commit, and only then', async () => {
    const heard: Tx[] = [];
    units.afterCommit((tx) => heard.push(tx));
    let mine: Tx | undefined;
    await units.run(async (tx) => {
      mine = tx;
      expect(heard).toEqual([]);
    });
    await units.run(() => Promise.reject(new Error('no'))).catch(() => undefined);
    expect(heard).toEqual([mine]);
  });

  describe('beside another that rolls back', () => {
    /** Two overlapping transactions: the first fails after the second has been acknowledged. */
    const overlap = async (
      run: (work: (manager: EntityManager) => Promise<void>) => Promise<unknown>,
      topic: string,
      mayWait: boolean,
    ): Promise<void> => {
      let secondDone: () => void = () => undefined;
      const acknowledged = new Promise<void>((resolve) => {
        secondDone = resolve;
      });
      let firstBegun: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => {
        firstBegun = resolve;
      });
      const insert = (manager: EntityManager, name: string) =>
        manager.insert(OutboxMessage, {
          id: newId(test.clock.now()),
          topic: name,
          payload: '{}',
          state: 'pending',
          attempts: 0,
          createdAt: test.clock.now(),
          availableAt: test.clock.now(),
        });
      const first = run(async (manager) => {
        await insert(manager, `${topic}-first`);
        firstBegun();
        // Behind the mutex the second one waits for this very transaction, so this must not wait for it.
        if (!mayWait) await acknowledged;
        throw new Error('rolled back');
      }).catch(() => undefined);
      await begun;
      const second = run((manager) => insert(manager, `${topic}-second`).then(() => undefined));
      await second;
      secondDone();
      await first;
    };

    it('keeps what was acknowledged', async () => {
      await overlap((work) => units.run((tx) => work(tx.manager)), 'guarded', true);
      expect(await told('guarded-first')).toBe(0);
      expect(await told('guarded-second')).toBe(1);
    });

    if (TEST_DATABASE === 'sqlite') {
      it('would lose it without the queue (control)', async () => {
        const unguarded = await openDataSources(
          { ...test.config, dataDir: `${test.config.dataDir}/control` },
          schema,
        );
        await unguarded.write.runMigrations();
        await overlap((work) => unguarded.write.transaction(work), 'naive', false);
        const survived = await unguarded.read.manager.countBy(OutboxMessage, { topic: 'naive-second' });
        await closeDataSources(unguarded);
        // Acknowledged, and gone: TypeORM ran the second as a savepoint of the first.
        expect(survived).toBe(0);
      });
    }
  });

  it('leaves no transaction open when even the roll-back fails', async () => {
    const broken = units.run(async (tx) => {
      await outbox.publish(tx, 'not-rolled-back', {});
      const { queryRunner } = tx.manager;
      if (!queryRunner) throw new Error('a unit has a runner of its own');
      const query = queryRunner.query.bind(queryRunner);
      jest
        .spyOn(queryRunner, 'query')
        .mockImplementation((sql: string, ...rest: unknown[]) =>
          sql === 'ROLLBACK' ? Promise.reject(new Error('disk full')) : query(sql, ...(rest as [])),
        );
      throw new Error('half way');
    });
    await expect(broken).rejects.toThrow('half way');
    await units.run((tx) => outbox.publish(tx, 'after-the-broken', {}));
    expect(await told('not-rolled-back')).toBe(0);
    expect(await told('after-the-broken')).toBe(1);
  });

  it('lets a booking through while a long import runs in units of 500 rows', async () => {
    const rows = (tx: Tx) => Array.from({ length: 500 }, () => ({ id: newId(tx.now), committedAt: tx.now }));
    const UNITS = 20;
    let unitsDone = 0;
    const bulk = (async () => {
      while (unitsDone < UNITS) {
        await units.run((tx) =>
          tx.manager
            .createQueryBuilder()
            .insert()
            .into(Operation)
            .values(rows(tx))
            .updateEntity(false)
            .execute(),
        );
        unitsDone += 1;
      }
    })();
    /** How many units of the import each booking had to let go first. */
    const waits: number[] = [];
    while (unitsDone < UNITS) {
      const before = unitsDone;
      await units.run((tx) => outbox.publish(tx, 'booking', {}));
      waits.push(unitsDone - before);
    }
    await bulk;
    expect(waits.length).toBeGreaterThan(10);
    // The one under way, and another at most.
    expect(Math.max(...waits)).toBeLessThanOrEqual(2);
  });

  if (TEST_DATABASE === 'mariadb') {
    it('repeats the loser of a deadlock from the start', async () => {
      const ids = await units.run(async (tx) => {
        const both = [newId(tx.now), newId(tx.now)] as const;
        for (const id of both) await tx.manager.insert(Operation, { id, committedAt: tx.now });
        return both;
      });
      let runs = 0;
      const bothHoldOne = rendezvous(2);
      const touch = (order: readonly [string, string]) =>
        units.run(async (tx) => {
          runs += 1;
          await tx.manager.update(Operation, { id: order[0] }, { committedAt: new Date(0) });
          await bothHoldOne();
          await tx.manager.update(Operation, { id: order[1] }, { committedAt: new Date(0) });
          await outbox.publish(tx, 'deadlock', {});
        });
      await Promise.all([touch(ids), touch([ids[1], ids[0]])]);
      expect(runs).toBeGreaterThanOrEqual(3);
      expect(await told('deadlock')).toBe(2);
    });

    it('repeats a unit whose connection is killed before its COMMIT', async () => {
      const killer = await createConnection({ uri: test.config.DATABASE_URL ?? '' });
      let runs = 0;
      await units.run(async (tx) => {
        runs += 1;
        await outbox.publish(tx, 'killed', {});
        if (runs > 1) return;
        const rows = (await tx.manager.query('SELECT CONNECTION_ID() AS id')) as { id: number }[];
        await killer.query(`KILL ${rows[0]?.id}`);
      });
      await killer.end();
      expect(runs).toBe(2);
      expect(await told('killed')).toBe(1);
    });
  }
});

if (TEST_DATABASE === 'mariadb') {
  describe('a connection lost around COMMIT', () => {
    let proxy: BreakingProxy;
    let test: TestApp;
    beforeAll(async () => {
      test = await createTestApp(
        {},
        {
          via: async (url) => {
            proxy = await BreakingProxy.inFrontOf(url);
            return proxy.url;
          },
        },
      );
    });
    afterAll(async () => {
      await test.close();
      await proxy.close();
    });

    it.each([
      ['before-commit', 2],
      ['after-commit', 1],
      ['late-commit', 1],
    ] as const)('%s: one effect, after %i runs', async (kind, expectedRuns) => {
      proxy.breakNext(kind);
      let runs = 0;
      const answer = await test.app.get(UnitOfWork).run(async (tx) => {
        runs += 1;
        await test.app.get(Outbox).publish(tx, kind, {});
        return runs;
      });
      expect(proxy.broken).toBe(true);
      expect(answer).toBe(expectedRuns);
      expect(runs).toBe(expectedRuns);
      expect(await test.app.get(ReadDatabase).manager.countBy(OutboxMessage, { topic: kind })).toBe(1);
    });

    it.each([
      ['before-commit', 2],
      ['after-commit', 1],
      ['late-commit', 1],
    ] as const)('%s under an idempotency key: one effect, the first answer', async (kind, expectedRuns) => {
      const idempotency = { owner: 'c:a', key: `key-of-${kind}`, route: 'POST /x', requestHash: 'x' };
      let runs = 0;
      const call = () =>
        test.app.get(UnitOfWork).run(
          async (tx) => {
            runs += 1;
            await test.app.get(Outbox).publish(tx, `${kind}-keyed`, {});
            return { run: runs };
          },
          { idempotency },
        );
      proxy.breakNext(kind);
      expect(await call()).toEqual({ run: expectedRuns });
      expect(proxy.broken).toBe(true);
      expect(await call()).toEqual({ run: expectedRuns });
      const { manager } = test.app.get(ReadDatabase);
      expect(await manager.countBy(OutboxMessage, { topic: `${kind}-keyed` })).toBe(1);
    });

    it('would have its effect twice with a plain retry (control)', async () => {
      const sources = await openDataSources({ ...test.config, DATABASE_URL: proxy.url }, schema);
      proxy.breakNext('after-commit');
      const naive = () =>
        sources.write.transaction(async (manager) => {
          const { tx, end } = txOver(manager, 'mysql', test.clock.now());
          await test.app.get(Outbox).publish(tx, 'plain-retry', {});
          for (const { sql, values } of end()) await manager.query(sql, [...values]);
        });
      await naive().catch((error: unknown) => {
        if (!isConnectionLost(error)) throw error;
        return naive();
      });
      const effects = await sources.read.manager.countBy(OutboxMessage, { topic: 'plain-retry' });
      await closeDataSources(sources);
      expect(effects).toBe(2);
    });
  });
}
