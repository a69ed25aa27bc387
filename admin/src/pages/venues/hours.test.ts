import { describe, expect, it } from 'vitest';
import { clinic } from '../../test/fixtures.js';
import { hoursOf, problemOf, runsOf, slotsBetween, weekOf } from './hours.js';

describe('hours', () => {
  it('read as a sign at a door', () => {
    expect(runsOf(clinic.openingHours)).toEqual([{ first: 1, last: 5, words: '08:00–17:00' }]);
    expect(hoursOf(weekOf(clinic.openingHours))).toEqual(clinic.openingHours);
  });
  it.each([
    [[{ from: '09:00', to: '08:00' }], 0, 'hoursOrder'],
    [
      [
        { from: '09:00', to: '12:00' },
        { from: '11:00', to: '13:00' },
      ],
      1,
      'hoursOverlap',
    ],
    [
      [
        { from: '09:00', to: '12:00' },
        { from: '12:00', to: '13:00' },
      ],
      1,
      null,
    ],
    [[{ from: '09:00' }], 0, null],
  ] as const)('%j at %i: %s', (stretches, at, problem) => {
    expect(problemOf(stretches, at)).toBe(problem);
  });
  it('hold whole slots only', () => {
    expect(slotsBetween('09:00', '10:50', 30)).toBe(3);
    expect(slotsBetween('09:00', '09:20', 30)).toBe(0);
  });
});
