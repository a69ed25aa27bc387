import {
  overlap,
  type PlannedSlot,
  planDay,
  reshape,
  type StandingSlot,
  type Template,
  UNUSED,
} from './slot-plan.js';

const template = (more: Partial<Template> = {}): Template => ({
  scheduleId: 'weekly',
  channelId: 'pool',
  weekday: 4,
  from: '09:00',
  to: '12:00',
  slotMinutes: 60,
  capacity: 10,
  classCapacities: {},
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  ...more,
});
const open = (from: string, to: string) => ({ from, to });
const on = (date: string, stretches = [open('00:00', '23:59')]) => ({
  date,
  open: stretches,
  closedBecause: null,
  note: null,
});
const times = (slots: PlannedSlot[]) =>
  slots.map(
    (slot) => `${slot.startsAt.toISOString().slice(0, 16)}/${slot.endsAt.toISOString().slice(11, 16)}`,
  );

describe('the slots of a day', () => {
  // 2026-12-31 is a Thursday; Weihai is eight hours ahead of UTC.
  const lastDay = '2026-12-31';
  it.each([
    [
      'whole hours',
      {},
      undefined,
      ['2026-12-31T01:00/02:00', '2026-12-31T02:00/03:00', '2026-12-31T03:00/04:00'],
    ],
    ['what is left of the hour is no slot', { to: '10:30' }, undefined, ['2026-12-31T01:00/02:00']],
    [
      'the first minutes of the day are still the day before in UTC',
      { from: '00:00', to: '01:00' },
      undefined,
      ['2026-12-30T16:00/17:00'],
    ],
    [
      'across noon only where it is open',
      { from: '11:00', to: '14:00' },
      [open('08:00', '12:00'), open('13:00', '17:00')],
      ['2026-12-31T03:00/04:00', '2026-12-31T05:00/06:00'],
    ],
    [
      'until one minute before midnight',
      { from: '23:00', to: '23:59', slotMinutes: 59 },
      undefined,
      ['2026-12-31T15:00/15:59'],
    ],
    ['none on another weekday', { weekday: 5 }, undefined, []],
    ['none before it holds', { effectiveFrom: '2027-01-01' }, undefined, []],
    ['none after its last day', { effectiveTo: '2026-12-30' }, undefined, []],
    ['on its last day', { effectiveTo: lastDay, to: '10:00' }, undefined, ['2026-12-31T01:00/02:00']],
    ['none while it is closed', {}, [], []],
  ])('%s', (_, more, stretches, expected) => {
    expect(times(planDay(4, on(lastDay, stretches), [template(more)]))).toEqual(expected);
  });

  it('begin anew after the month and the year', () => {
    const [first] = planDay(5, on('2027-01-01'), [template({ weekday: 5, from: '00:00', to: '01:00' })]);
    expect(first).toMatchObject({ serviceDate: '2027-01-01', startsAt: new Date('2026-12-31T16:00:00Z') });
  });
});

describe('two templates', () => {
  const base = template();
  it.each([
    ['the same hours', {}, true],
    ['hours that touch', { from: '12:00', to: '13:00' }, false],
    ['hours that cross', { from: '11:59', to: '13:00' }, true],
    ['another weekday', { weekday: 5 }, false],
    ['another channel', { channelId: 'gym' }, false],
    ['from the day after the last', { effectiveFrom: '2026-07-01' }, false],
    ['from the last day', { effectiveFrom: '2026-06-30' }, true],
  ])('of %s overlap: %s', (_, more, expected) => {
    const half = { ...base, effectiveTo: '2026-06-30' };
    expect(overlap(half, template(more))).toBe(expected);
    expect(overlap(template(more), half)).toBe(expected);
  });
});

