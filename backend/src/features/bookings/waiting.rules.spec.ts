import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import { inOrderUntil, judge, type Obstacle, obstacleOf, type Standing } from './waiting.rules.js';

describe('a line is served in order', () => {
  const closes = '2026-11-30T00:30:00.000Z';
  it.each([
    ['until a day before booking closes', '2026-11-23T00:00:00.000Z', '2026-11-29T00:30:00.000Z'],
    ['for half of two days', '2026-11-28T00:30:00.000Z', '2026-11-29T00:30:00.000Z'],
    ['for the first half of a shorter time', '2026-11-29T20:30:00.000Z', '2026-11-29T22:30:00.000Z'],
    ['not at all where booking closes before it opens', '2026-12-01T00:00:00.000Z', closes],
  ])('%s', (_, opens, expected) => {
    const times = { opensAt: new Date(opens), bookableUntil: new Date(closes) };
    expect(inOrderUntil(times).toISOString()).toBe(expected);
  });
});

describe('what a refusal means in line', () => {
  const forNow = (reason: Obstacle['reason']): Obstacle => ({ reason, forGood: false });
  const notEntitled = (...reasons: string[]) => ({
    conditions: reasons.map((reason) => ({ code: reason.split('.')[0], reason })),
  });
  it.each<[ErrorCode, Record<string, unknown>, Obstacle | null]>([
    ['NOT_ENTITLED', notEntitled('HOLDS_CARD.SUSPENDED'), forNow('card')],
    ['NOT_ENTITLED', notEntitled('HOLDS_CARD.LOST', 'CARD_CLASS_SERVED.OTHER_CLASS'), forNow('card')],
    ['NOT_ENTITLED', notEntitled('HOLDS_CARD.NONE'), { reason: 'card', forGood: true }],
    ['NOT_ENTITLED', notEntitled('CARD_CLASS_SERVED.OTHER_CLASS'), forNow('channel')],
    ['CHANNEL_NOT_OPEN', {}, forNow('channel')],
    ['COMPANIONS_TOO_MANY', { most: 0 }, forNow('channel')],
    ['QUOTA_GONE', {}, forNow('quota')],
    ['FUNDED_ELSEWHERE', {}, forNow('quota')],
    ['BOOKING_OVERLAP', {}, forNow('overlap')],
    ['BOOKING_EXISTS', {}, forNow('overlap')],
    ['BOOKING_PAUSED', {}, forNow('pause')],
    // Of the slot: its line ends by itself.
    ['BOOKING_TOO_LATE', {}, null],
    ['SLOT_CLOSED', {}, null],
    ['SLOT_PAST', {}, null],
  ])('%s %j', (code, details, obstacle) => {
    expect(obstacleOf({ code, details })).toEqual(obstacle);
  });
});

describe('the waits of one person', () => {
  /** Each on a day of its own, of one quota with so many uses. */
  function standings(uses: number, ...waits: Partial<Standing>[]): Standing[] {
    let left = uses;
    return waits.map((wait, index) => ({
      id: `${index}`,
      time: {
        startsAt: new Date(Date.UTC(2026, 10, 24 + index, 1)),
        endsAt: new Date(Date.UTC(2026, 10, 24 + index, 2)),
      },
      offered: false,
      kept: 0,
      obstacle: null,
      affordable: () => left > 0,
      spend: () => {
        left -= 1;
      },
      ...wait,
    }));
  }
  const said = (waits: readonly Standing[]): string[] =>
    judge(waits).map(({ obstacle, keepNothing }) =>
      obstacle ? obstacle.reason : keepNothing ? 'keeps nothing' : 'served',
    );
  const offered = { offered: true, kept: 1 };
  const aside = { kept: 1 };
  const sameTime = {
    startsAt: new Date(Date.UTC(2026, 10, 24, 1, 30)),
    endsAt: new Date(Date.UTC(2026, 10, 24, 3)),
  };

  it.each<[string, number, Partial<Standing>[], string[]]>([
    ['go on while there is a use for each', 1, [{}, {}, {}], ['served', 'served', 'served']],
    ['are passed over for a use that an offer takes', 1, [{}, offered, {}], ['quota', 'served', 'quota']],
    ['go on beside an offer that leaves a use', 2, [{}, offered, {}], ['served', 'served', 'served']],
    ['keep the offer of the one that joined first', 1, [offered, offered], ['served', 'quota']],
    ['are passed over at the time of an offer', 9, [offered, { time: sameTime }], ['served', 'overlap']],
    ['are none in the way of what stands at that time', 9, [{}, { time: sameTime }], ['served', 'served']],
    ['have places put aside for as many as there are uses', 1, [aside, aside], ['served', 'keeps nothing']],
    ['are offered all they need beside what is put aside', 1, [aside, {}], ['served', 'served']],
    ['keep nothing beside an offer that takes the last use', 1, [aside, offered], ['quota', 'served']],
    [
      'keep nothing for the use that an offer takes',
      2,
      [aside, aside, offered],
      ['served', 'keeps nothing', 'served'],
    ],
    [
      'take no use for what could not be accepted',
      1,
      [{ ...offered, obstacle: { reason: 'card', forGood: false } }, {}],
      ['card', 'served'],
    ],
    ['are all passed over without a use', 0, [offered, aside, {}], ['quota', 'quota', 'quota']],
  ])('%s', (_, uses, waits, expected) => {
    expect(said(standings(uses, ...waits))).toEqual(expected);
  });
});
