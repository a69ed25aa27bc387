import { inOrderUntil } from './waiting.rules.js';

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
