import { ZONES, type ZoneCode } from '@talent-card/shared/accounts/districts';
import { CARD_CATEGORIES, type CardCategory } from '@talent-card/shared/cards/categories';
import type { RosterColumnKey, RowProblemCode } from '@talent-card/shared/people/schema';
import { checkCreditCode } from '@talent-card/shared/validators/credit-code';
import { checkIdentityNumber, type IdentityType } from '@talent-card/shared/validators/identity-document';
import { checkMobile } from '@talent-card/shared/validators/mobile';
import { checkPersonName, maskMiddle, maskName } from '@talent-card/shared/validators/text';
import type { Cell } from '../../../../platform/workbook/workbook-library.js';
import type { RosterContent } from '../roster.types.js';
import { cellDate, cellText, cellWords, lostPrecision } from './cells.js';
import type { FoundColumn } from './columns.js';

export interface ParsedProblem {
  /** Heading as the file has it. */
  readonly column: string;
  /** From 1; 0 where it concerns the whole row. */
  readonly columnNumber: number;
  readonly code: RowProblemCode;
  readonly severity: 'error' | 'warning';
  /** Masked. */
  readonly hint: string | null;
}

export interface ParsedRow {
  /** As the spreadsheet shows it, from 1. */
  readonly rowNumber: number;
  /** Null when an error keeps the row out. */
  readonly content: RosterContent | null;
  readonly problems: readonly ParsedProblem[];
}

const IDENTITY_TYPE_WORDS: readonly (readonly [RegExp, IdentityType])[] = [
  [/永久居留|永居|五星卡|PERMANENT/i, 'permanent-residence'],
  [/护照|PASSPORT/i, 'passport'],
  [/身份证|RESIDENT/i, 'resident-id'],
];

const ZONE_ALIASES: Readonly<Record<string, ZoneCode>> = {
  市直: '371000',
  市级: '371000',
  威海: '371000',
  高新区: '371002-G',
  火炬高新区: '371002-G',
  高技术产业开发区: '371002-G',
  火炬高技术产业开发区: '371002-G',
  经开区: '371002-J',
  经济开发区: '371002-J',
  经济技术开发区: '371002-J',
  临港: '371002-L',
  临港经开区: '371002-L',
  临港经济技术开发区: '371002-L',
  南海: '371003-N',
  文登: '371003',
  荣成: '371082',
  乳山: '371083',
  环翠: '371002',
};

const CATEGORY_WORDS: Readonly<Record<string, CardCategory>> = {
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  I: '1',
  II: '2',
  III: '3',
  IV: '4',
  Ⅰ: '1',
  Ⅱ: '2',
  Ⅲ: '3',
  Ⅳ: '4',
};

const LONGEST: Partial<Record<RosterColumnKey, number>> = {
  programme: 100,
  documentNumber: 60,
  provincialCardNumber: 40,
  employer: 100,
};

/** `1`, `一`, `第一类`, `一类`, `1类`, `类别1`, `Ⅰ` */
export function parseCategory(text: string): CardCategory | null {
  const core = text
    .toUpperCase()
    .replace(/^(第|类别|类)/, '')
    .replace(/(类别|类|级)(人才)?$/, '');
  const category = CATEGORY_WORDS[core] ?? core;
  return (CARD_CATEGORIES as readonly string[]).includes(category) ? (category as CardCategory) : null;
}

/** A code, a name, or a name with 山东省/威海市 before it. */
export function parseZone(text: string): ZoneCode | null {
  const compact = text.replace(/ /g, '').toUpperCase();
  const byCode = ZONES.find((zone) => zone.zoneCode === compact);
  if (byCode) return byCode.zoneCode;
  const exact = ZONES.find(
    (zone) => zone.name.zh === compact || zone.name.en.toUpperCase() === text.toUpperCase(),
  );
  if (exact) return exact.zoneCode;
  const short = compact.replace(/^山东省/, '').replace(/^威海市?(?=.)/, '');
  const named = ZONES.find((zone) => zone.name.zh === short);
  return named?.zoneCode ?? ZONE_ALIASES[short] ?? null;
}

function inferIdentityType(number: string): IdentityType {
  const compact = number.replace(/[\s-]/g, '').toUpperCase();
  if (/^[A-Z]{3}\d{12}$/.test(compact)) return 'permanent-residence';
  if (/^9\d{16}[\dX]$/.test(compact)) return 'permanent-residence';
  // Something long and numeric was meant as a resident number, however wrong.
  return /^\d{14,}[\dX]?$/.test(compact) ? 'resident-id' : 'passport';
}

/** Gathers what one row says, and what is wrong with it, cell by cell. */
class RowReader {
  readonly problems: ParsedProblem[] = [];
  private readonly byKey: ReadonlyMap<RosterColumnKey, FoundColumn>;

  constructor(
    private readonly cells: readonly Cell[],
    columns: readonly FoundColumn[],
  ) {
    this.byKey = new Map(columns.map((column) => [column.key, column]));
  }

  cell(key: RosterColumnKey): Cell {
    const column = this.byKey.get(key);
    return column ? this.cells[column.index] : null;
  }

  text(key: RosterColumnKey): string {
    return cellText(this.cell(key));
  }

  report(
    key: RosterColumnKey,
    code: RowProblemCode,
    hint: string | null = null,
    severity: ParsedProblem['severity'] = 'error',
  ): null {
    const column = this.byKey.get(key);
    this.problems.push({
      column: column?.title ?? '',
      columnNumber: column ? column.index + 1 : 0,
      code,
      severity,
      hint,
    });
    return null;
  }

