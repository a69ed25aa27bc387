import { DISTRICT_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { ROSTER_COLUMNS } from '@talent-card/shared/people/schema';
import {
  type Cell,
  type CellLook,
  sheets,
  writeWorkbook,
} from '../../../../platform/workbook/workbook-library.js';
import type { ParsedRow } from './parse-row.js';
import { type ParsedSheet, parseSheet, SheetRefusal } from './parse-sheet.js';
import { PROBLEM_WORDS } from './problem-words.js';

/** A problem as it is kept, enough to mark its cell. */
export interface MarkedProblem extends Pick<ParsedRow['problems'][number], 'code' | 'severity' | 'hint'> {
  readonly rowNumber: number;
  readonly column: string;
  readonly columnNumber: number;
}

/**
 * Reads the first sheet that has a heading of ours, and hands its rows one by one to `keep`.
 *
 * @throws SheetRefusal
 */
export async function parseWorkbook(
  bytes: Buffer,
  today: string,
  keep: (row: ParsedRow) => void,
): Promise<ParsedSheet> {
  try {
    for await (const sheet of sheets(bytes)) {
      const parsed = await parseSheet(sheet, today, keep);
      if (parsed) return parsed;
    }
  } catch (error) {
    if (error instanceof SheetRefusal) throw error;
    throw new SheetRefusal('IMPORT_FILE_UNREADABLE');
  }
  const required = ROSTER_COLUMNS.filter((column) => column.required);
  throw new SheetRefusal(
    'IMPORT_COLUMNS_MISSING',
    required.map(({ title }) => title),
  );
}

function reasonOf(problem: MarkedProblem): string {
  const hint = problem.code === 'ROW_DUPLICATE_IN_FILE' ? ` ${problem.hint ?? ''}` : '';
  return `${problem.column ? `${problem.column}：` : ''}${PROBLEM_WORDS[problem.code]}${hint}`;
}

/** The sheet as it came, wrong cells coloured and a column of reasons at its end. */
export async function markWorkbook(
  bytes: Buffer,
  today: string,
  problems: readonly MarkedProblem[],
): Promise<Buffer> {
  for await (const sheet of sheets(bytes)) {
    const rows: Cell[][] = [];
    for await (const { rowNumber, cells } of sheet) {
      while (rows.length < rowNumber - 1) rows.push([]);
      rows.push([...cells]);
    }
    const parsed = await parseSheet(
      rows.slice(0, 40).map((cells, i) => ({ rowNumber: i + 1, cells })),
      today,
      () => undefined,
    ).catch((error: unknown) => {
      if (error instanceof SheetRefusal) return null;
      throw error;
    });
    if (parsed) return mark(rows, parsed.headerRow - 1, problems);
  }
  throw new SheetRefusal('IMPORT_FILE_UNREADABLE');
}

function mark(rows: Cell[][], headerIndex: number, problems: readonly MarkedProblem[]): Promise<Buffer> {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const looks = new Map<string, Exclude<CellLook, 'plain'>>();
  const reasons = new Map<number, string[]>();
  for (const problem of problems) {
    const row = problem.rowNumber - 1;
    reasons.set(row, [...(reasons.get(row) ?? []), reasonOf(problem)]);
    const at = `${row},${problem.columnNumber - 1}`;
    if (problem.columnNumber > 0 && looks.get(at) !== 'error') looks.set(at, problem.severity);
  }
  const heading = rows[headerIndex] ?? [];
  heading[width] = '问题';
  for (let column = 0; column <= width; column += 1) looks.set(`${headerIndex},${column}`, 'heading');
  for (const [index, texts] of reasons) {
    const row = rows[index];
    if (row) row[width] = texts.join('；');
  }
  // A row shorter than the sheet leaves holes, which are empty cells.
  const filled = rows.map((row) => Array.from({ length: row.length }, (_, i) => row[i] ?? null));
  const widths = [...Array.from({ length: width }, () => 18), 60];
  return writeWorkbook([{ name: '名单', rows: filled, looks, widths, frozenRows: headerIndex + 1 }]);
}

/** The empty workbook to fill in: the columns in their order, choices where there are any, and a sheet that explains. */
export function templateWorkbook(): Promise<Buffer> {
  const titles = ROSTER_COLUMNS.map(({ title }) => title);
  const columnOf = (key: string): number => ROSTER_COLUMNS.findIndex((column) => column.key === key);
  const notes: Record<string, string> = {
    identityType: '居民身份证、护照、外国人永久居留身份证；留空时按号码判断',
    identityNumber: '请先把整列设为“文本”格式再填写，否则末几位会丢失',
    category: '1 持山东惠才卡；2 市级人才工程入选者；3 引进人才；4 其他经认定人才',
    zone: '所在区市的名称',
    cardClass: 'A 至 E；不分层次时留空',
    validUntil: '如 2030-12-31；长期有效留空',
    creditCode: '18 位统一社会信用代码',
    mobile: '11 位手机号',
  };
  return writeWorkbook([
    {
      name: '人才名单',
      rows: [titles],
      looks: new Map(titles.map((_, column) => [`0,${column}`, 'heading' as const])),
      widths: titles.map((title) => Math.max(14, title.length * 2 + 4)),
      frozenRows: 1,
      choices: new Map([
        [columnOf('identityType'), ['居民身份证', '护照', '外国人永久居留身份证']],
        [columnOf('category'), ['1', '2', '3', '4']],
        [columnOf('zone'), DISTRICT_CODES.map((code) => zoneName(code).zh)],
        [columnOf('cardClass'), ['A', 'B', 'C', 'D', 'E']],
      ]),
    },
    {
      name: '填写说明',
      rows: [
        ['列名', '是否必填', '说明'],
        ...ROSTER_COLUMNS.map(({ key, title, required }) => [
          title,
          required ? '必填' : '选填',
          notes[key] ?? '',
        ]),
      ],
      looks: new Map([0, 1, 2].map((column) => [`0,${column}`, 'heading' as const])),
      widths: [22, 12, 70],
    },
  ]);
}
