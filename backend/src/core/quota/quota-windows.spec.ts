import { QUOTA_WINDOWS } from '@talent-card/shared/channels/channel-groups';
import fc from 'fast-check';
import { firstOfNext, sameWindow } from '../../../test/quota-model.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { nextWindow, windowStart } from './quota-windows.js';

describe('windows of a quota', () => {
  it.each([
    ['2026-12-31T15:59:59.999Z', '2026-12-31'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('begin at midnight in Weihai: %s is %s', (moment, day) => {
    const today = serviceDate(new Date(moment));
    expect(today).toBe(day);
    expect(windowStart('day', today)).toBe(day);
    expect(windowStart('year', today)).toBe(`${day.slice(0, 4)}-01-01`);
    // One week lies in both years.
    expect(windowStart('week', today)).toBe('2026-12-28');
  });

  it.each([
    ['week', '2026-12-28', '2026-12-28', '2027-01-04'],
    ['week', '2027-01-03', '2026-12-28', '2027-01-04'],
    ['week', '2027-01-04', '2027-01-04', '2027-01-11'],
    ['day', '2024-02-29', '2024-02-29', '2024-03-01'],
    ['month', '2024-02-29', '2024-02-01', '2024-03-01'],
    ['month', '2026-12-31', '2026-12-01', '2027-01-01'],
    ['month', '2026-01-31', '2026-01-01', '2026-02-01'],
    ['year', '2024-12-31', '2024-01-01', '2025-01-01'],
    ['year', '2023-01-01', '2023-01-01', '2024-01-01'],
  ] as const)('%s of %s: from %s until %s', (window, day, start, next) => {
    expect(windowStart(window, day)).toBe(start);
    expect(nextWindow(window, day)).toBe(next);
  });

  it('never end for a lifetime, and never begin for one use', () => {
    expect(nextWindow('lifetime', '2026-11-24')).toBeNull();
    expect(nextWindow('use', '2026-11-24')).toBeNull();
    expect(windowStart('lifetime', '1990-01-01')).toBe(windowStart('lifetime', '2026-11-24'));
  });

  const day = fc
    .integer({ min: Date.UTC(2020, 0, 1) / 86_400_000, max: Date.UTC(2040, 0, 1) / 86_400_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));

  it('agree with a walk through the calendar', () => {
    fc.assert(
      fc.property(day, day, (a, b) => {
        for (const window of QUOTA_WINDOWS) {
          if (window === 'use') continue;
          expect(windowStart(window, a) === windowStart(window, b)).toBe(sameWindow(window, a, b));
          if (window !== 'year') expect(nextWindow(window, a)).toBe(firstOfNext(window, a));
        }
      }),
      { numRuns: 150 },
    );
  });
});
