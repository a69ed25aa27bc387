import { maskMiddle } from '@talent-card/shared/validators/text';

/** For staff, `370982********1234`; the short numbers of passports keep less. */
export function maskIdentityNumber(number: string): string {
  return number.length >= 15 ? maskMiddle(number, 6, 4) : maskMiddle(number, 2, 2);
}

/**
 * `37****************`: what the holder's own phone shows. Whoever finds it unlocked must not put the number together from
 * it and a date of birth, nor rule guesses out by the check digit: the number is what lifts a report of loss.
 */
export function hideIdentityNumber(number: string): string {
  return maskMiddle(number, 2, 0);
}

/** `138****5678` */
export function maskPhone(phone: string): string {
  return maskMiddle(phone, 3, 4);
}