describe('a changed plan', () => {
  const day = on('2026-12-31');
  const nine = planDay(4, day, [template({ to: '10:00' })]);
  const standing = (plan: PlannedSlot, more: Partial<StandingSlot> = {}): StandingSlot => ({
    ...plan,
    slotId: `slot ${plan.startsAt.toISOString()}`,
    poolId: 'pool',
    status: 'open',
    closedBy: null,
    byHand: false,
    ...more,
  });
  const [plan] = nine as [PlannedSlot];
  const half = planDay(4, day, [template({ from: '09:30', to: '10:30' })]);
  const free = () => UNUSED;
  const busy = () => ({ taken: 0, waiting: 1 });

  it('opens what is missing, and nothing the second time', () => {
    expect(reshape(nine, [], free)).toMatchObject({ open: nine, change: [], close: [], keep: [] });
    expect(reshape(nine, [standing(plan)], free)).toEqual({ open: [], change: [], close: [], keep: [] });
  });

  it('moves a slot that nobody has booked', () => {
    const slot = standing(plan);
    expect(reshape(half, [slot], free)).toMatchObject({ open: half, close: [slot], keep: [] });
  });

  it('keeps a slot that somebody has booked, and opens nothing across it', () => {
    const slot = standing(plan);
    expect(reshape(half, [slot], busy)).toEqual({ open: [], change: [], close: [], keep: [slot] });
  });

  it('opens across it for another channel', () => {
    const other = half.map((one) => ({ ...one, channelId: 'gym' }));
    expect(reshape(other, [standing(plan)], busy).open).toEqual(other);
  });

  it.each([
    ['more places', { capacity: 12 }, { capacity: 12, reopen: false }],
    ['a limit for a class', { classCapacities: { A: 2 } }, { classCapacities: { A: 2 } }],
    [
      'another end',
      { endsAt: new Date('2026-12-31T01:30:00Z') },
      { endsAt: new Date('2026-12-31T01:30:00Z') },
    ],
  ])('changes a slot to %s', (_, more, expected) => {
    expect(reshape([{ ...plan, ...more }], [standing(plan)], free).change).toMatchObject([expected]);
  });

  it('never changes the end of a slot that somebody has booked', () => {
    const longer = { ...plan, endsAt: new Date('2026-12-31T03:00:00Z') };
    expect(reshape([longer], [standing(plan)], busy).change).toEqual([]);
  });

  it('wants fewer places also where more are taken; the pool shrinks by itself', () => {
    const taken = () => ({ taken: 4, waiting: 0 });
    const fewer = [{ ...plan, capacity: 3 }];
    expect(reshape(fewer, [standing(plan)], taken).change).toMatchObject([{ capacity: 3 }]);
    expect(reshape(fewer, [standing(plan, { capacity: 3 })], taken).change).toEqual([]);
  });

  it.each([
    ['that somebody has booked', {}, true],
    ['that was set by hand', { byHand: true }, false],
  ])('opens nothing across a longer slot %s that begins with one of the plan', (_, more, isBusy) => {
    const shorter = planDay(4, day, [template({ to: '10:00', slotMinutes: 30 })]);
    const slot = standing(plan, more);
    const { open, change, close, keep } = reshape(shorter, [slot], isBusy ? busy : free);
    expect({ open, close, keep }).toEqual({ open: [], close: [], keep: [] });
    for (const one of change) expect(one.endsAt).toEqual(plan.endsAt);
  });

  it('opens again what it closed, and leaves closed what staff closed', () => {
    const closed = { status: 'closed', closedBy: 'plan' } as const;
    expect(reshape(nine, [standing(plan, closed)], free).change).toMatchObject([{ reopen: true }]);
    expect(reshape(nine, [standing(plan, { ...closed, closedBy: 'staff' })], free).change).toEqual([]);
    expect(reshape([], [standing(plan, closed)], free)).toEqual({
      open: [],
      change: [],
      close: [],
      keep: [],
    });
  });

  it('leaves places alone that were set by hand', () => {
    const slot = standing(plan, { capacity: 3, byHand: true });
    expect(reshape(nine, [slot], free).change).toEqual([]);
    const closed = { ...slot, status: 'closed', closedBy: 'plan' } as const;
    expect(reshape(nine, [closed], free).change).toMatchObject([{ capacity: 3, reopen: true }]);
  });
});
