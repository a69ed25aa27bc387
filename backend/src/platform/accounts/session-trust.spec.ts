import { ManualClock } from '../clock/clock.js';
import { ANONYMOUS } from './principal.js';
import { SessionTrust } from './session-trust.js';

describe('trust in sessions', () => {
  let clock: ManualClock;
  let trust: SessionTrust;
  beforeEach(() => {
    clock = new ManualClock(new Date('2026-11-24T01:12:00.000Z'));
    trust = new SessionTrust(clock);
  });

  it('lasts two seconds', () => {
    trust.keep('session', 'owner', ANONYMOUS);
    clock.advance(1_999);
    expect(trust.find('session', 'owner')).toBe(ANONYMOUS);
    clock.advance(1);
    expect(trust.find('session', 'owner')).toBeNull();
  });

  it('ends for every session of an owner whose rights changed', () => {
    trust.keep('phone', 'owner', ANONYMOUS);
    trust.keep('tablet', 'owner', ANONYMOUS);
    trust.keep('other', 'somebody-else', ANONYMOUS);
    trust.distrust('owner');
    expect(trust.find('phone', 'owner')).toBeNull();
    expect(trust.find('tablet', 'owner')).toBeNull();
    expect(trust.find('other', 'somebody-else')).toBe(ANONYMOUS);
  });

  it('is not taken up by a look between the change and its commit', () => {
    trust.distrust('owner');
    trust.keep('phone', 'owner', ANONYMOUS);
    expect(trust.find('phone', 'owner')).toBeNull();
    clock.advance(30_000);
    trust.keep('phone', 'owner', ANONYMOUS);
    expect(trust.find('phone', 'owner')).toBe(ANONYMOUS);
  });
});
