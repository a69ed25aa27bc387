import { describe, expect, it } from 'vitest';
import { BOOKING_STATES, bookingStates, WAITING_STATES, waitingStates } from '../bookings/booking-state.js';
import { CARD_STATES, cardStates, VALID_CARD_STATES } from '../cards/card-state.js';
import { CASE_STATES, caseStates, OPEN_CASE_STATES } from '../casework/case-state.js';
import { CALL_BACK_STATES, callBackStates } from '../feedback/call-back-state.js';
import { IMPORT_STATES, importStates } from '../people/import-state.js';
import { USE_STATES, useStates } from '../uses/use-state.js';
import { isFinal, mayBecome, type StateTable, statesBefore } from './state-table.js';

describe.each([
  ['cards', CARD_STATES, cardStates],
  ['cases', CASE_STATES, caseStates],
  ['roster imports', IMPORT_STATES, importStates],
  ['bookings', BOOKING_STATES, bookingStates],
  ['the waiting line', WAITING_STATES, waitingStates],
  ['uses', USE_STATES, useStates],
  ['calls back', CALL_BACK_STATES, callBackStates],
] as [string, readonly string[], StateTable<string>][])('states of %s', (_, states, table) => {
  it('has a row for each state and leads only to known ones', () => {
    expect(Object.keys(table).sort()).toEqual([...states].sort());
    for (const followers of Object.values(table))
      for (const state of followers) expect(states).toContain(state);
  });

  it('has no state that only stands still, and at least one end', () => {
    for (const state of states) expect(mayBecome(table, state, state)).toBe(false);
    expect(states.some((state) => isFinal(table, state))).toBe(true);
  });
});

describe('what the tables promise', () => {
  it('brings no card back from the dead', () => {
    expect(isFinal(cardStates, 'revoked') && isFinal(cardStates, 'expired')).toBe(true);
    expect(statesBefore(cardStates, 'active').sort()).toEqual(['lost', 'suspended']);
    expect(VALID_CARD_STATES.every((state) => mayBecome(cardStates, state, 'revoked'))).toBe(true);
  });

  it('lets an applicant leave as long as nothing is decided', () => {
    for (const state of OPEN_CASE_STATES) expect(mayBecome(caseStates, state, 'withdrawn')).toBe(true);
  });

  it('applies nothing that was not looked at', () => {
    expect(statesBefore(importStates, 'applying')).toEqual(['checked']);
  });
});
