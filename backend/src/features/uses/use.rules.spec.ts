import type { Due } from '@talent-card/shared/uses/schema';
import {
  arrivedVisit,
  type BookedVisit,
  isUsedAtWindows,
  mayDispute,
  overallVerdict,
  visitAt,
} from './use.rules.js';

const visit = (more: Partial<BookedVisit> = {}): BookedVisit => ({
  id: 'one',
  number: '12345678',
  channelId: 'channel',
  status: 'booked',
  serviceDate: '2026-11-24',
  startsAt: new Date('2026-11-24T02:00:00Z'),
  endsAt: new Date('2026-11-24T03:00:00Z'),
  arriveUntil: new Date('2026-11-24T02:15:00Z'),
  arrivedAt: null,
  companions: 0,
  cardClass: null,
  ...more,
});
const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);

describe('the booking that somebody is checked in for', () => {
  it.each<[string, Partial<BookedVisit>, string, boolean]>([
    ['before it begins', {}, '00:30', true],
    ['while it lasts, also after the grace', {}, '02:50', true],
    ['within a grace that is longer than the slot', { arriveUntil: at('03:30') }, '03:20', true],
    ['not when it is over', {}, '03:00', false],
    ['counted as not having come', { status: 'no-show' }, '02:30', true],
    ['not one that is held', { status: 'held' }, '02:00', false],
    ['not one that was cancelled', { status: 'cancelled' }, '02:00', false],
    ['not one that arrived', { status: 'arrived' }, '02:00', false],
    ['not of another channel', { channelId: 'other' }, '02:00', false],
  ])('%s', (_, more, time, expected) => {
    expect(visitAt([visit(more)], 'channel', at(time)) !== null).toBe(expected);
  });

  it('is the earliest of several', () => {
    const later = visit({ id: 'two', startsAt: at('05:00'), endsAt: at('06:00'), arriveUntil: at('05:15') });
    expect(visitAt([later, visit()], 'channel', at('01:00'))?.id).toBe('one');
    expect(visitAt([later, visit()], 'channel', at('04:00'))?.id).toBe('two');
  });
});

it('the booking that was checked in is the last that was, of this channel', () => {
  const arrived = (id: string, time: string, more: Partial<BookedVisit> = {}) =>
    visit({ id, status: 'arrived', arrivedAt: at(time), ...more });
  const visits = [
    visit(),
    arrived('early', '01:00'),
    arrived('late', '02:00'),
    arrived('other', '03:00', { channelId: 'x' }),
  ];
  expect(arrivedVisit(visits, 'channel')?.id).toBe('late');
  expect(arrivedVisit([...visits].reverse(), 'channel')?.id).toBe('late');
  expect(arrivedVisit([visit(), visit({ status: 'no-show' })], 'channel')).toBeNull();
});

it.each<[Due['verdict'][], string]>([
  [['not-entitled', 'already-arrived'], 'already-arrived'],
  [['already-arrived', 'ok'], 'ok'],
  [['quota-gone', 'not-entitled'], 'quota-gone'],
])('a window where the channels say %j says %s', (verdicts, expected) => {
  expect(overallVerdict(verdicts.map((verdict) => ({ verdict })))).toBe(expected);
});

it('windows use codes and bookings; the other ways have doors of their own', () => {
  const uses = ['code', 'book', 'officer', 'case', 'link'] as const;
  expect(uses.filter((use) => isUsedAtWindows({ use }))).toEqual(['code', 'book']);
});

it('a window without anything due is the wrong one', () => {
  expect(overallVerdict([])).toBe('wrong-venue');
});

it.each<[string, Parameters<typeof mayDispute>[0], boolean]>([
  ['a use of today', { status: 'used', disputeOpenedAt: null, at: at('01:00') }, true],
  ['one disputed before', { status: 'used', disputeOpenedAt: at('01:30'), at: at('01:00') }, false],
  ['one given back', { status: 'refunded', disputeOpenedAt: null, at: at('01:00') }, false],
  ['one to be settled', { status: 'to-settle', disputeOpenedAt: null, at: at('01:00') }, false],
  ['one of October', { status: 'used', disputeOpenedAt: null, at: new Date('2026-10-01T00:00:00Z') }, false],
])('%s may be disputed: %#', (_, use, expected) => {
  expect(mayDispute(use, at('02:00'))).toBe(expected);
});
