import type { StateTable } from '../common/state-table.js';

/**
 * `used` counts; `to-settle` came from an offline device and needs a decision; `refunded` was given back;
 * `disputed` is questioned by its holder; `refused` is an offline use that did not hold.
 */
export const USE_STATES = ['used', 'to-settle', 'disputed', 'refunded', 'refused'] as const;
export type UseState = (typeof USE_STATES)[number];

export const useStates: StateTable<UseState> = {
  used: ['disputed', 'refunded'],
  'to-settle': ['used', 'refused'],
  disputed: ['used', 'refunded'],
  refunded: [],
  refused: [],
};
