import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import type { FieldProblem } from '@talent-card/shared/common/schema';

/** What is wrong within single cells, at their fields: days in the wrong order, a window limited twice. */
export function problemsOfTerms(terms: readonly ChannelTerms[]): FieldProblem[] {
  return terms.flatMap((cell, row) => {
    const windows = cell.limits.map(({ window }) => window);
    return [
      ...(cell.effectiveTo !== null && cell.effectiveTo < cell.effectiveFrom
        ? [{ path: `terms.${row}.effectiveTo`, code: 'DATE_ORDER' }]
        : []),
      ...windows.flatMap((window, i) =>
        windows.indexOf(window) < i ? [{ path: `terms.${row}.limits.${i}.window`, code: 'NOT_ALLOWED' }] : [],
      ),
    ];
  });
}

/** The first two cells of one kind and class that hold on the same day, by their rows from 0; null where none do. */
export function overlapOf(terms: readonly ChannelTerms[]): { row: number; other: number } | null {
  for (const [other, b] of terms.entries()) {
    const row = terms.findIndex(
      (a, i) =>
        i < other &&
        a.cardKind === b.cardKind &&
        a.cardClass === b.cardClass &&
        (b.effectiveTo === null || a.effectiveFrom <= b.effectiveTo) &&
        (a.effectiveTo === null || b.effectiveFrom <= a.effectiveTo),
    );
    if (row !== -1) return { row: other, other: row };
  }
  return null;
}
