import { stateAt } from './card-history.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 2, minute));
const issued = { action: 'issued', at: at(0), fromValue: null, toValue: 'active' } as const;
const suspended = { action: 'suspended', at: at(10), fromValue: 'active', toValue: 'suspended' } as const;
const classed = { action: 'class-changed', at: at(15), fromValue: 'B', toValue: 'A' } as const;
const restored = { action: 'restored', at: at(20), fromValue: 'suspended', toValue: 'active' } as const;
const lost = { action: 'reported-lost', at: at(30), fromValue: 'active', toValue: 'lost' } as const;
const revoked = { action: 'revoked', at: at(40), fromValue: 'lost', toValue: 'revoked' } as const;

describe('the state of a card at a moment', () => {
  const history = [issued, suspended, classed, restored, lost, revoked];

  it.each([
    [0, 'active'],
    [9, 'active'],
    [10, 'suspended'],
    [19, 'suspended'],
    [20, 'active'],
    [29, 'active'],
    [35, 'lost'],
    [40, 'revoked'],
    [59, 'revoked'],
  ])('in the minute %i is %s', (minute, state) => {
    expect(stateAt(history, at(minute), 'revoked')).toBe(state);
  });

  it('of two changes in one millisecond is the later one', () => {
    expect(stateAt([issued, suspended, { ...restored, at: at(10) }], at(10), 'active')).toBe('active');
  });

  it('before it was issued is what it was issued as, and before a history that begins later what that came from', () => {
    expect(stateAt(history, at(-1), 'revoked')).toBe('active');
    expect(stateAt([restored, lost], at(0), 'lost')).toBe('suspended');
  });

  it('without a history is that of today', () => {
    expect(stateAt([], at(0), 'suspended')).toBe('suspended');
    expect(stateAt([classed], at(20), 'active')).toBe('active');
  });
});
