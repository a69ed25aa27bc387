import fc from 'fast-check';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Capacity } from './capacity.service.js';
import { OFFER } from './capacity.types.js';
import { CapacityHandlers } from './capacity-handlers.js';
import { LAPSE_JOB } from './lapse-places.js';

const MINUTE = 60_000;
const OFFER_MINUTES = 10;
type CardClass = 'A' | 'B' | null;

/** One thing that may happen; numbers pick among what is there. */
type Step =
  | {
      readonly do: 'claim' | 'hold' | 'join';
      readonly pool: 0 | 1;
      readonly amount: number;
      readonly of: CardClass;
    }
  | { readonly do: 'release' | 'confirm' | 'leave' | 'accept'; readonly pick: number }
  | { readonly do: 'resize'; readonly pool: 0 | 1; readonly capacity: number }
  | { readonly do: 'wait'; readonly minutes: number };

const pool = fc.constantFrom(0 as const, 1 as const);
const of = fc.constantFrom<CardClass>('A', 'B', null);
const amount = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('claim' as const, 'hold' as const), pool, amount, of }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('join' as const), pool, amount, of }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('release' as const, 'confirm' as const, 'leave' as const, 'accept' as const),
      pick: fc.nat(1_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('resize' as const),
      pool,
      capacity: fc.integer({ min: 0, max: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 15 }) }),
  },
);

interface ModelClaim {
  readonly pool: 0 | 1;
  readonly amount: number;
  readonly of: CardClass;
  heldUntil: number | null;
}
interface ModelWaiter {
  readonly id: string;
  readonly pool: 0 | 1;
  readonly amount: number;
  readonly of: CardClass;
  readonly waitUntil: number;
  offeredUntil: number | null;
}

/** The kernel as one would write it with two arrays. Pool 1 lets class A have two places at most. */
class Model {
  readonly capacity: [number, number] = [4, 5];
  readonly claims = new Map<string, ModelClaim>();
  line: ModelWaiter[] = [];
  readonly offered: string[] = [];

  taken(poolIndex: 0 | 1, cardClass?: CardClass): number {
    return [...this.claims.values()]
      .filter((claim) => claim.pool === poolIndex && (cardClass === undefined || claim.of === cardClass))
      .reduce((sum, claim) => sum + claim.amount, 0);
  }
  left(poolIndex: 0 | 1, cardClass: CardClass): number {
    const left = this.capacity[poolIndex] - this.taken(poolIndex);
    return poolIndex === 1 && cardClass === 'A' ? Math.min(left, 2 - this.taken(1, 'A')) : left;
  }
  offer(poolIndex: 0 | 1, now: number): void {
    for (const waiter of this.line) {
      if (waiter.pool !== poolIndex || waiter.offeredUntil !== null || waiter.waitUntil <= now) continue;
      if (waiter.amount > this.left(poolIndex, waiter.of)) continue;
      waiter.offeredUntil = Math.min(now + OFFER_MINUTES * MINUTE, waiter.waitUntil);
      this.claims.set(waiter.id, { ...waiter, heldUntil: waiter.offeredUntil });
      this.offered.push(waiter.id);
    }
  }
  lapse(now: number): void {
    const freed = new Set<0 | 1>();
    for (const [id, claim] of this.claims) {
      if (claim.heldUntil === null || claim.heldUntil > now) continue;
      this.claims.delete(id);
      this.line = this.line.filter((waiter) => waiter.id !== id);
      freed.add(claim.pool);
    }
    this.line = this.line.filter((waiter) => waiter.offeredUntil !== null || waiter.waitUntil > now);
    for (const poolIndex of freed) this.offer(poolIndex, now);
  }
}

