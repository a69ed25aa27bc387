import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { makeChannel, makeHolders, makeSlot } from '../../../test/booking-fixtures.js';
import { createTestApp, TEST_DATABASE, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { rendezvous } from '../../../test/rendezvous.js';
import { Capacity } from '../../core/capacity/capacity.service.js';
import { LAPSE_JOB } from '../../core/capacity/lapse-places.js';
import { CaseRow } from '../../core/casework/case.entity.js';
import { staffActor } from '../../core/casework/case-actor.js';
import { CasesRepository } from '../../core/casework/cases.repository.js';
import { Casework } from '../../core/casework/casework.service.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { isTransient } from '../../platform/database/database-errors.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { BookingRow } from '../bookings/booking.entity.js';
import { BookingMoves } from '../bookings/booking-moves.js';
import { BookingReviews } from '../bookings/booking-reviews.js';
import { Bookings } from '../bookings/bookings.service.js';
import { Slots } from '../venues/slots.service.js';

const PEOPLE = 8;
const TOMORROW_9 = '2026-11-25T01:00:00.000Z';
/** Booking closes half an hour before, and with it the time for deciding. */
const HELD_UNTIL = '2026-11-25T00:30:00.000Z';

/** An office decides while holders cancel, or while their time runs out. */
describe('a review at the same moment as', () => {
  let test: TestApp;
  let people: PersonPrincipal[];
  let bookings: BookingRow[];
  let poolId: string;
  /** Transactions that the database broke off, to be repeated. */
  let brokenOff: number;
  /** By case: both have come, whoever decides to having written it, whoever cancels to the holder's turn. */
  let met: Map<string, () => Promise<void>>;
  /** How long who has come waits for the other at most, in ms. */
  let patience: number;
  beforeEach(async () => {
    test ??= await createTestApp();
    test.clock.set(TEST_NOW);
    people = await makeHolders(test, PEOPLE);
    const channel = await makeChannel(test, {
      rules: { reviewed: true },
      terms: { limits: [{ window: 'year', most: 1 }] },
    });
    const slotId = await makeSlot(test, channel, TOMORROW_9, PEOPLE);
    poolId = (await test.app.get(Slots, { strict: false }).byIds(read(), [slotId])).get(slotId)?.poolId ?? '';
    for (const principal of people) {
      const key = { owner: principal.accountId, key: randomUUID(), route: 'POST /bookings', requestHash: '' };
      const request = { principal, slotId, companions: 0, note: null };
      await test.app.get(Bookings, { strict: false }).book(request, { ...key, requestHash: 'a'.repeat(64) });
    }
    bookings = await read().findBy(BookingRow, { slotId });
    brokenOff = 0;
    met = new Map(bookings.map(({ caseId }) => [caseId ?? '', rendezvous(2)]));
    patience = 20;
    // Whoever decides has written the case and does not go on at once: who cancels has time to come to the case.
    const change = CasesRepository.prototype.change;
    jest.spyOn(CasesRepository.prototype, 'change').mockImplementation(async function (
      this: CasesRepository,
      ...args
    ) {
      const changed = await change.apply(this, args);
      await Promise.race([met.get(args[1].id)?.(), setTimeout(patience)]);
      return changed;
    });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => test.close());

  const read = () => test.app.get(ReadDatabase).manager;
  const office = () =>
    staffActor({
      type: 'staff',
      staffId: newId(test.clock.now()),
      sessionId: newId(test.clock.now()),
      role: 'city-reviewer',
      zoneCode: '371000',
      venueIds: [],
      displayName: '审核',
    });
  /** What became of it, and how often the database broke it off. */
  const answer = (work: Parameters<UnitOfWork['run']>[0]): Promise<string> =>
    test.app
      .get(UnitOfWork)
      .run(async (tx) => {
        try {
          return await work(tx);
        } catch (error) {
          if (isTransient(error)) brokenOff += 1;
          throw error;
        }
      })
      .then(
        () => 'done',
        (error: unknown) => {
          if (error instanceof DomainError) return error.code;
          throw error;
        },
      );
  const decide = ({ caseId }: BookingRow, i: number): Promise<string> =>
    answer((tx) =>
      test.app.get(Casework).decide(tx, office(), caseId ?? '', {
        version: 1,
        decision: i % 2 === 0 ? 'approve' : 'reject',
        note: '同时处理',
      }),
    );
  const cancel = ({ id, caseId }: BookingRow): Promise<string> =>
    answer(async (tx) => {
      const moves = test.app.get(BookingMoves, { strict: false });
      const booking = await moves.inTurn(tx, id);
      void met.get(caseId ?? '')?.();
      if (booking.status !== 'held' && booking.status !== 'booked') {
        throw new DomainError('BOOKING_STATE_CONFLICT', { status: booking.status });
      }
      const person = people.find(({ personId }) => personId === booking.personId) as PersonPrincipal;
      await moves.end(tx, person, [booking], { to: 'cancelled', by: 'holder', reason: null });
    });
  const rowsNow = () => read().findBy(BookingRow, { slotId: bookings[0]?.slotId ?? '' });
  const taken = async () => (await test.app.get(Capacity).counts(read(), [poolId])).get(poolId)?.taken;
  const spent = async (): Promise<number> => {
    const rows: { uses: number | string }[] = await read().query(
      `SELECT COUNT(*) AS uses FROM quota_entries WHERE state = 'spent' AND causeId IN (${bookings.map(() => '?').join(', ')})`,
      bookings.map(({ id }) => id),
    );
    return Number(rows[0]?.uses);
  };
  const cancelAndDecide = async () => {
    const answers = await Promise.all(bookings.map((one, i) => Promise.all([decide(one, i), cancel(one)])));
    const known = ['done', 'STALE_VERSION', 'CASE_STATE_CONFLICT', 'BOOKING_STATE_CONFLICT'];
    for (const pair of answers) {
      expect(pair).toContain('done');
      expect(pair.filter((one) => !known.includes(one))).toEqual([]);
    }
    // Whoever came first: in the end each booking is given up, its place and its quota given back, its case over.
    for (const row of await rowsNow()) expect(row.status).toBe('cancelled');
    expect([await taken(), await spent()]).toEqual([0, 0]);
    for (const { caseId } of bookings) {
      const row = await read().findOneByOrFail(CaseRow, { id: caseId ?? '' });
      expect(['approved', 'rejected', 'withdrawn']).toContain(row.status);
    }
  };

  it('the holder cancels: both get an answer, and nothing is broken off', async () => {
    await cancelAndDecide();
    expect(brokenOff).toBe(0);
  });

  it('control: without the turn before the case it is broken off and repeated', async () => {
    jest.spyOn(BookingReviews.prototype, 'takeTurn').mockResolvedValue();
    if (TEST_DATABASE === 'mariadb') patience = 2_000;
    await cancelAndDecide();
    if (TEST_DATABASE === 'mariadb') expect(brokenOff).toBeGreaterThan(0);
    else expect(brokenOff).toBe(0);
  });

  it('its time runs out: whoever is faster decides', async () => {
    test.clock.set(HELD_UNTIL);
    const [answers] = await Promise.all([
      Promise.all(bookings.map((one) => decide(one, 0))),
      test.app.get(Jobs).runNow(LAPSE_JOB),
    ]);
    const booked = answers.filter((one) => one === 'done').length;
    const rows = await rowsNow();
    expect(rows.filter(({ status }) => status === 'booked')).toHaveLength(booked);
    expect(rows.filter(({ status }) => status === 'lapsed')).toHaveLength(PEOPLE - booked);
    expect([await taken(), await spent()]).toEqual([booked, booked]);
    expect(brokenOff).toBe(0);
  });
});
