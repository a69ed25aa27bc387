import type { ChannelTerms } from '@talent-card/shared/channels/schema';

/** Pure rules of the class × quota matrix: days are `YYYY-MM-DD`, which compare as text. */

export interface Row {
  key: string;
  cardKind: ChannelTerms['cardKind'];
  cardClass: string | null;
}

export const rowKey = (terms: Pick<ChannelTerms, 'cardKind' | 'cardClass'>): string =>
  `${terms.cardKind} ${terms.cardClass ?? ''}`;

/** Talent before youth, named classes in order, then the row for all others. */
export function rowsOf(terms: readonly ChannelTerms[], more: readonly Row[] = []): Row[] {
  const rows = new Map<string, Row>();
  for (const { cardKind, cardClass } of [...terms, ...more]) {
    const key = rowKey({ cardKind, cardClass });
    rows.set(key, { key, cardKind, cardClass });
  }
  return [...rows.values()].sort(
    (a, b) =>
      a.cardKind.localeCompare(b.cardKind) ||
      Number(a.cardClass === null) - Number(b.cardClass === null) ||
      (a.cardClass ?? '').localeCompare(b.cardClass ?? ''),
  );
}

export const cellsOf = (terms: readonly ChannelTerms[], key: string): ChannelTerms[] =>
  terms.filter((cell) => rowKey(cell) === key).sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));

const endOf = (cell: ChannelTerms) => cell.effectiveTo ?? '9999-12-31';

export type Phase = 'past' | 'now' | 'future';
export function phaseOf(cell: ChannelTerms, today: string): Phase {
  if (endOf(cell) < today) return 'past';
  return cell.effectiveFrom > today ? 'future' : 'now';
}

type Span = Pick<ChannelTerms, 'cardKind' | 'cardClass' | 'effectiveFrom' | 'effectiveTo'>;

/** Another cell of the same row that shares a day with this one. */
export function overlapOf(cell: Span, others: readonly ChannelTerms[]): ChannelTerms | undefined {
  const end = cell.effectiveTo ?? '9999-12-31';
  return others.find(
    (other) =>
      rowKey(other) === rowKey(cell) && other.effectiveFrom <= end && endOf(other) >= cell.effectiveFrom,
  );
}

export function hasOverlaps(terms: readonly ChannelTerms[]): boolean {
  return terms.some((cell, i) => overlapOf(cell, terms.slice(i + 1)) !== undefined);
}

/** The day before or after, by the calendar alone. */
export function dayAfter(day: string, count = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** What holders of a kind and class get on a day: their own row, else the one for all others. */
export function termsOn(
  terms: readonly ChannelTerms[],
  row: Pick<Row, 'cardKind' | 'cardClass'>,
  day: string,
): ChannelTerms | undefined {
  const own = cellsOf(terms, rowKey(row));
  // A class with a row of its own does not fall back to the others on days that its row leaves out.
  const cells = own.length > 0 ? own : cellsOf(terms, rowKey({ cardKind: row.cardKind, cardClass: null }));
  return cells.find((cell) => phaseOf(cell, day) === 'now');
}

export interface Segment {
  kind: 'cell' | 'gap';
  from: string;
  to: string;
  /** Share of the line, 0 to 1. */
  start: number;
  width: number;
  cell: ChannelTerms | null;
}

/** A line over `from` to `to` with its cells and the gaps between them. */
export function timeline(cells: readonly ChannelTerms[], from: string, to: string): Segment[] {
  const time = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
  const whole = time(to) - time(from) + 1;
  const segment = (kind: Segment['kind'], a: string, b: string, cell: ChannelTerms | null): Segment => ({
    kind,
    from: a,
    to: b,
    cell,
    start: (time(a) - time(from)) / whole,
    width: (time(b) - time(a) + 1) / whole,
  });
  const segments: Segment[] = [];
  let next = from;
  for (const cell of cells) {
    const a = cell.effectiveFrom < from ? from : cell.effectiveFrom;
    const b = endOf(cell) > to ? to : endOf(cell);
    if (b < from || a > to) continue;
    if (a > next) segments.push(segment('gap', next, dayAfter(a, -1), null));
    segments.push(segment('cell', a, b, cell));
    if (b >= next) next = dayAfter(b);
  }
  if (next <= to) segments.push(segment('gap', next, to, null));
  return segments;
}
