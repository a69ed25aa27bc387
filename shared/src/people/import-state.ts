import type { StateTable } from '../common/state-table.js';

/**
 * A roster import. `checking` and `applying` are run by a job and resume where they stopped;
 * `checked` waits for a member of staff to look at the dry run.
 */
export const IMPORT_STATES = [
  'checking',
  'checked',
  'applying',
  'applied',
  'undoing',
  'undone',
  'discarded',
  'failed',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const importStates: StateTable<ImportState> = {
  checking: ['checked', 'failed', 'discarded'],
  checked: ['applying', 'discarded'],
  applying: ['applied', 'failed'],
  applied: ['undoing'],
  undoing: ['undone'],
  undone: [],
  discarded: [],
  failed: ['discarded'],
};
