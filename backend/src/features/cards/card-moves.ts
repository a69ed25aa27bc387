import { type CardState, cardStates } from '@talent-card/shared/cards/card-state';
import { mayBecome } from '@talent-card/shared/common/state-table';
import type { CardEventRow } from './card.entity.js';

export type CardMove = 'suspend' | 'restore' | 'revoke' | 'reportLost' | 'reportFound' | 'expire';

interface Move {
  readonly to: CardState;
  readonly action: CardEventRow['action'];
  /** States it starts from, where the table of states allows more. */
  readonly from?: readonly CardState[];
}

export const CARD_MOVES: Readonly<Record<CardMove, Move>> = {
  suspend: { to: 'suspended', action: 'suspended' },
  restore: { to: 'active', action: 'restored' },
  revoke: { to: 'revoked', action: 'revoked' },
  reportLost: { to: 'lost', action: 'reported-lost' },
  // Its holder takes back their own report, never a suspension by the office.
  reportFound: { to: 'active', action: 'restored', from: ['lost'] },
  expire: { to: 'expired', action: 'expired' },
};

export function mayMove(move: CardMove, from: CardState): boolean {
  const { to, from: starts } = CARD_MOVES[move];
  return mayBecome(cardStates, from, to) && (starts === undefined || starts.includes(from));
}
