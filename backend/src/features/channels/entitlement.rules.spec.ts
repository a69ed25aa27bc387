import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import type { ChannelWithTerms } from './channel.types.js';
import {
  type Asker,
  type CandidateCard,
  decideEntitlement,
  quotaTermsOf,
  termsFor,
} from './entitlement.rules.js';
import { overlapOf, problemsOfTerms } from './terms.rules.js';

const DAY = '2026-11-24';
const cell = (more: Partial<ChannelTerms> = {}): ChannelTerms => ({
  cardKind: 'talent',
  cardClass: null,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  limits: [{ window: 'year', most: 4 }],
  companions: 1,
  discountPercent: null,
  capCents: null,
  ...more,
});
const channel = (terms: ChannelTerms[], more: Partial<ChannelWithTerms> = {}): ChannelWithTerms => ({
  channelId: 'channel',
  number: 1,
  name: { zh: '通道', en: 'Channel' },
  status: 'published',
  use: 'code',
  booking: null,
  offline: 'allowed',
  sensitive: null,
  audience: { provincialCard: false, foreignersOnly: false },
  fundingGroup: null,
  perVenue: false,
  documentNumber: null,
  demo: true,
  venueIds: ['east', 'west'],
  terms,
  ...more,
});
const card = (more: Partial<CandidateCard> = {}): CandidateCard => ({
  cardId: 'talent-card',
  kind: 'talent',
  status: 'active',
  cardClass: 'B',
  validFrom: '2026-01-01',
  validUntil: '2030-12-31',
  ...more,
});
const youth = (more: Partial<CandidateCard> = {}): CandidateCard =>
  card({ cardId: 'youth-card', kind: 'youth', cardClass: null, ...more });
const asker = (cards: CandidateCard[], more: Partial<Asker> = {}): Asker => ({
  cards,
  facts: [],
  foreigner: false,
  ...more,
});
const reasons = (terms: ChannelTerms[], who: Asker, more: Partial<ChannelWithTerms> = {}) =>
  decideEntitlement(channel(terms, more), who, null, DAY).conditions.map(({ reason }) => reason);

