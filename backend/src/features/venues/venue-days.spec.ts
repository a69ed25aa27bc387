import { publishedDay } from '../../platform/calendar/published-days.js';
import { type OpeningRules, ruledWeekday, venueDay, weekdayOf } from './venue-days.js';

const hours = (weekdays: number[], from: string, to: string) =>
  weekdays.map((weekday) => ({ weekday, from, to }));
const office: OpeningRules = {
  openingHours: [...hours([1, 2, 3, 4, 5], '13:30', '17:00'), ...hours([1, 2, 3, 4, 5], '08:30', '11:30')],
  closedOnHolidays: true,
  status: 'open',
};
const park: OpeningRules = {
  openingHours: hours([1, 2, 3, 4, 5, 6, 7], '07:00', '18:00'),
  closedOnHolidays: false,
  status: 'open',
};
const day = (rules: OpeningRules, date: string, exception?: Parameters<typeof venueDay>[3]) =>
  venueDay(rules, date, publishedDay(date).kind, exception);

const MORNING_AND_AFTERNOON = [
  { from: '08:30', to: '11:30' },
  { from: '13:30', to: '17:00' },
];

describe('how a venue is open on a day', () => {
  it.each([
    ['2026-09-30', 3],
    ['2026-10-04', 7],
    ['2026-12-31', 4],
    ['2027-01-01', 5],
    ['2028-02-29', 2],
  ])('%s is weekday %i', (date, weekday) => {
    expect(weekdayOf(date)).toBe(weekday);
  });

  it.each([
    ['a workday', office, '2026-09-30', MORNING_AND_AFTERNOON, null],
    ['a weekend', office, '2026-09-12', [], 'weekly'],
    ['a holiday', office, '2026-10-01', [], 'holiday'],
    ['a Saturday worked in place of a holiday', office, '2026-10-10', MORNING_AND_AFTERNOON, null],
    ['a Sunday worked in place of a holiday', office, '2026-09-20', MORNING_AND_AFTERNOON, null],
    ['a holiday on which it opens', park, '2026-10-01', [{ from: '07:00', to: '18:00' }], null],
    ['a venue that is shut', { ...park, status: 'closed' as const }, '2026-09-30', [], 'exception'],
  ])('%s', (_, rules, date, open, closedBecause) => {
    expect(day(rules, date)).toEqual({ date, open, closedBecause, note: null });
  });

  it('follows an exception before holiday and week, in order of the hours', () => {
    const note = { zh: '国庆值班', en: 'On duty' };
    const open = [
      { from: '14:00', to: '16:00' },
      { from: '09:00', to: '11:00' },
    ];
    expect(day(office, '2026-10-01', { open, note })).toEqual({
      date: '2026-10-01',
      open: [open[1], open[0]],
      closedBecause: null,
      note,
    });
    expect(day(park, '2026-09-30', { open: [], note })).toMatchObject({
      open: [],
      closedBecause: 'exception',
    });
  });

  it.each([
    ['the Friday before', office, '2026-10-10', 5],
    ['the Monday after', office, '2026-09-20', 1],
    ['its own hours where it has some', park, '2026-10-10', 6],
    ['itself on any other Saturday', office, '2026-09-26', 6],
  ])('on a make-up workday takes %s', (_, rules, date, weekday) => {
    expect(ruledWeekday(rules, date, publishedDay(date).kind)).toBe(weekday);
  });
});
