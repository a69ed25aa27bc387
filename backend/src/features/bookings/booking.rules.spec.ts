import type { BookingRules } from '@talent-card/shared/channels/schema';
import {
  type BookingQuestion,
  bookingTimes,
  decideBooking,
  isPaused,
  mayCancel,
  mayReschedule,
} from './booking.rules.js';

const RULES: BookingRules = {
  opensDaysAhead: 7,
  opensAt: '08:30',
  leadMinutes: 30,
  cancelMinutes: 120,
  rescheduleMinutes: 240,
  graceMinutes: 15,
  reviewed: false,
  offerMinutes: 60,
};
/** Ten in the morning in Weihai. */
const SLOT = {
  slotId: 'slot',
  serviceDate: '2026-12-01',
  startsAt: new Date('2026-12-01T02:00:00Z'),
  endsAt: new Date('2026-12-01T03:00:00Z'),
};
const QUESTION: BookingQuestion = {
  now: new Date('2026-11-30T02:00:00Z'),
  slot: SLOT,
  closed: false,
  rules: RULES,
  companions: 0,
  person: { pausedUntil: null, own: [] },
  entitlement: { ok: true, companions: 1 },
  missingConsent: null,
};
const own = (startsAt: string, endsAt: string, slotId = 'other') => ({
  bookingId: 'mine',
  slotId,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
});

describe('when a slot may be booked', () => {
  it('follows the day in Weihai, not that in London', () => {
    expect(bookingTimes(RULES, SLOT)).toEqual({
      // 24 November, half past eight in the morning there.
      opensAt: new Date('2026-11-24T00:30:00Z'),
      bookableUntil: new Date('2026-12-01T01:30:00Z'),
      cancelUntil: new Date('2026-12-01T00:00:00Z'),
      rescheduleUntil: new Date('2026-11-30T22:00:00Z'),
      arriveUntil: new Date('2026-12-01T02:15:00Z'),
    });
  });
});

describe('a booking', () => {
  const cases: [string, Partial<BookingQuestion>, string | null][] = [
    ['is made where nothing stands against it', {}, null],
    ['is not made in no slot', { slot: undefined }, 'NOT_FOUND'],
    ['is not made where nothing is booked', { rules: null }, 'CHANNEL_NOT_OPEN'],
    ['opens at its minute', { now: new Date('2026-11-24T00:30:00Z') }, null],
    ['does not open a moment earlier', { now: new Date('2026-11-24T00:29:59.999Z') }, 'SLOT_NOT_OPEN_YET'],
    ['opens earlier to whom it was offered', { now: new Date('2026-11-23T00:00:00Z'), offered: true }, null],
    ['is made until its lead time', { now: new Date('2026-12-01T01:29:59.999Z') }, null],
    ['is not made from then on', { now: new Date('2026-12-01T01:30:00Z') }, 'BOOKING_TOO_LATE'],
    ['is not made once it began', { now: SLOT.startsAt }, 'SLOT_PAST'],
    ['is not made in a closed slot', { closed: true }, 'SLOT_CLOSED'],
    ['says past before closed', { now: SLOT.endsAt, closed: true }, 'SLOT_PAST'],
    ['is not made while paused', { person: { pausedUntil: '2026-12-01', own: [] } }, 'BOOKING_PAUSED'],
    ['is made on the day the pause ends', { person: { pausedUntil: '2026-11-30', own: [] } }, null],
    [
      'needs a card that gives it',
      { entitlement: { ok: false, code: 'NOT_ENTITLED', details: { conditions: [] } } },
      'NOT_ENTITLED',
    ],
    ['takes as many along as the card says', { companions: 1 }, null],
    ['and no more', { companions: 2 }, 'COMPANIONS_TOO_MANY'],
    [
      'needs a consent where the matter is one of its own',
      { missingConsent: { purpose: 'channel-health', currentVersion: '1' } },
      'BOOKING_CONSENT_REQUIRED',
    ],
    [
      'is made once',
      { person: { pausedUntil: null, own: [own('2026-12-01T02:00:00Z', '2026-12-01T03:00:00Z', 'slot')] } },
      'BOOKING_EXISTS',
    ],
    [
      'does not overlap another by a minute',
      { person: { pausedUntil: null, own: [own('2026-12-01T01:00:00Z', '2026-12-01T02:01:00Z')] } },
      'BOOKING_OVERLAP',
    ],
    [
      'may follow another at once',
      {
        person: {
          pausedUntil: null,
          own: [
            own('2026-12-01T01:00:00Z', '2026-12-01T02:00:00Z'),
            own('2026-12-01T03:00:00Z', '2026-12-01T04:00:00Z'),
          ],
        },
      },
      null,
    ],
  ];
  it.each(cases)('%s', (_, more, code) => {
    const decided = decideBooking({ ...QUESTION, ...more });
    expect(decided.ok ? null : decided.error.code).toBe(code);
  });

  it('tells what stands against it', () => {
    const wrong = (more: Partial<BookingQuestion>) => {
      const decided = decideBooking({ ...QUESTION, ...more });
      return decided.ok ? null : decided.error.details;
    };
    expect(wrong({ now: new Date('2026-11-20T00:00:00Z') })).toEqual({
      slotId: 'slot',
      opensAt: '2026-11-24T00:30:00.000Z',
    });
    expect(wrong({ companions: 3 })).toEqual({ most: 1 });
    const over = own('2026-12-01T01:30:00Z', '2026-12-01T02:30:00Z');
    expect(wrong({ person: { pausedUntil: null, own: [over] } })).toEqual({
      bookingId: 'mine',
      startsAt: '2026-12-01T01:30:00.000Z',
      endsAt: '2026-12-01T02:30:00.000Z',
    });
  });

  it('is given up until its deadline, and while it is undecided until it begins', () => {
    const { cancelUntil, rescheduleUntil } = bookingTimes(RULES, SLOT);
    const booking = {
      status: 'booked' as const,
      cancelUntil,
      rescheduleUntil,
      startsAt: SLOT.startsAt,
      caseId: null,
    };
    const later = new Date(cancelUntil.getTime() + 1);
    expect(mayCancel(booking, cancelUntil)).toBe(true);
    expect(mayCancel(booking, later)).toBe(false);
    expect(mayCancel({ ...booking, status: 'held' }, later)).toBe(true);
    expect(mayCancel({ ...booking, status: 'held' }, SLOT.startsAt)).toBe(false);
    expect(mayCancel({ ...booking, status: 'arrived' }, QUESTION.now)).toBe(false);
    expect(mayReschedule(booking, rescheduleUntil)).toBe(true);
    expect(mayReschedule(booking, new Date(rescheduleUntil.getTime() + 1))).toBe(false);
    expect(mayReschedule({ ...booking, caseId: 'case' }, QUESTION.now)).toBe(false);
  });

  it('is paused by days as Weihai counts them', () => {
    expect(isPaused('2026-12-01', new Date('2026-11-30T15:59:59Z'))).toBe(true);
    expect(isPaused('2026-12-01', new Date('2026-11-30T16:00:00Z'))).toBe(false);
  });
});
