import { isCardNumber } from '@talent-card/shared/cards/card-number';
import { CARD_STATES, type CardState } from '@talent-card/shared/cards/card-state';
import { type CardMove, mayMove } from './card-moves.js';
import { randomCardNumber } from './random-card-number.js';

const FROM: Record<CardMove, CardState[]> = {
  suspend: ['active', 'lost'],
  restore: ['suspended', 'lost'],
  revoke: ['active', 'suspended', 'lost'],
  reportLost: ['active'],
  reportFound: ['lost'],
  expire: ['active', 'suspended', 'lost'],
};

it.each(Object.entries(FROM) as [CardMove, CardState[]][])('%s starts from %j alone', (move, from) => {
  expect(CARD_STATES.filter((state) => mayMove(move, state))).toEqual(from);
});

it('numbers are valid and do not repeat', () => {
  const numbers = Array.from({ length: 1000 }, () => randomCardNumber());
  expect(numbers.every(isCardNumber)).toBe(true);
  expect(new Set(numbers).size).toBe(1000);
});
