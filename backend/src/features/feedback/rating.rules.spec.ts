import { GRADES } from '@talent-card/shared/feedback/schema';
import { asksForCallBack, isOverdue, mayAppeal, mayRate } from './rating.rules.js';

const NOW = new Date('2026-11-24T01:12:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describe('rating a use', () => {
  it.each([
    ['used', 0, true],
    ['used', 30, true],
    ['used', 30.01, false],
    ['disputed', 1, true],
    ['refunded', 1, false],
    ['refused', 1, false],
    ['to-settle', 1, false],
  ] as const)('%s, %d days ago: %s', (status, days, may) => {
    expect(mayRate({ status, at: ago(days) }, NOW)).toBe(may);
  });

  it('asks for a call back after the two bad grades', () => {
    expect(GRADES.filter(asksForCallBack)).toEqual([2, 1]);
  });
});

describe('a call back', () => {
  it.each([
    ['done', 1, true],
    ['done', 31, false],
    ['open', 1, false],
    ['appealed', 1, false],
    ['closed', 1, false],
    [null, 1, false],
  ] as const)('%s, answered %d days ago, may be appealed against: %s', (callBack, days, may) => {
    expect(mayAppeal({ callBack, answeredAt: ago(days) }, NOW)).toBe(may);
  });

  it.each([
    ['open', '2026-11-23', true],
    ['open', '2026-11-24', false],
    ['appealed', '2026-11-23', true],
    ['done', '2026-11-23', false],
    ['closed', '2026-11-23', false],
    [null, null, false],
  ] as const)('%s, due on %s, is overdue: %s', (callBack, dueOn, overdue) => {
    expect(isOverdue({ callBack, dueOn }, '2026-11-24')).toBe(overdue);
  });
});
