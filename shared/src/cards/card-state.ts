import type { StateTable } from '../common/state-table.js';

/** `active` works; `suspended` by the office and `lost` by report are paused; `revoked` and `expired` are final. */
export const CARD_STATES = ['active', 'suspended', 'lost', 'revoked', 'expired'] as const;
export type CardState = (typeof CARD_STATES)[number];

export const cardStates: StateTable<CardState> = {
  active: ['suspended', 'lost', 'revoked', 'expired'],
  suspended: ['active', 'revoked', 'expired'],
  // The office stops what its holder's report cannot: whoever signs in as the holder may lift a report.
  lost: ['active', 'suspended', 'revoked', 'expired'],
  revoked: [],
  expired: [],
};

/** States in which a card counts as the person's one valid card of its kind. */
export const VALID_CARD_STATES = ['active', 'suspended', 'lost'] as const satisfies readonly CardState[];
