import type { VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { CardKind } from '@talent-card/shared/cards/categories';
import type { ConditionCode } from '@talent-card/shared/eligibility/codes';
import type { FactSource, FactValue } from '@talent-card/shared/people/schema';

export type DegreeLevel = FactValue<'degree'>['level'];
export type ProgrammeLevel = FactValue<'programme'>['level'];

/** One question about a person, as data. */
export type ConditionQuestion =
  | { readonly code: 'WORKS_IN_WEIHAI' }
  | { readonly code: 'HOLDS_PROVINCIAL_CARD' }
  | { readonly code: 'IN_PROGRAMME'; readonly levels: readonly ProgrammeLevel[] }
  | { readonly code: 'IN_ROSTER'; readonly categories: readonly string[] }
  | {
      readonly code: 'AGE_AT_MOST';
      readonly years: number;
      /** Programmes of these levels lift the limit. */
      readonly liftedBy?: readonly ProgrammeLevel[];
    }
  | { readonly code: 'DEGREE_AT_LEAST'; readonly level: DegreeLevel }
  | { readonly code: 'IN_POST_AT_LEAST_YEARS'; readonly years: number }
  | { readonly code: 'NO_VALID_CARD'; readonly kind: CardKind }
  | { readonly code: 'HOLDS_CARD'; readonly kinds: readonly CardKind[] }
  | {
      readonly code: 'CARD_CLASS_SERVED';
      /** Which cards are served; class null stands for every class of the kind. */
      readonly served: readonly { readonly kind: CardKind; readonly cardClass: string | null }[];
      /** Where nothing is served: the first day on which something will be. */
      readonly from: string | null;
    }
  | { readonly code: 'IS_FOREIGNER' }
  /** No register can answer: it stays unknown until reviewers have decided. */
  | { readonly code: 'BROUGHT_IN' | 'RECOGNISED' };

/**
 * A rule. `any` and `not` carry the code under which the applicant sees them as one condition; `all` is seen as its
 * parts. `source` is document number and paragraph.
 */
export type Rule =
  | (ConditionQuestion & { readonly source?: string })
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[]; readonly as: ConditionCode; readonly source?: string }
  | { readonly not: Rule; readonly as: ConditionCode; readonly source?: string };

/** The rules of one subject during one time. Two regimes of a subject are two sets with dates that do not meet. */
export interface RuleSet {
  readonly id: string;
  /** What it is about: `card.1`, `allowance.master`. At most one set of a subject is in force on a day. */
  readonly subject: string;
  /** Null where the rule is published but no document number is known. */
  readonly documentNumber: string | null;
  readonly issuer: string | null;
  /** First and last day in force, Asia/Shanghai; null while no end is set. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  /** Not published fact, a plausible setting. */
  readonly demo: boolean;
  /** All must be met. */
  readonly conditions: readonly Rule[];
}

/** A fact as the rules need it; `Fact` of the contract fits. */
export interface KnownFact {
  readonly kind: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly source: FactSource;
}

/** All that the rules know of a person, taken at one moment. */
export interface EligibilitySnapshot {
  /** `YYYY-MM-DD`; null where the identity document does not carry it. */
  readonly birthDate: string | null;
  readonly facts: readonly KnownFact[];
  /** Valid cards held; null where nobody has looked. */
  readonly validCards: readonly { readonly kind: CardKind; readonly validUntil: string }[] | null;
  /** Cards in a valid state with their class of the day asked about; absent where nobody has looked. */
  readonly heldCards?: readonly HeldCard[] | null;
  /** By the identity document; absent where nobody has looked. */
  readonly foreigner?: boolean | null;
}

/** A card as far as rules about using it go. */
export interface HeldCard {
  readonly kind: CardKind;
  readonly status: (typeof VALID_CARD_STATES)[number];
  /** Null where the city runs one class only. */
  readonly cardClass: string | null;
  readonly validFrom: string;
  /** Last day. */
  readonly validUntil: string;
}