describe('what a channel holds for a card', () => {
  it('is the cell of its own class, else the one for every class', () => {
    const terms = [cell(), cell({ cardClass: 'A', companions: 3 })];
    expect(termsFor(terms, card({ cardClass: 'A' }), DAY)?.companions).toBe(3);
    expect(termsFor(terms, card(), DAY)?.companions).toBe(1);
    expect(termsFor(terms, youth(), DAY)).toBeNull();
  });

  it.each([
    ['2026-06-30', 1],
    ['2026-07-01', 2],
  ])('follows the days of the matrix: on %s companions are %i', (day, companions) => {
    const terms = [
      cell({ effectiveTo: '2026-06-30', companions: 1 }),
      cell({ effectiveFrom: '2026-07-01', companions: 2 }),
    ];
    expect(decideEntitlement(channel(terms), asker([card()]), null, day)).toMatchObject({
      ok: true,
      companions,
    });
  });

  it.each([
    ['no card', asker([]), ['HOLDS_CARD.NONE']],
    [
      'a suspended card',
      asker([card({ status: 'suspended' })]),
      ['HOLDS_CARD.SUSPENDED', 'CARD_CLASS_SERVED.SERVED'],
    ],
    ['a lost card', asker([card({ status: 'lost' })]), ['HOLDS_CARD.LOST', 'CARD_CLASS_SERVED.SERVED']],
    ['a card that ran out', asker([card({ validUntil: '2026-11-23' })]), ['HOLDS_CARD.NONE']],
    ['a card of another kind', asker([youth()]), ['HOLDS_CARD.NONE']],
    [
      'another class',
      asker([card({ cardClass: 'C' })]),
      ['HOLDS_CARD.HELD', 'CARD_CLASS_SERVED.OTHER_CLASS'],
    ],
  ])('is nothing with %s, and says why', (_, who, told) => {
    const terms = [cell({ cardClass: 'A' }), cell({ cardClass: 'B' })];
    const decision = decideEntitlement(channel(terms), who, null, DAY);
    expect(decision).toMatchObject({ ok: false, code: 'NOT_ENTITLED', companions: 0 });
    expect(decision.conditions.map(({ reason }) => reason)).toEqual(told);
  });

  it('names the first day on which something is offered again', () => {
    const terms = [cell({ effectiveTo: '2026-10-31' }), cell({ effectiveFrom: '2027-01-01' })];
    const decision = decideEntitlement(channel(terms), asker([card()]), null, DAY);
    expect(decision.conditions.at(-1)).toMatchObject({
      reason: 'CARD_CLASS_SERVED.NOT_TODAY',
      params: { from: '2027-01-01' },
    });
  });

  it('asks for the provincial card and for foreigners where the channel does', () => {
    const audience = { provincialCard: true, foreignersOnly: true };
    expect(reasons([cell()], asker([card()]), { audience })).toEqual([
      'HOLDS_CARD.HELD',
      'CARD_CLASS_SERVED.SERVED',
      'HOLDS_PROVINCIAL_CARD.NOT_KNOWN',
      'IS_FOREIGNER.NO',
    ]);
    const held = asker([card()], {
      foreigner: true,
      facts: [{ kind: 'provincial-card', source: 'roster', value: { number: 'SD1', validUntil: null } }],
    });
    expect(decideEntitlement(channel([cell()], { audience }), held, null, DAY).ok).toBe(true);
  });

  it.each([
    ['more uses', cell({ limits: [{ window: 'month', most: 1 }] }), 'youth-card'],
    ['no limit', cell({ limits: [] }), 'youth-card'],
    ['as many uses and more companions', cell({ companions: 2 }), 'youth-card'],
    ['as many uses and a discount', cell({ discountPercent: 20 }), 'youth-card'],
    ['the same', cell(), 'talent-card'],
    [
      'fewer uses and more companions',
      cell({ limits: [{ window: 'lifetime', most: 9 }], companions: 9 }),
      'talent-card',
    ],
  ])('comes of the card with the best terms: the youth card gives %s', (_, terms, cardId) => {
    const both = channel([cell(), { ...terms, cardKind: 'youth' }]);
    expect(decideEntitlement(both, asker([card(), youth()]), null, DAY)).toMatchObject({ ok: true, cardId });
  });

  it('comes of the other card while one is suspended', () => {
    const both = channel([cell({ limits: [] }), cell({ cardKind: 'youth' })]);
    const who = asker([card({ status: 'suspended' }), youth()]);
    expect(decideEntitlement(both, who, null, DAY)).toMatchObject({ ok: true, cardId: 'youth-card' });
  });

  it('is closed while not published and at other venues', () => {
    const who = asker([card()]);
    const code = 'CHANNEL_NOT_OPEN';
    expect(decideEntitlement(channel([cell()], { status: 'withdrawn' }), who, null, DAY)).toMatchObject({
      code,
    });
    expect(decideEntitlement(channel([cell()]), who, 'north', DAY)).toMatchObject({ code });
    expect(decideEntitlement(channel([cell()]), who, 'east', DAY).ok).toBe(true);
  });

  it('is counted for each venue by itself where the channel says so', () => {
    expect(quotaTermsOf(channel([]), cell(), 'east').key).toBe('channel');
    expect(quotaTermsOf(channel([], { perVenue: true }), cell(), 'east').key).toBe('channel:east');
  });
});

describe('a matrix', () => {
  it.each([
    ['the same days', [cell(), cell()], { row: 1, other: 0 }],
    [
      'one day in common',
      [cell({ effectiveTo: '2026-06-30' }), cell({ cardClass: 'A' }), cell({ effectiveFrom: '2026-06-30' })],
      { row: 2, other: 0 },
    ],
    ['days that meet', [cell({ effectiveTo: '2026-06-30' }), cell({ effectiveFrom: '2026-07-01' })], null],
    ['a class and every class', [cell(), cell({ cardClass: 'A' })], null],
    ['two kinds', [cell(), cell({ cardKind: 'youth' })], null],
  ])('with %s', (_, terms, overlap) => {
    expect(overlapOf(terms)).toEqual(overlap);
  });

  it('names days in the wrong order and windows limited twice', () => {
    const year = { window: 'year' as const, most: 1 };
    expect(problemsOfTerms([cell({ effectiveTo: '2025-12-31' }), cell({ limits: [year, year] })])).toEqual([
      { path: 'terms.0.effectiveTo', code: 'DATE_ORDER' },
      { path: 'terms.1.limits.1.window', code: 'NOT_ALLOWED' },
    ]);
  });
});
