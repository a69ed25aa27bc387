import type { CardKind } from '@talent-card/shared/cards/categories';
import type { QuotaWindow } from '@talent-card/shared/channels/channel-groups';
import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import { evaluate } from '../../core/eligibility/eligibility.js';
import type {
  EligibilitySnapshot,
  HeldCard,
  KnownFact,
  Rule,
  RuleSet,
} from '../../core/eligibility/rule-set.js';
import type { QuotaTerms } from '../../core/quota/quota.types.js';
import type { ChannelWithTerms } from './channel.types.js';

/** A card with its class of the day that is asked about. */
export interface CandidateCard extends HeldCard {
  readonly cardId: string;
}

/** What is known of the person who asks. */
export interface Asker {
  readonly cards: readonly CandidateCard[];
  /** Read only where the channel's audience asks for them. */
  readonly facts: readonly KnownFact[];
  readonly foreigner: boolean | null;
}

interface Answered {
  readonly channelId: string;
  /** Each unmet one says what to do. */
  readonly conditions: readonly Condition[];
  /** Most who may come along; 0 where not entitled. */
  readonly companions: number;
}
export interface Entitled extends Answered {
  readonly ok: true;
  /** The card that gives it: of several the one with the best terms. */
  readonly cardId: string;
  readonly cardKind: CardKind;
  readonly cardClass: string | null;
  /** The cell of the matrix that holds. */
  readonly cell: ChannelTerms;
  /** How often, as `core/quota` takes it. */
  readonly quota: QuotaTerms;
}
export interface NotEntitled extends Answered {
  readonly ok: false;
  readonly code: 'NOT_ENTITLED' | 'CHANNEL_NOT_OPEN' | 'NOT_FOUND';
  /** The card that comes nearest; null where none is held. */
  readonly cardId: string | null;
  readonly details: Record<string, unknown>;
}
export type EntitlementDecision = Entitled | NotEntitled;

const inForceOn =
  (day: string) =>
  ({ effectiveFrom, effectiveTo }: ChannelTerms): boolean =>
    effectiveFrom <= day && (effectiveTo === null || day <= effectiveTo);

/** The cell for a card on a day: its class's own, else the one for every class of the kind. */
export function termsFor(
  terms: readonly ChannelTerms[],
  card: Pick<HeldCard, 'kind' | 'cardClass'>,
  day: string,
): ChannelTerms | null {
  const cells = terms.filter(inForceOn(day)).filter((cell) => cell.cardKind === card.kind);
  const own = card.cardClass === null ? undefined : cells.find((cell) => cell.cardClass === card.cardClass);
  return own ?? cells.find((cell) => cell.cardClass === null) ?? null;
}

/** Under which a use at a venue is counted. */
export function quotaTermsOf(
  channel: Pick<ChannelWithTerms, 'channelId' | 'perVenue' | 'fundingGroup'>,
  terms: ChannelTerms,
  venueId: string | null,
): QuotaTerms {
  const key = channel.perVenue && venueId !== null ? `${channel.channelId}:${venueId}` : channel.channelId;
  return { key, limits: terms.limits, fundingGroup: channel.fundingGroup };
}

/** The conditions of a channel on a day, as a rule set of the kernel. */
function ruleSetOf(channel: ChannelWithTerms, day: string, hasCard: boolean): RuleSet {
  const today = channel.terms.filter(inForceOn(day));
  const kinds = [...new Set(channel.terms.map((cell) => cell.cardKind))];
  const later = channel.terms.map((cell) => cell.effectiveFrom).filter((from) => from > day);
  const classes: Rule = {
    code: 'CARD_CLASS_SERVED',
    served: today.map(({ cardKind, cardClass }) => ({ kind: cardKind, cardClass })),
    from: later.sort()[0] ?? null,
  };
  return {
    id: `channel.${channel.channelId}`,
    subject: `channel.${channel.channelId}`,
    documentNumber: channel.documentNumber,
    issuer: null,
    effectiveFrom: day,
    effectiveTo: day,
    demo: channel.demo,
    conditions: [
      { code: 'HOLDS_CARD', kinds: kinds.length > 0 ? kinds : ['talent', 'youth'] },
      // Who holds no card is told of the card first; that nothing is offered today concerns everybody.
      ...(hasCard || today.length === 0 ? [classes] : []),
      ...(channel.audience.provincialCard ? [{ code: 'HOLDS_PROVINCIAL_CARD' } as const] : []),
      ...(channel.audience.foreignersOnly ? [{ code: 'IS_FOREIGNER' } as const] : []),
    ],
  };
}

