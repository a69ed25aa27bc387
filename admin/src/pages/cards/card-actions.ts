import type { Permission } from '@talent-card/shared/accounts/permissions';
import { type CardState, cardStates, VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import { mayBecome } from '@talent-card/shared/common/state-table';

const CARD_ACTIONS = ['suspend', 'restore', 'change-class', 'revoke'] as const;
export type CardAction = (typeof CARD_ACTIONS)[number];

/** What may be done with a card in this state by somebody with these permissions, in the order of the buttons. */
export function offeredActions(
  state: CardState,
  may: (permission: Permission) => boolean,
  classes: number,
): CardAction[] {
  const possible: Record<CardAction, boolean> = {
    suspend: mayBecome(cardStates, state, 'suspended') && may('cards.suspend'),
    restore: mayBecome(cardStates, state, 'active') && may('cards.restore'),
    'change-class':
      (VALID_CARD_STATES as readonly CardState[]).includes(state) && classes > 1 && may('cards.change-class'),
    revoke: mayBecome(cardStates, state, 'revoked') && may('cards.revoke'),
  };
  return CARD_ACTIONS.filter((action) => possible[action]);
}
