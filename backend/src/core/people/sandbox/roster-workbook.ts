import { zoneName } from '@talent-card/shared/accounts/districts';
import { ROSTER_COLUMNS, type RosterColumnKey } from '@talent-card/shared/people/schema';
import { type Cell, type SheetPlan, writeWorkbook } from '../../../platform/workbook/workbook-library.js';
import type { RosterContent } from '../roster/roster.types.js';

/** A row as somebody filled it in: any cell may be anything. */
export type RawRosterRow = Partial<Record<RosterColumnKey, Cell>>;

const TYPE_WORDS = {
  'resident-id': '居民身份证',
  passport: '护照',
  'permanent-residence': '外国人永久居留身份证',
} as const;

/** The cells of a clean row as the template asks for them. */
export function rosterCells(content: RosterContent): RawRosterRow {
  return {
    name: content.name,
    identityType: TYPE_WORDS[content.identityType],
    identityNumber: content.identityNumber,
    category: content.category,
    programme: content.programme,
    documentNumber: content.documentNumber,
    provincialCardNumber: content.provincialCardNumber,
    employer: content.employer,
    creditCode: content.creditCode,
    zone: zoneName(content.zoneCode).zh,
    cardClass: content.cardClass,
    mobile: content.mobile,
    validUntil: content.validUntil,
  };
}

export interface RosterWorkbookOptions {
  /** Columns in the order wanted; all of them in the template's order when left out. */
  readonly columns?: readonly RosterColumnKey[];
  /** Other headings for some columns. */
  readonly titles?: Partial<Record<RosterColumnKey, string>>;
  /** Rows above the heading: titles, notes, blank lines. */
  readonly above?: readonly (readonly Cell[])[];
  /** A row of group titles directly above the heading. */
  readonly groups?: readonly Cell[];
  /** Puts an empty row after each row of this number, from 0. */
  readonly blankAfter?: readonly number[];
  /** Hides rows of this number, from 0. */
  readonly hidden?: readonly number[];
  /** A sheet without any list in front of the list. */
  readonly coverSheet?: boolean;
  readonly below?: readonly (readonly Cell[])[];
}

/** A roster file as offices send it, for tests, end-to-end runs and demo data. */
export function buildRosterWorkbook(
  rows: readonly RawRosterRow[],
  options: RosterWorkbookOptions = {},
): Promise<Buffer> {
  const columns = options.columns ?? ROSTER_COLUMNS.map(({ key }) => key);
  const titleOf = (key: RosterColumnKey): string =>
    options.titles?.[key] ?? ROSTER_COLUMNS.find((column) => column.key === key)?.title ?? key;
  const above = [...(options.above ?? []), ...(options.groups ? [options.groups] : [])];
  const sheet: Cell[][] = [...above.map((row) => [...row]), columns.map(titleOf)];
  const hiddenRows: number[] = [];
  rows.forEach((row, i) => {
    if (options.hidden?.includes(i)) hiddenRows.push(sheet.length);
    sheet.push(columns.map((key) => row[key] ?? null));
    if (options.blankAfter?.includes(i)) sheet.push([]);
  });
  sheet.push(...(options.below ?? []).map((row) => [...row]));
  const list: SheetPlan = { name: '人才名单', rows: sheet, hiddenRows };
  const cover: SheetPlan = { name: '说明', rows: [['请按要求填写'], ['联系人', '科室']] };
  return writeWorkbook(options.coverSheet ? [cover, list] : [list]);
}
