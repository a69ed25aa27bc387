/**
 * Card numbers: `3710`, ten random digits, two check digits by ISO 7064 MOD 97-10, sixteen in all. They say nothing
 * about their holder. The check digits catch every single wrong digit and nearly every swap of two.
 */
export const CARD_NUMBER_PREFIX = '3710';

function mod97(digits: string): number {
  let remainder = 0;
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder;
}

/** Completes fourteen digits with their two check digits. */
export function withCheckDigits(first14: string): string {
  const check = 98 - mod97(`${first14}00`);
  return first14 + String(check).padStart(2, '0');
}

export function isCardNumber(number: string): boolean {
  return /^\d{16}$/.test(number) && mod97(number) === 1;
}

/** Groups of four for reading: `3710 0821 0063 4185`. */
export function groupCardNumber(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
