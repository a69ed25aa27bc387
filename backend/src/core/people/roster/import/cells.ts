import { isRealDate } from '@talent-card/shared/validators/resident-id';
import { toHalfWidth } from '@talent-card/shared/validators/text';
import type { Cell } from '../../../../platform/workbook/workbook-library.js';

const EXCEL_ERROR = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/i;

/** A cell as people read it: half-width, white space collapsed, `''` for empty cells and failed formulas. */
export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'number') return Number.isInteger(cell) ? wholeNumber(cell) : String(cell);
  const text = toHalfWidth(cell.normalize('NFC'))
    .replace(/[\s\u00A0]+/g, ' ')
    .trim();
  // A leading apostrophe is Excel's own mark for "this is text", typed once too often.
  return EXCEL_ERROR.test(text) ? '' : text.replace(/^['‘’]/, '');
}

/** A text as it is kept: letters and digits half-width, but Chinese brackets and commas as they were. */
export function foldedText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[０-９Ａ-Ｚａ-ｚ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .replace(/[\s\u00A0\u3000]+/g, ' ')
    .trim();
}

/** Free words of a cell: as `cellText`, with Chinese punctuation kept. */
export function cellWords(cell: Cell): string {
  return typeof cell === 'string' && cellText(cell) !== '' ? foldedText(cell) : cellText(cell);
}

function wholeNumber(value: number): string {
  return Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
}

/**
 * Whether a long number went through Excel's floating point: beyond 15 digits its last ones are lost for ever and
 * read as zeros, or the text shows an exponent.
 */
export function lostPrecision(cell: Cell): boolean {
  if (typeof cell === 'number') return Math.abs(cell) >= 1e15;
  return typeof cell === 'string' && /^\s*\d(\.\d+)?E\+?\d{2}\s*$/i.test(toHalfWidth(cell));
}

const DAY_MS = 86_400_000;
/** Day 0 of Excel's 1900 calendar, its famous 29 February 1900 included. */
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);
const two = (value: number): string => String(value).padStart(2, '0');

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const CHINESE_DIGITS = '〇一二三四五六七八九';
/** `二〇三〇年十二月三十一日` → `2030年12月31日` */
function chineseNumerals(text: string): string {
  return text
    .replace(/[零○]/g, '〇')
    .replace(/[〇一二三四五六七八九]?十[一二三四五六七八九]?/g, (part) => {
      const [tens = '', ones = ''] = part.split('十');
      const high = tens === '' ? 1 : CHINESE_DIGITS.indexOf(tens);
      return String(high * 10 + (ones === '' ? 0 : CHINESE_DIGITS.indexOf(ones)));
    })
    .replace(/[〇一二三四五六七八九]/g, (digit) => String(CHINESE_DIGITS.indexOf(digit)));
}

/**
 * A day as offices write it: a date cell, a serial number, `2030-12-31`, `2030/12/31`, `2030.12.31`, `20301231`,
 * `2030年12月31日`, `二〇三〇年十二月三十一日`, with or without a time after it; a month alone means its last day.
 *
 * @returns `YYYY-MM-DD`, `null` for an empty cell and for 长期, `undefined` when it is no day
 */
export function cellDate(cell: Cell): string | null | undefined {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? undefined : isoDay(cell);
  const text = cellText(cell);
  if (text === '' || /^(长期|永久|长期有效|无固定期限|-+|\/|无)$/.test(text)) return null;
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    return isoDay(new Date(SERIAL_EPOCH + Math.floor(Number(text)) * DAY_MS));
  }
  const plain = chineseNumerals(text).replace(/\s*\d{1,2}:\d{2}(:\d{2})?$/, '');
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const parts =
    compact ??
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(?:(\d{1,2})\s*日?)?)?$/.exec(
      plain.replace(/[—–－]/g, '-'),
    );
  if (!parts) return undefined;
  const [year, month] = [Number(parts[1]), Number(parts[2])];
  const day = parts[3] === undefined ? lastDayOf(year, month) : Number(parts[3]);
  const date = `${year}-${two(month)}-${two(day)}`;
  return isRealDate(date) ? date : undefined;
}

/** Excel has no time zones: readers give the written day as UTC. */
function isoDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
