import { type Checked, fine, wrong } from './problem.js';
import { toHalfWidth } from './text.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';

/** Check digit of the first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function residentIdCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECK_DIGITS.charAt(sum % 11);
}

/** Whether `YYYY-MM-DD` names a day that exists. */
export function isRealDate(date: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const made = new Date(Date.UTC(year, month - 1, day));
  return made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
}

/** The 18-digit number of a resident identity card, upper-cased and half-width. 15-digit numbers are void since 2013. */
export function checkResidentId(input: string): Checked<string> {
  const value = toHalfWidth(input).replace(/[\s-]/g, '').toUpperCase();
  if (value === '') return wrong('REQUIRED');
  if (value.length !== 18) return wrong('RESIDENT_ID_LENGTH');
  if (!/^[1-9]\d{16}[\dX]$/.test(value)) return wrong('RESIDENT_ID_CHARACTERS');
  const birthDate = residentIdBirthDate(value);
  if (!isRealDate(birthDate) || Number(birthDate.slice(0, 4)) < 1900) return wrong('RESIDENT_ID_BIRTH_DATE');
  if (residentIdCheckDigit(value.slice(0, 17)) !== value[17]) return wrong('RESIDENT_ID_CHECK_DIGIT');
  return fine(value);
}

/** Birth date in a valid number, `YYYY-MM-DD`. */
export function residentIdBirthDate(id: string): string {
  return `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
}

/** Sex in a valid number: the 17th digit is odd for men (GB 11643). */
export function residentIdSex(id: string): 'male' | 'female' {
  return Number(id[16]) % 2 === 1 ? 'male' : 'female';
}
