import type { StateTable } from '../common/state-table.js';

/**
 * A call back after a bad grade: `open` until somebody called, `done` with an answer, `appealed` once by its holder,
 * `closed` by the city's decision, or because there is nobody left to call.
 */
export const CALL_BACK_STATES = ['open', 'done', 'appealed', 'closed'] as const;
export type CallBackState = (typeof CALL_BACK_STATES)[number];

export const callBackStates: StateTable<CallBackState> = {
  open: ['done', 'closed'],
  done: ['appealed'],
  appealed: ['closed'],
  closed: [],
};
