import type { VenueDay } from '@talent-card/shared/venues/schema';
import { openingAt, unusualClosings } from './opening';

const day = (date: string, open: VenueDay['open'], over: Partial<VenueDay> = {}): VenueDay => ({
  date,
  open,
  closedBecause: open.length > 0 ? null : 'weekly',
  note: null,
  ...over,
});
const at = (time: string, date = '2026-11-24') => new Date(`${date}T${time}:00+08:00`);
const hours = [
  { from: '08:30', to: '11:30' },
  { from: '13:30', to: '17:00' },
];

describe('how a venue stands', () => {
  const days = [day('2026-11-24', hours), day('2026-11-25', []), day('2026-11-26', hours)];

  it.each([
    ['08:29', { state: 'later', from: '08:30' }],
    ['08:30', { state: 'open', until: '11:30' }],
    ['11:30', { state: 'later', from: '13:30' }],
    ['16:59', { state: 'open', until: '17:00' }],
    ['17:00', { state: 'closed', because: null, next: { date: '2026-11-26', from: '08:30' } }],
  ] as const)('at %s', (time, expected) => {
    expect(openingAt(days, at(time))).toEqual(expected);
  });

  it('says why it is closed, and that no opening is known', () => {
    const closed = [day('2026-11-24', [], { closedBecause: 'holiday' })];
    expect(openingAt(closed, at('10:00'))).toEqual({ state: 'closed', because: 'holiday', next: null });
    expect(openingAt(closed, at('10:00', '2026-11-27'))).toBeNull();
  });

  it('goes by the day in Shanghai', () => {
    // Still the 23rd in UTC.
    expect(openingAt(days, new Date('2026-11-23T23:00:00.000Z'))).toEqual({ state: 'later', from: '08:30' });
  });

  it('warns of holidays and exceptions ahead, not of the usual day off', () => {
    const week = [
      day('2026-11-24', []),
      day('2026-11-25', []),
      day('2026-11-26', [], { closedBecause: 'exception' }),
      day('2026-11-27', [], { closedBecause: 'holiday' }),
    ];
    expect(unusualClosings(week, at('10:00')).map(({ date }) => date)).toEqual(['2026-11-26', '2026-11-27']);
  });
});
