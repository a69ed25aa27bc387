import { MAX_ATTEMPTS } from '../../platform/outbox/delivery.rules.js';
import { afterQuietHours, afterTry, attemptsFor } from './delivery.rules.js';

describe('the quiet hours', () => {
  it.each([
    ['2026-11-24T06:59:00+08:00', '2026-11-24T07:00:00+08:00'],
    ['2026-11-24T07:00:00+08:00', '2026-11-24T07:00:00+08:00'],
    ['2026-11-24T21:59:59+08:00', '2026-11-24T21:59:59+08:00'],
    ['2026-11-24T22:00:00+08:00', '2026-11-25T07:00:00+08:00'],
    ['2026-12-31T23:30:00+08:00', '2027-01-01T07:00:00+08:00'],
  ])('move %s to %s', (moment, allowed) => {
    expect(afterQuietHours(new Date(moment))).toEqual(new Date(allowed));
  });
});

describe('a delivery after a try', () => {
  const first = { attempts: 1, attemptLimit: MAX_ATTEMPTS, kind: 'card-issued' } as const;

  it.each([
    [{ result: 'sent' }, { state: 'sent', giveBack: false }],
    [
      { result: 'unwanted', code: '43101' },
      { state: 'skipped', errorCode: '43101', giveBack: false },
    ],
    [
      { result: 'refused', code: '47003', detail: 'data.thing1' },
      { state: 'failed', reason: 'data.thing1', giveBack: true },
    ],
    [
      { result: 'uncertain', code: 'NO_ANSWER' },
      { state: 'unknown', giveBack: false },
    ],
    [
      { result: 'not-sent', code: '45009' },
      { state: 'pending', wait: 2_000, giveBack: true },
    ],
  ] as const)('%j is %j', (outcome, after) => {
    expect(afterTry(outcome, first, 0)).toMatchObject(after);
  });

  it('waits longer and longer, and is given up after the last', () => {
    const busy = { result: 'not-sent', code: '-1' } as const;
    expect(afterTry(busy, { ...first, attempts: 5 }, 0).wait).toBe(32_000);
    expect(afterTry(busy, { ...first, attempts: MAX_ATTEMPTS }, 0)).toMatchObject({
      state: 'failed',
      errorCode: '-1',
      giveBack: true,
    });
  });

  it('begins to wait anew after an operator sent it again', () => {
    const again = { ...first, attempts: MAX_ATTEMPTS + 1, attemptLimit: 2 * MAX_ATTEMPTS };
    expect(afterTry({ result: 'not-sent', code: '-1' }, again, 0).wait).toBe(2_000);
  });

  it('gives up soon what cannot wait, so that it goes by text message', () => {
    expect(attemptsFor('waiting-offered')).toBeLessThan(attemptsFor('card-issued'));
  });
});
