import { describe, expect, it } from 'vitest';
import { chosen, daysOf } from './period.js';

describe('the period of the statistics', () => {
  it.each([
    ['month', '2026-11-24', '2026-11-01'],
    ['quarter', '2026-11-24', '2026-09-01'],
    ['quarter', '2026-01-31', '2025-11-01'],
    ['quarter', '2026-02-01', '2025-12-01'],
    ['year', '2026-11-24', '2026-01-01'],
  ] as const)('%s up to %s begins on %s', (period, today, from) => {
    expect(daysOf(period, today)).toEqual({ from, to: today });
  });

  it('is three months where the address says nothing, or nonsense', () => {
    expect(chosen({}, '2026-11-24').period).toBe('quarter');
    expect(chosen({ period: 'week', from: 'x', to: '2026-01-01' }, '2026-11-24').period).toBe('quarter');
  });

  it('takes an own range by both its days', () => {
    expect(chosen({ period: 'year', from: '2026-03-01', to: '2026-03-31' }, '2026-11-24')).toEqual({
      period: 'own',
      days: { from: '2026-03-01', to: '2026-03-31' },
    });
    expect(chosen({ from: '2026-03-01' }, '2026-11-24').period).toBe('quarter');
  });
});
