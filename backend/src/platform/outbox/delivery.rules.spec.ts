import { MAX_ATTEMPTS, outcomeOf, stateAfter, waitAfter } from './delivery.rules.js';
import { NotDelivered } from './outbox-handlers.js';

describe('the state of a message after a try', () => {
  it.each([
    ['delivered', true, 1, 'sent'],
    ['delivered', false, MAX_ATTEMPTS, 'sent'],
    ['uncertain', true, 1, 'pending'],
    ['uncertain', true, MAX_ATTEMPTS, 'failed'],
    ['uncertain', false, 1, 'unknown'],
    ['uncertain', false, MAX_ATTEMPTS, 'unknown'],
    ['not-delivered', false, 1, 'pending'],
    ['not-delivered', true, MAX_ATTEMPTS - 1, 'pending'],
    ['not-delivered', false, MAX_ATTEMPTS, 'failed'],
  ] as const)('%s, idempotent %s, try %i: %s', (outcome, idempotent, attempts, state) => {
    expect(stateAfter(outcome, idempotent, attempts)).toBe(state);
  });

  it('believes only the error that promises it', () => {
    expect(outcomeOf(new NotDelivered('ECONNREFUSED'))).toBe('not-delivered');
    expect(outcomeOf(new Error('time-out'))).toBe('uncertain');
  });
});

describe('the wait before the next try', () => {
  it.each([
    [1, 0, 2_000],
    [2, 0, 4_000],
    [2, 1, 5_000],
    [11, 0, 2_048_000],
    [30, 0, 10_800_000],
  ])('after %i tries with jitter %d is %i ms', (attempts, jitter, milliseconds) => {
    expect(waitAfter(attempts, jitter)).toBe(milliseconds);
  });
});
