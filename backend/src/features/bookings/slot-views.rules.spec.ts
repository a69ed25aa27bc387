import { type SlotQuestion, slotState } from './slot-views.rules.js';

const at = (time: string): Date => new Date(`2026-11-25T${time}:00.000Z`);
const question = (more: Partial<SlotQuestion> = {}): SlotQuestion => ({
  now: at('01:00'),
  closed: false,
  left: 3,
  opensAt: at('00:00'),
  startsAt: at('02:00'),
  bookableUntil: at('01:30'),
  ...more,
});

describe('a slot', () => {
  it.each([
    ['is open', {}, 'open'],
    ['is full', { left: 0 }, 'full'],
    ['is closed, whatever is left', { closed: true }, 'closed'],
    ['opens at the very moment', { opensAt: at('01:00') }, 'open'],
    ['does not open yet', { opensAt: at('01:01') }, 'not-yet-open'],
    ['can be booked until a moment before', { bookableUntil: at('01:00') }, 'past'],
    ['has begun', { startsAt: at('01:00'), bookableUntil: at('02:00') }, 'past'],
    ['has begun, and was closed', { startsAt: at('00:30'), closed: true }, 'past'],
  ])('%s', (_, more, state) => {
    expect(slotState(question(more))).toBe(state);
  });
});