const WINDOWS_A_YEAR: Record<QuotaWindow, number> = {
  use: Number.POSITIVE_INFINITY,
  day: 365,
  week: 52,
  month: 12,
  year: 1,
  // Spread over ten years: less than any yearly limit of the same number.
  lifetime: 0.1,
};

/** Uses in a year at most, by the tightest limit. */
const usesInAYear = (cell: ChannelTerms): number =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...cell.limits.map(({ window, most }) =>
      window === 'use' ? Number.POSITIVE_INFINITY : most * WINDOWS_A_YEAR[window],
    ),
  );

/** Below zero when `a` is the better: more uses, then companions, discount, money; of equals the talent card. */
function compareTerms(a: Entitled, b: Entitled): number {
  const more = (of: (cell: ChannelTerms) => number): number => {
    const [left, right] = [of(a.cell), of(b.cell)];
    return left === right ? 0 : left > right ? -1 : 1;
  };
  return (
    more(usesInAYear) ||
    more((cell) => cell.companions) ||
    more((cell) => cell.discountPercent ?? 0) ||
    more((cell) => cell.capCents ?? 0) ||
    (a.cardKind === b.cardKind ? 0 : a.cardKind === 'talent' ? -1 : 1)
  );
}

/** With this card alone, or with none. */
function decideFor(
  channel: ChannelWithTerms,
  asker: Asker,
  card: CandidateCard | null,
  venueId: string | null,
  day: string,
): EntitlementDecision {
  const snapshot: EligibilitySnapshot = {
    birthDate: null,
    facts: asker.facts,
    validCards: null,
    heldCards: card ? [card] : [],
    foreigner: asker.foreigner,
  };
  const { outcome, conditions } = evaluate(snapshot, ruleSetOf(channel, day, card !== null), day);
  const cell = card && termsFor(channel.terms, card, day);
  const { channelId } = channel;
  if (outcome === 'met' && card && cell) {
    const { cardId, kind: cardKind, cardClass } = card;
    const quota = quotaTermsOf(channel, cell, venueId);
    const { companions } = cell;
    return { ok: true, channelId, cardId, cardKind, cardClass, cell, quota, companions, conditions };
  }
  const open = conditions.filter((condition) => condition.outcome !== 'met');
  return {
    ok: false,
    channelId,
    code: 'NOT_ENTITLED',
    cardId: card?.cardId ?? null,
    conditions,
    companions: 0,
    details: { conditions: open },
  };
}

/**
 * What a channel holds for somebody at a venue on a day. Each card is held against the rules by itself; the one with
 * the best terms counts, else the one that comes nearest. Pure.
 */
export function decideEntitlement(
  channel: ChannelWithTerms,
  asker: Asker,
  venueId: string | null,
  day: string,
): EntitlementDecision {
  const { channelId } = channel;
  const elsewhere = venueId !== null && !channel.venueIds.includes(venueId);
  if (channel.status !== 'published' || elsewhere) {
    const code = 'CHANNEL_NOT_OPEN';
    return {
      ok: false,
      channelId,
      code,
      cardId: null,
      conditions: [],
      companions: 0,
      details: { channelId },
    };
  }
  const kinds = new Set(channel.terms.map((cell) => cell.cardKind));
  const cards = asker.cards.filter(
    (card) => kinds.has(card.kind) && card.validFrom <= day && day <= card.validUntil,
  );
  const decisions = (cards.length > 0 ? cards : [null]).map((card) =>
    decideFor(channel, asker, card, venueId, day),
  );
  const [best] = decisions.filter((decision) => decision.ok).sort(compareTerms);
  if (best) return best;
  const missing = ({ conditions }: EntitlementDecision) =>
    conditions.filter((condition) => condition.outcome !== 'met').length;
  const [nearest] = [...decisions].sort((a, b) => missing(a) - missing(b));
  if (!nearest) throw new Error('a decision for each card, or for none');
  return nearest;
}
