import type { StateTable } from '../common/state-table.js';

/**
 * An application on its way. `returned` waits for the applicant to correct it; `approved`, `rejected` and
 * `withdrawn` are final.
 */
export const CASE_STATES = ['in-review', 'returned', 'approved', 'rejected', 'withdrawn'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const caseStates: StateTable<CaseState> = {
  'in-review': ['returned', 'approved', 'rejected', 'withdrawn'],
  returned: ['in-review', 'withdrawn'],
  approved: [],
  rejected: [],
  withdrawn: [],
};

/** States in which a case still wants something from somebody. */
export const OPEN_CASE_STATES = ['in-review', 'returned'] as const satisfies readonly CaseState[];