describe('capacity', () => {
  let test: TestApp;
  let capacity: Capacity;
  let told: string[];
  beforeAll(async () => {
    test = await createTestApp();
    capacity = test.app.get(Capacity);
    test.app.get(CapacityHandlers).register('trial', {
      offered: async (_, waiters) => {
        told.push(...waiters.map(({ id }) => id));
      },
      waitEnded: async () => undefined,
      holdLapsed: async () => undefined,
    });
  });
  afterAll(() => test.close());

  const run = <T>(work: Parameters<UnitOfWork['run']>[0]): Promise<T> =>
    test.app.get(UnitOfWork).run(work) as Promise<T>;
  const now = (): number => test.clock.now().getTime();

  async function perform(what: Step, pools: readonly [string, string], model: Model): Promise<void> {
    switch (what.do) {
      case 'claim':
      case 'hold': {
        const heldUntil = what.do === 'hold' ? now() + 5 * MINUTE : null;
        const id = newId(test.clock.now());
        const poolId = pools[what.pool];
        const answer = await run<{ ok: boolean; left: number }>(async (tx) => {
          const book = await capacity.load(tx, [poolId]);
          const claimed = book.claim({
            poolId,
            amount: what.amount,
            cardClass: what.of,
            cause: { type: 'trial', id },
            heldUntil: heldUntil === null ? null : new Date(heldUntil),
          });
          await capacity.write(tx, book);
          return claimed;
        });
        const left = model.left(what.pool, what.of);
        expect(answer.ok).toBe(what.amount <= left);
        expect(answer.left).toBe(answer.ok ? left - what.amount : left);
        if (answer.ok) model.claims.set(id, { pool: what.pool, amount: what.amount, of: what.of, heldUntil });
        return;
      }
      case 'join': {
        const id = newId(test.clock.now());
        const waitUntil = now() + 30 * MINUTE;
        await run(async (tx) => {
          const book = await capacity.load(tx, [pools[what.pool]]);
          book.join({
            id,
            poolId: pools[what.pool],
            ownerType: 'trial',
            amount: what.amount,
            cardClass: what.of,
            offerMinutes: OFFER_MINUTES,
            waitUntil: new Date(waitUntil),
          });
          await capacity.write(tx, book);
        });
        model.line.push({
          id,
          pool: what.pool,
          amount: what.amount,
          of: what.of,
          waitUntil,
          offeredUntil: null,
        });
        return;
      }
      case 'release':
      case 'confirm': {
        const own = [...model.claims.keys()].filter((id) => !model.line.some((waiter) => waiter.id === id));
        const id = own[what.pick % Math.max(own.length, 1)];
        const claim = id === undefined ? undefined : model.claims.get(id);
        if (id === undefined || !claim) return;
        const cause = { type: 'trial', id };
        await run(async (tx) => {
          const book = await capacity.load(tx, [], { causes: [cause] });
          if (what.do === 'release') expect(book.release(cause)).toBe(claim.amount);
          else expect(book.confirm(cause)).toBe(true);
          await capacity.write(tx, book);
        });
        if (what.do === 'confirm') claim.heldUntil = null;
        else {
          model.claims.delete(id);
          model.offer(claim.pool, now());
        }
        return;
      }
      case 'leave':
      case 'accept': {
        const waiter = model.line[what.pick % Math.max(model.line.length, 1)];
        if (!waiter) return;
        const { id } = waiter;
        const booked = newId(test.clock.now());
        const gone = await run<boolean>(async (tx) => {
          const book = await capacity.load(tx, [], { causes: [{ type: OFFER, id }], waiterIds: [id] });
          const cause = { type: 'trial', id: booked };
          const done = what.do === 'leave' ? book.leave(id) : book.accept(id, cause, null, tx.now);
          await capacity.write(tx, book);
          return done;
        });
        const offered = waiter.offeredUntil !== null;
        const standing = waiter.offeredUntil !== null && waiter.offeredUntil > now();
        expect(gone).toBe(what.do === 'leave' ? true : standing);
        if (!gone) return;
        model.line = model.line.filter((one) => one !== waiter);
        model.claims.delete(id);
        if (what.do === 'accept') model.claims.set(booked, { ...waiter, heldUntil: null });
        if (offered) model.offer(waiter.pool, now());
        return;
      }
      case 'resize': {
        const resized = await run(async (tx) =>
          capacity.resize(tx, pools[what.pool], { capacity: what.capacity }),
        ).then(
          () => true,
          (error: { code?: string }) => {
            expect(error.code).toBe('SLOT_CAPACITY_BELOW_TAKEN');
            return false;
          },
        );
        expect(resized).toBe(what.capacity >= model.taken(what.pool));
        if (!resized) return;
        model.capacity[what.pool] = what.capacity;
        model.offer(what.pool, now());
        return;
      }
      case 'wait':
        test.clock.advance(what.minutes * MINUTE);
        await test.app.get(Jobs).runNow(LAPSE_JOB);
        model.lapse(now());
    }
  }

  it('does what two arrays would do, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const model = new Model();
        told = [];
        const pools = await run<[string, string]>((tx) =>
          capacity.openPools(tx, [
            { capacity: 4, classCapacities: {} },
            { capacity: 5, classCapacities: { A: 2 } },
          ]),
        );
        const begun = newId(test.clock.now());
        for (const what of steps) {
          await perform(what, pools, model);
          const counts = await capacity.counts(test.app.get(ReadDatabase).manager, pools);
          for (const index of [0, 1] as const) {
            expect(counts.get(pools[index])).toEqual({
              capacity: model.capacity[index],
              taken: model.taken(index),
              waiting: model.line.filter((one) => one.pool === index && one.offeredUntil === null).length,
              closed: false,
              classLeft: index === 1 ? { A: model.left(1, 'A') } : {},
            });
          }
          // Each who was offered a place was told, once. Lines of earlier runs move on too, and are older.
          expect(told.filter((id) => id > begun).sort()).toEqual([...model.offered].sort());
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
