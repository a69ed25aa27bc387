import { pausedUntil, pointUntil, standingPoints } from './no-shows.rules.js';

const rules = { limit: 3, days: 30 };

describe('points for not coming', () => {
  it.each([
    ['after thirty days', '2026-11-24', [], '2026-12-24'],
    ['over the end of a year', '2026-12-20', [], '2027-01-19'],
    ['not on the same day as another', '2026-11-24', ['2026-12-24'], '2026-12-25'],
    ['nor as the one after that', '2026-11-24', ['2026-12-25', '2026-12-24'], '2026-12-26'],
  ])('go %s', (_, missedOn, others, until) => {
    expect(pointUntil(missedOn, others, rules)).toBe(until);
  });

  it('count until the day on which they go', () => {
    const points = ['2026-12-25', '2026-12-24'];
    expect(standingPoints(points, '2026-12-23')).toEqual(['2026-12-24', '2026-12-25']);
    expect(standingPoints(points, '2026-12-24')).toEqual(['2026-12-25']);
  });

  it.each([
    ['two are not enough', ['2026-12-24', '2026-12-25'], '2026-12-01', null],
    [
      'three pause until the first goes',
      ['2026-12-26', '2026-12-24', '2026-12-25'],
      '2026-12-01',
      '2026-12-24',
    ],
    [
      'four until the second goes',
      ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27'],
      '2026-12-01',
      '2026-12-25',
    ],
    ['what is gone does not count', ['2026-12-24', '2026-12-25', '2026-12-26'], '2026-12-24', null],
  ])('%s', (_, points, today, day) => {
    expect(pausedUntil(points, today, rules)).toBe(day);
  });
});
