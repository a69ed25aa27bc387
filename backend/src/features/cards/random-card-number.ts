import { randomInt } from 'node:crypto';
import { CARD_NUMBER_PREFIX, withCheckDigits } from '@talent-card/shared/cards/card-number';

/** A number that nobody can guess from another: ten random digits between the prefix and the check digits. */
export function randomCardNumber(): string {
  const digits = Array.from({ length: 10 }, () => randomInt(10)).join('');
  return withCheckDigits(CARD_NUMBER_PREFIX + digits);
}