  /** A text that may be missing, but not too long. */
  optional(key: RosterColumnKey): string | null {
    const text = cellWords(this.cell(key));
    const longest = LONGEST[key] ?? 100;
    if (text.length > longest) return this.report(key, 'ROW_TOO_LONG', `${text.length} > ${longest}`);
    return text === '' || /^(无|\/|-+|—+)$/.test(text) ? null : text;
  }

  get failed(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }
}

function readIdentity(row: RowReader): Pick<RosterContent, 'identityType' | 'identityNumber'> | null {
  const typeText = row.text('identityType');
  const number = row.text('identityNumber');
  const named = IDENTITY_TYPE_WORDS.find(([words]) => words.test(typeText))?.[1];
  if (typeText !== '' && !named) row.report('identityType', 'ROW_IDENTITY_TYPE', typeText.slice(0, 20));
  if (number === '') return row.report('identityNumber', 'ROW_REQUIRED');
  if (lostPrecision(row.cell('identityNumber'))) return row.report('identityNumber', 'ROW_NUMBER_AS_FLOAT');
  const identityType = named ?? inferIdentityType(number);
  const checked = checkIdentityNumber(identityType, number);
  if (checked.ok) return { identityType, identityNumber: checked.value };
  const masked = maskMiddle(number, 4, 2).slice(0, 60);
  return row.report(
    'identityNumber',
    checked.problem === 'RESIDENT_ID_CHECK_DIGIT' ? 'ROW_IDENTITY_CHECK_DIGIT' : 'ROW_IDENTITY_NUMBER',
    masked,
  );
}

function readName(row: RowReader): string | null {
  const text = row.text('name');
  if (text === '') return row.report('name', 'ROW_REQUIRED');
  const checked = checkPersonName(text);
  return checked.ok ? checked.value : row.report('name', 'ROW_NAME', maskName(text));
}

function readCategory(row: RowReader): CardCategory | null {
  const text = row.text('category');
  if (text === '') return row.report('category', 'ROW_REQUIRED');
  return parseCategory(text) ?? row.report('category', 'ROW_CATEGORY', text.slice(0, 20));
}

function readZone(row: RowReader): ZoneCode | null {
  const text = row.text('zone');
  if (text === '') return row.report('zone', 'ROW_REQUIRED');
  return parseZone(text) ?? row.report('zone', 'ROW_ZONE', text.slice(0, 20));
}

function readClass(row: RowReader): string | null {
  const text = row.text('cardClass').toUpperCase();
  if (text === '' || text === '无') return null;
  const letter = /^([A-E])(类|层次|级|档)?(人才)?$/.exec(text)?.[1];
  return letter ?? row.report('cardClass', 'ROW_CARD_CLASS', text.slice(0, 10));
}

/** A number that cannot be dialled is left out with a remark: it keeps nobody from the roster. */
function readMobile(row: RowReader): string | null {
  const text = row.text('mobile');
  if (text === '') return null;
  const checked = checkMobile(text);
  return checked.ok ? checked.value : row.report('mobile', 'ROW_MOBILE', maskMiddle(text, 3, 2), 'warning');
}

/** Lists published by authorities hold codes that fail the check, so a wrong one is a remark; a misshapen one is left out. */
function readCreditCode(row: RowReader): string | null {
  const text = row.optional('creditCode');
  if (text === null) return null;
  const checked = checkCreditCode(text);
  if (checked.ok) return checked.value;
  row.report('creditCode', 'ROW_CREDIT_CODE_WARNING', text.slice(0, 30), 'warning');
  const compact = text.replace(/[\s-]/g, '').toUpperCase();
  return checked.problem === 'CREDIT_CODE_CHECK_DIGIT' ? compact : null;
}

function readValidUntil(row: RowReader, today: string): string | null {
  const date = cellDate(row.cell('validUntil'));
  if (date === undefined) return row.report('validUntil', 'ROW_DATE', row.text('validUntil').slice(0, 30));
  if (date !== null && date < today) return row.report('validUntil', 'ROW_DATE_PAST', date);
  return date;
}

/**
 * Reads one row, tolerant of what offices send. Returns null for a row with nothing in it.
 *
 * @param today service day, before which nothing may run out
 */
export function parseRow(
  cells: readonly Cell[],
  rowNumber: number,
  columns: readonly FoundColumn[],
  today: string,
): ParsedRow | null {
  if (columns.every(({ index }) => cellText(cells[index]) === '')) return null;
  const row = new RowReader(cells, columns);
  const name = readName(row);
  const identity = readIdentity(row);
  const category = readCategory(row);
  const rest = {
    programme: row.optional('programme'),
    documentNumber: row.optional('documentNumber'),
    provincialCardNumber: row.optional('provincialCardNumber'),
    employer: row.optional('employer'),
    creditCode: readCreditCode(row),
    cardClass: readClass(row),
    mobile: readMobile(row),
    validUntil: readValidUntil(row, today),
  };
  const zoneCode = readZone(row);
  const complete = name !== null && identity !== null && category !== null && zoneCode !== null;
  if (row.failed || !complete) return { rowNumber, content: null, problems: row.problems };
  // Documents of foreigners write names in capitals, and the real-name proof compares them so.
  const written = identity.identityType === 'resident-id' ? name : name.toUpperCase();
  return {
    rowNumber,
    content: { name: written, ...identity, category, ...rest, zoneCode },
    problems: row.problems,
  };
}
