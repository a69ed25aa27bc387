import { maskMiddle } from '@talent-card/shared/validators/text';

/** `370982********1234`; the short numbers of passports keep less. */
export function maskIdentityNumber(number: string): string {
  return number.length >= 15 ? maskMiddle(number, 6, 4) : maskMiddle(number, 2, 2);
}

/** `138****5678` */
export function maskPhone(phone: string): string {
  return maskMiddle(phone, 3, 4);
}
