import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import { describe, expect, it } from 'vitest';
import { cellsOf, hasOverlaps, overlapOf, phaseOf, rowsOf, termsOn, timeline } from './terms.js';

const cell = (
  cardClass: string | null,
  effectiveFrom: string,
  effectiveTo: string | null,
  cardKind: ChannelTerms['cardKind'] = 'talent',
): ChannelTerms => ({
  cardKind,
  cardClass,
  effectiveFrom,
  effectiveTo,
  limits: [],
  companions: 0,
  discountPercent: null,
  capCents: null,
});

describe('the matrix', () => {
  it('puts talent before youth and the row for others after the named classes', () => {
    const terms = [
      cell(null, '2026-01-01', null, 'youth'),
      cell(null, '2026-01-01', null),
      cell('B', '2026-01-01', null),
      cell('A', '2026-01-01', null),
    ];
    expect(rowsOf(terms).map((row) => `${row.cardKind} ${row.cardClass}`)).toEqual([
      'talent A',
      'talent B',
      'talent null',
      'youth null',
    ]);
  });

  it.each([
    ['2026-01-01', '2026-06-30', '2026-07-01', null, false],
    ['2026-01-01', '2026-06-30', '2026-06-30', null, true],
    ['2026-01-01', null, '2030-01-01', '2030-12-31', true],
    ['2026-05-01', '2026-05-01', '2026-01-01', '2026-12-31', true],
    ['2026-05-01', '2026-05-31', '2026-01-01', '2026-04-30', false],
  ] as const)('%s–%s and %s–%s share a day: %s', (a, b, c, d, share) => {
    expect(overlapOf(cell(null, a, b), [cell(null, c, d)]) !== undefined).toBe(share);
    expect(overlapOf(cell('A', a, b), [cell(null, c, d)])).toBeUndefined();
    expect(hasOverlaps([cell(null, a, b), cell(null, c, d)])).toBe(share);
  });

  it('knows what is over, in force and to come', () => {
    expect(phaseOf(cell(null, '2026-01-01', '2026-11-23'), '2026-11-24')).toBe('past');
    expect(phaseOf(cell(null, '2026-01-01', '2026-11-24'), '2026-11-24')).toBe('now');
    expect(phaseOf(cell(null, '2026-11-25', null), '2026-11-24')).toBe('future');
  });

  it('gives a class its own row, and the row for others only where it has none', () => {
    const terms = [cell('A', '2027-01-01', null), cell(null, '2026-01-01', null)];
    expect(termsOn(terms, { cardKind: 'talent', cardClass: 'A' }, '2026-11-24')).toBeUndefined();
    expect(termsOn(terms, { cardKind: 'talent', cardClass: 'B' }, '2026-11-24')).toBe(terms[1]);
    expect(termsOn(terms, { cardKind: 'youth', cardClass: null }, '2026-11-24')).toBeUndefined();
  });

  it('draws cells and the gaps between them over the whole line', () => {
    const cells = cellsOf(
      [cell(null, '2026-01-11', null), cell(null, '2025-06-01', '2026-01-05')],
      'talent ',
    );
    const line = timeline(cells, '2026-01-01', '2026-01-20');
    expect(line.map(({ kind, from, to }) => `${kind} ${from} ${to}`)).toEqual([
      'cell 2026-01-01 2026-01-05',
      'gap 2026-01-06 2026-01-10',
      'cell 2026-01-11 2026-01-20',
    ]);
    expect(line.reduce((sum, part) => sum + part.width, 0)).toBeCloseTo(1);
  });
});
