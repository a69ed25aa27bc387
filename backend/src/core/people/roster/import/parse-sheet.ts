import type { SheetRow } from '../../../../platform/workbook/workbook-library.js';
import { type FoundColumn, findHeader } from './columns.js';
import { type ParsedRow, parseRow } from './parse-row.js';

/** Title rows, notes and logos above the heading are at most this deep. */
const HEADER_WITHIN = 30;
const MAX_ROWS = 50_000;

/** Why a whole file is refused. */
export class SheetRefusal extends Error {
  constructor(
    readonly code: 'IMPORT_COLUMNS_MISSING' | 'IMPORT_TOO_MANY_ROWS' | 'IMPORT_FILE_UNREADABLE',
    readonly missing: readonly string[] = [],
  ) {
    super(code);
  }
}

export interface ParsedSheet {
  readonly columns: readonly FoundColumn[];
  /** Row of the heading's last line. */
  readonly headerRow: number;
  /** Rows with something in them, below the heading. */
  readonly total: number;
}

function keyOf(row: ParsedRow): string | null {
  const { content } = row;
  return content && `${content.identityType}/${content.identityNumber}/${content.category}`;
}

/** Marks later rows that name the same person for the same category again. */
function refuseDuplicates(columns: readonly FoundColumn[]): (row: ParsedRow) => ParsedRow {
  const firstRows = new Map<string, number>();
  const column = columns.find(({ key }) => key === 'identityNumber');
  return (row) => {
    const key = keyOf(row);
    if (key === null) return row;
    const first = firstRows.get(key);
    if (first === undefined) {
      firstRows.set(key, row.rowNumber);
      return row;
    }
    const problem = {
      column: column?.title ?? '',
      columnNumber: column ? column.index + 1 : 0,
      code: 'ROW_DUPLICATE_IN_FILE' as const,
      severity: 'error' as const,
      hint: String(first),
    };
    return { ...row, content: null, problems: [...row.problems, problem] };
  };
}

/**
 * Reads one sheet from its first row and hands each row below the heading to `keep`; holds none itself. Returns null
 * when the sheet has no heading of ours, and nothing was kept then.
 *
 * @throws SheetRefusal when required columns are missing or there are too many rows
 */
export async function parseSheet(
  rows: AsyncIterable<SheetRow> | Iterable<SheetRow>,
  today: string,
  keep: (row: ParsedRow) => void,
): Promise<ParsedSheet | null> {
  let previous: SheetRow | undefined;
  let columns: readonly FoundColumn[] | undefined;
  let headerRow = 0;
  let dedupe: (row: ParsedRow) => ParsedRow = (row) => row;
  let total = 0;
  const take = (row: SheetRow): void => {
    if (!columns) return;
    const one = parseRow(row.cells, row.rowNumber, columns, today);
    if (!one) return;
    if (total >= MAX_ROWS) throw new SheetRefusal('IMPORT_TOO_MANY_ROWS');
    total += 1;
    keep(dedupe(one));
  };
  const settle = (above: SheetRow, below: SheetRow | undefined): boolean => {
    const header = findHeader(above.cells, below?.cells);
    if (!header) return false;
    if (header.missing.length > 0) throw new SheetRefusal('IMPORT_COLUMNS_MISSING', header.missing);
    columns = header.columns;
    dedupe = refuseDuplicates(columns);
    headerRow = header.rows === 2 && below ? below.rowNumber : above.rowNumber;
    if (below && header.rows === 1) take(below);
    return true;
  };

  for await (const row of rows) {
    if (columns) take(row);
    else if (previous === undefined || !settle(previous, row)) {
      if (row.rowNumber > HEADER_WITHIN) return null;
      previous = row;
    }
  }
  // A file that ends with its heading still has one.
  if (!columns && previous) settle(previous, undefined);
  return columns ? { columns, headerRow, total } : null;
}
