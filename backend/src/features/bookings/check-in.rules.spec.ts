import { checkInEnds, mayCheckIn, mayHavePoint } from './check-in.rules.js';

const at = (time: string) => new Date(`2026-11-24T${time}:00Z`);
/** From two to three, with a grace of a quarter of an hour. */
const short = { arriveUntil: at('02:15'), endsAt: at('03:00') };
/** Of half an hour, with a grace of ninety minutes. */
const patient = { arriveUntil: at('03:30'), endsAt: at('02:30') };

describe('somebody is checked in', () => {
  it.each([
    ['early', short, '00:30', true],
    ['after the grace, while the slot lasts', short, '02:59', true],
    ['no more once the slot is over', short, '03:00', false],
    ['after the slot, within a longer grace', patient, '03:29', true],
    ['no more once the longer grace is over', patient, '03:30', false],
  ])('%s', (_, booking, time, expected) => {
    expect(mayCheckIn(booking, at(time))).toBe(expected);
  });

  it('until what ends later', () => {
    expect([checkInEnds(short), checkInEnds(patient)]).toEqual([at('03:00'), at('03:30')]);
  });
});

describe('a check-in ends a point', () => {
  it.each([
    ['of who counted as missing', 'no-show', '02:30', true],
    ['also where another clock was ahead when it was set', 'no-show', '02:10', true],
    ['that may have been set since the booking was read', 'booked', '02:15', true],
    ['but within the grace there is none', 'booked', '02:14', false],
  ])('%s', (_, status, time, expected) => {
    expect(mayHavePoint({ status, ...short }, at(time))).toBe(expected);
  });
});
