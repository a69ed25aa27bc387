import { ROSTER_COLUMNS, type RosterColumnKey } from '@talent-card/shared/people/schema';
import type { Cell } from '../../../../platform/workbook/workbook-library.js';
import { cellText } from './cells.js';

/** Where a column of ours stands in a file, and what the file calls it. */
export interface FoundColumn {
  readonly key: RosterColumnKey;
  /** From 0. */
  readonly index: number;
  readonly title: string;
}

export interface FoundHeader {
  readonly columns: readonly FoundColumn[];
  /** How many rows the heading takes: two where a group title stands above its columns. */
  readonly rows: 1 | 2;
  readonly missing: readonly string[];
}

/** Longer than any heading with its remarks; brackets by the thousand would keep the search below busy for minutes. */
const LONGEST_TITLE = 200;

/** Titles without the marks that offices add: `*姓名（必填）：` is `姓名`. */
function normalise(title: string): string {
  if (title.length > LONGEST_TITLE) return '';
  return title
    .replace(/[（(【[].*?[)）】\]]/g, '')
    .replace(/[\s*＊:：、,，.。_-]/g, '')
    .toUpperCase();
}

const BY_TITLE: ReadonlyMap<string, RosterColumnKey> = new Map(
  ROSTER_COLUMNS.flatMap((column) =>
    [column.title, ...column.aliases].map((title) => [normalise(title), column.key] as const),
  ),
);
const REQUIRED = ROSTER_COLUMNS.filter((column) => column.required);
/** Fewer known titles than this are chance: 姓名 alone also stands in a signature line. */
const FEWEST_TITLES = 3;

function recognise(titles: readonly string[]): FoundColumn[] {
  const seen = new Set<RosterColumnKey>();
  return titles.flatMap((title, index) => {
    const key = BY_TITLE.get(normalise(title));
    // The first of two equal headings wins.
    if (!key || seen.has(key)) return [];
    seen.add(key);
    return [{ key, index, title }];
  });
}

/**
 * Reads a heading out of a row and, where group titles are merged above the real ones, the row below it.
 *
 * @returns null when the row is no heading; `missing` names required columns that are not there
 */
export function findHeader(row: readonly Cell[], next: readonly Cell[] | undefined): FoundHeader | null {
  const upper = row.map(cellText);
  const lower = next?.map(cellText) ?? [];
  const single = recognise(upper);
  const width = Math.max(upper.length, lower.length);
  const stacked = recognise(
    Array.from({ length: width }, (_, i) => {
      const below = lower[i] ?? '';
      return BY_TITLE.has(normalise(below)) ? below : (upper[i] ?? '');
    }),
  );
  const two = stacked.length > single.length;
  const columns = two ? stacked : single;
  if (columns.length < FEWEST_TITLES) return null;
  // Two rows of one heading share columns out between them; a title row above the heading knows none.
  if (two && single.length === 0) return null;
  const missing = REQUIRED.filter((wanted) => !columns.some(({ key }) => key === wanted.key));
  return { columns, rows: two ? 2 : 1, missing: missing.map(({ title }) => title) };
}
