import fc from 'fast-check';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Capacity } from './capacity.service.js';
import { type BelowTaken, OFFER } from './capacity.types.js';
import { CapacityHandlers } from './capacity-handlers.js';
import { LAPSE_JOB } from './lapse-places.js';

const MINUTE = 60_000;
const OFFER_MINUTES = 10;
type CardClass = 'A' | 'B' | null;

/** One thing that may happen; numbers pick among what is there. */
type Step =
  | { readonly do: 'claim' | 'hold'; readonly pool: 0 | 1; readonly amount: number; readonly of: CardClass }
  | {
      readonly do: 'join';
      readonly pool: 0 | 1;
      readonly amount: number;
      readonly of: CardClass;
      /** Minutes for which places are put aside; null: never. */
      readonly keep: number | null;
    }
  | {
      readonly do: 'release' | 'confirm' | 'leave' | 'accept' | 'pass-over' | 'take-up';
      readonly pick: number;
    }
  | {
      readonly do: 'resize';
      readonly pool: 0 | 1;
      readonly capacity: number;
      /** Places of class A; null: as they are. */
      readonly ofA: number | null;
      readonly below: BelowTaken;
    }
  | { readonly do: 'wait'; readonly minutes: number };

const pool = fc.constantFrom(0 as const, 1 as const);
const of = fc.constantFrom<CardClass>('A', 'B', null);
const amount = fc.integer({ min: 1, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('claim' as const, 'hold' as const), pool, amount, of }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('join' as const),
      pool,
      amount,
      of,
      keep: fc.option(fc.integer({ min: 1, max: 25 }), { freq: 4 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('release' as const, 'confirm' as const, 'leave' as const, 'accept' as const),
      pick: fc.nat(1_000),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('pass-over' as const, 'take-up' as const),
      pick: fc.nat(1_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('resize' as const),
      pool,
      capacity: fc.integer({ min: 0, max: 8 }),
      ofA: fc.option(fc.integer({ min: 0, max: 4 })),
      below: fc.constantFrom<BelowTaken>('refuse', 'shrink'),
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
  readonly keepUntil: number | null;
  kept: number;
  offeredUntil: number | null;
  passedOver: boolean;
}

/**
 * The kernel as one would write it with two arrays. A pool has as many places as are wanted, or as are taken where that
 * is more; so has class A in pool 1.
 */
class Model {
  readonly wanted: [number, number] = [4, 5];
  wantedOfA = 2;
  readonly claims = new Map<string, ModelClaim>();
  line: ModelWaiter[] = [];
  readonly offered: string[] = [];

  taken(poolIndex: 0 | 1, cardClass?: CardClass): number {
    return [...this.claims.values()]
      .filter((claim) => claim.pool === poolIndex && (cardClass === undefined || claim.of === cardClass))
      .reduce((sum, claim) => sum + claim.amount, 0);
  }
  capacity(poolIndex: 0 | 1): number {
    return Math.max(this.wanted[poolIndex], this.taken(poolIndex));
  }
  left(poolIndex: 0 | 1, cardClass: CardClass): number {
    const left = this.capacity(poolIndex) - this.taken(poolIndex);
    if (poolIndex === 0 || cardClass !== 'A') return left;
    return Math.min(left, Math.max(0, this.wantedOfA - this.taken(1, 'A')));
  }
  waiting(poolIndex: 0 | 1, now: number): ModelWaiter[] {
    return this.line.filter(
      ({ pool: own, offeredUntil, waitUntil, passedOver }) =>
        own === poolIndex && offeredUntil === null && waitUntil > now && !passedOver,
    );
  }
  /** Whether nobody who comes later may be faster. */
  hasTurn({ pool: poolIndex, of: cardClass, amount, keepUntil }: ModelWaiter, now: number): boolean {
    const most = this.wanted[poolIndex];
    const enough = poolIndex === 1 && cardClass === 'A' ? Math.min(most, this.wantedOfA) : most;
    return keepUntil !== null && keepUntil > now && amount <= enough;
  }
  giveUp(waiter: ModelWaiter): void {
    waiter.kept = 0;
    this.claims.delete(waiter.id);
  }
  offer(poolIndex: 0 | 1, now: number): void {
    const line = this.waiting(poolIndex, now);
    for (const waiter of line) {
      const left = this.left(poolIndex, waiter.of);
      const missing = waiter.amount - waiter.kept;
      if (left === 0 || (left < missing && !this.hasTurn(waiter, now))) continue;
      waiter.kept += Math.min(left, missing);
      const whole = waiter.kept === waiter.amount;
      if (whole) {
        waiter.offeredUntil = Math.min(now + OFFER_MINUTES * MINUTE, waiter.waitUntil);
        this.offered.push(waiter.id);
        // Nobody was passed over whose turn it was and who could have used the place.
        const passed = line
          .slice(0, line.indexOf(waiter))
          .filter((one) => one.offeredUntil === null && this.hasTurn(one, now));
        for (const one of passed) expect(this.left(poolIndex, one.of)).toBe(0);
      }
      const heldUntil = whole ? waiter.offeredUntil : waiter.keepUntil;
      this.claims.set(waiter.id, { pool: poolIndex, amount: waiter.kept, of: waiter.of, heldUntil });
    }
  }
  lapse(now: number): void {
    const freed = new Set<0 | 1>();
    for (const [id, claim] of this.claims) {
      if (claim.heldUntil === null || claim.heldUntil > now) continue;
      const waiter = this.line.find((one) => one.id === id);
      if (waiter && waiter.offeredUntil === null) this.giveUp(waiter);
      else {
        this.claims.delete(id);
        this.line = this.line.filter((one) => one.id !== id);
      }
      freed.add(claim.pool);
    }
    for (const waiter of this.line.filter((one) => one.offeredUntil === null && one.waitUntil <= now)) {
      if (waiter.kept > 0) freed.add(waiter.pool);
      this.giveUp(waiter);
      this.line = this.line.filter((one) => one !== waiter);
    }
    for (const poolIndex of freed) this.offer(poolIndex, now);
  }
  /** Whether it is done; what is only put aside is in nobody's way. */
  resize({ pool: poolIndex, capacity, ofA, below }: Extract<Step, { do: 'resize' }>, now: number): boolean {
    const aside = this.waiting(poolIndex, now).filter(({ kept }) => kept > 0);
    const taken = (cardClass?: CardClass): number =>
      this.taken(poolIndex, cardClass) -
      aside
        .filter((one) => cardClass === undefined || one.of === cardClass)
        .reduce((sum, one) => sum + one.kept, 0);
    const limitsA = poolIndex === 1 && ofA !== null;
    if (below === 'refuse' && (taken() > capacity || (limitsA && taken('A') > ofA))) return false;
    for (const waiter of aside) this.giveUp(waiter);
    this.wanted[poolIndex] = capacity;
    if (limitsA) this.wantedOfA = ofA;
    this.offer(poolIndex, now);
    return true;
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
        const { pool: poolIndex, amount, of, keep } = what;
        const waitUntil = now() + 30 * MINUTE;
        const keepUntil = keep === null ? null : now() + keep * MINUTE;
        await run(async (tx) => {
          const book = await capacity.load(tx, [pools[poolIndex]]);
          book.join({
            id,
            poolId: pools[poolIndex],
            ownerType: 'trial',
            amount,
            cardClass: of,
            offerMinutes: OFFER_MINUTES,
            waitUntil: new Date(waitUntil),
            keepUntil: keepUntil === null ? null : new Date(keepUntil),
          });
          await capacity.write(tx, book);
        });
        const place = { id, pool: poolIndex, amount, of, waitUntil, keepUntil };
        model.line.push({ ...place, kept: 0, offeredUntil: null, passedOver: false });
        model.offer(poolIndex, now());
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
        const standing = waiter.offeredUntil !== null && waiter.offeredUntil > now();
        expect(gone).toBe(what.do === 'leave' ? true : standing);
        if (!gone) return;
        model.line = model.line.filter((one) => one !== waiter);
        model.claims.delete(id);
        if (what.do === 'accept') model.claims.set(booked, { ...waiter, heldUntil: null });
        else if (waiter.kept > 0) model.offer(waiter.pool, now());
        return;
      }
      case 'pass-over':
      case 'take-up': {
        const waiter = model.line[what.pick % Math.max(model.line.length, 1)];
        if (!waiter) return;
        const { id } = waiter;
        const passesOver = what.do === 'pass-over';
        const done = await run<boolean>(async (tx) => {
          const book = await capacity.load(tx, [], { causes: [{ type: OFFER, id }], waiterIds: [id] });
          const moved = passesOver ? book.passOver(id) : book.takeUp(id);
          await capacity.write(tx, book);
          return moved;
        });
        expect(done).toBe(waiter.passedOver !== passesOver);
        if (!done) return;
        const { kept } = waiter;
        model.giveUp(waiter);
        Object.assign(waiter, { offeredUntil: null, passedOver: passesOver });
        if (kept > 0 || !passesOver) model.offer(waiter.pool, now());
        return;
      }
      case 'resize': {
        const classes = what.pool === 1 && what.ofA !== null ? { classCapacities: { A: what.ofA } } : {};
        const limits = { capacity: what.capacity, ...classes };
        const resized = await run(async (tx) =>
          capacity.resize(tx, pools[what.pool], limits, what.below),
        ).then(
          () => true,
          (error: { code?: string }) => {
            expect(error.code).toBe('SLOT_CAPACITY_BELOW_TAKEN');
            return false;
          },
        );
        expect(resized).toBe(model.resize(what, now()));
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
              capacity: model.capacity(index),
              taken: model.taken(index),
              waiting: model.line.filter((one) => one.pool === index && one.offeredUntil === null).length,
              closed: false,
              classLeft: index === 1 ? { A: model.left(1, 'A') } : {},
            });
          }
          const line = await capacity.waiters(
            test.app.get(ReadDatabase).manager,
            model.line.map(({ id }) => id),
          );
          for (const { id, kept, offeredUntil, passedOver, ...waiter } of model.line) {
            const { pool: index, of: cardClass, amount } = waiter;
            const until = offeredUntil === null ? null : new Date(offeredUntil);
            expect(line.get(id)).toMatchObject({ kept, offeredUntil: until, passedOver });
            // No place is empty that somebody in line could have.
            if (offeredUntil === null && !passedOver)
              expect(model.left(index, cardClass)).toBeLessThan(amount - kept);
          }
          // Each who was offered a place was told, once. Lines of earlier runs move on too, and are older.
          expect(told.filter((id) => id > begun).sort()).toEqual([...model.offered].sort());
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});
