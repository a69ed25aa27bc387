import { type Checked, fine, wrong } from './problem.js';
import { checkResidentId } from './resident-id.js';
import { toHalfWidth } from './text.js';

/** Identity documents that the service knows: 居民身份证, 护照, 外国人永久居留身份证. */
export const IDENTITY_TYPES = ['resident-id', 'passport', 'permanent-residence'] as const;
export type IdentityType = (typeof IDENTITY_TYPES)[number];

/** Passport numbers differ by country: 5 to 15 letters and digits with at least one digit. */
export function checkPassport(input: string): Checked<string> {
  const value = toHalfWidth(input).replace(/[\s-]/g, '').toUpperCase();
  if (value === '') return wrong('REQUIRED');
  return /^(?=.*\d)[A-Z0-9]{5,15}$/.test(value) ? fine(value) : wrong('PASSPORT_FORMAT');
}

/**
 * 外国人永久居留身份证. Since December 2023 the number has 18 digits, begins with 9 and ends with the check digit of
 * GB 11643; the older form is three letters and twelve digits.
 */
export function checkPermanentResidence(input: string): Checked<string> {
  const value = toHalfWidth(input).replace(/[\s-]/g, '').toUpperCase();
  if (value === '') return wrong('REQUIRED');
  if (/^[A-Z]{3}\d{12}$/.test(value)) return fine(value);
  if (/^9\d{16}[\dX]$/.test(value)) return checkResidentId(value);
  return wrong('PERMANENT_RESIDENCE_FORMAT');
}

export function checkIdentityNumber(type: IdentityType, input: string): Checked<string> {
  if (type === 'resident-id') return checkResidentId(input);
  return type === 'passport' ? checkPassport(input) : checkPermanentResidence(input);
}
