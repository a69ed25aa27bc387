import { CARD_STATES, type CardState } from '@talent-card/shared/cards/card-state';
import type { CardEventRow } from './card.entity.js';

type StateChange = Pick<CardEventRow, 'action' | 'at' | 'fromValue' | 'toValue'>;

const isState = (value: string | null): value is CardState =>
  (CARD_STATES as readonly (string | null)[]).includes(value);

/**
 * The state of a card at a moment, from its history in order. Of a moment before everything that is known it is what
 * the card came from; a card was never anything before it was issued, so that the clock of a phone that is a little
 * slow finds it as it was issued.
 * @param now its state today, for a card that has no history
 */
export function stateAt(history: readonly StateChange[], at: Date, now: CardState): CardState {
  // Values of a change of class are classes.
  const changes = history.filter(({ action }) => action !== 'class-changed');
  const last = changes.findLast((change) => change.at <= at);
  if (last) return isState(last.toValue) ? last.toValue : now;
  const [first] = changes;
  if (!first) return now;
  if (isState(first.fromValue)) return first.fromValue;
  return isState(first.toValue) ? first.toValue : now;
}
