import type { CardKind } from '@talent-card/shared/cards/categories';
import { type FactKind, type FactValue, factValueSchemas } from '@talent-card/shared/people/schema';
import { type Answer, met, strongest, unknown, unmet } from './answer.js';
import { fullYears, yearsAfter } from './days.js';
import type {
  ConditionQuestion,
  DegreeLevel,
  EligibilitySnapshot,
  HeldCard,
  ProgrammeLevel,
} from './rule-set.js';

interface Known<K extends FactKind> {
  readonly value: FactValue<K>;
  /** Somebody other than the person says so. */
  readonly checked: boolean;
}

/** The facts of one kind. A value that does not fit its shape says nothing. */
function factsOf<K extends FactKind>(snapshot: EligibilitySnapshot, kind: K): Known<K>[] {
  return snapshot.facts.flatMap((fact) => {
    if (fact.kind !== kind) return [];
    const parsed = factValueSchemas[kind].safeParse(fact.value);
    return parsed.success ? [{ value: parsed.data as FactValue<K>, checked: fact.source !== 'self' }] : [];
  });
}

/** `until` is the last day on which something holds. */
const over = (until: string | null, day: string): boolean => until !== null && until < day;

function worksInWeihai(snapshot: EligibilitySnapshot, day: string): Answer {
  const answers = factsOf(snapshot, 'employment').map(({ value, checked }) => {
    if (value.since > day) return unknown('WORKS_IN_WEIHAI.NOT_KNOWN');
    if (over(value.until, day)) {
      return unknown('WORKS_IN_WEIHAI.ENDED', { employer: value.employer, until: value.until ?? '' });
    }
    return checked
      ? met('WORKS_IN_WEIHAI.EMPLOYED', { employer: value.employer })
      : unknown('WORKS_IN_WEIHAI.SELF_DECLARED', { employer: value.employer });
  });
  return strongest(answers, unknown('WORKS_IN_WEIHAI.NOT_KNOWN'));
}

function holdsProvincialCard(snapshot: EligibilitySnapshot, day: string): Answer {
  const answers = factsOf(snapshot, 'provincial-card').map(({ value, checked }) => {
    if (!checked) return unknown('HOLDS_PROVINCIAL_CARD.SELF_DECLARED');
    return over(value.validUntil, day)
      ? unmet('HOLDS_PROVINCIAL_CARD.EXPIRED', { until: value.validUntil ?? '' })
      : met('HOLDS_PROVINCIAL_CARD.HELD');
  });
  return strongest(answers, unknown('HOLDS_PROVINCIAL_CARD.NOT_KNOWN'));
}

function inProgramme(snapshot: EligibilitySnapshot, levels: readonly ProgrammeLevel[]): Answer {
  const answers = factsOf(snapshot, 'programme')
    .filter(({ value }) => levels.includes(value.level))
    .map(({ value, checked }) =>
      checked
        ? met('IN_PROGRAMME.CHOSEN', { programme: value.name })
        : unknown('IN_PROGRAMME.SELF_DECLARED', { programme: value.name }),
    );
  return strongest(answers, unknown('IN_PROGRAMME.NOT_KNOWN'));
}

function inRoster(snapshot: EligibilitySnapshot, categories: readonly string[], day: string): Answer {
  const answers = factsOf(snapshot, 'roster-entry')
    .filter(({ value, checked }) => checked && categories.includes(value.category))
    .map(({ value }) =>
      over(value.validUntil, day)
        ? unmet('IN_ROSTER.EXPIRED', { until: value.validUntil ?? '' })
        : met('IN_ROSTER.LISTED', { category: value.category }),
    );
  return strongest(answers, unmet('IN_ROSTER.NOT_LISTED'));
}

function ageAtMost(
  snapshot: EligibilitySnapshot,
  max: number,
  liftedBy: readonly ProgrammeLevel[],
  day: string,
): Answer {
  const { birthDate } = snapshot;
  if (birthDate !== null && fullYears(birthDate, day) <= max) return met('AGE_AT_MOST.YOUNG_ENOUGH', { max });
  const lifting = inProgramme(snapshot, liftedBy);
  if (lifting.outcome === 'met') {
    return met('AGE_AT_MOST.LIFTED_BY_PROGRAMME', { max, programme: lifting.params.programme ?? '' });
  }
  return birthDate === null
    ? unknown('AGE_AT_MOST.BIRTH_DATE_NOT_KNOWN', { max })
    : unmet('AGE_AT_MOST.TOO_OLD', { max, age: fullYears(birthDate, day) });
}

const DEGREES: readonly DegreeLevel[] = ['college', 'bachelor', 'master', 'doctor'];

/** A lower degree leaves it open: degrees from abroad and old ones are missing in the register. */
function degreeAtLeast(snapshot: EligibilitySnapshot, level: DegreeLevel, day: string): Answer {
  const answers = factsOf(snapshot, 'degree')
    .filter(({ value }) => value.graduatedOn <= day)
    .map(({ value, checked }) => {
      if (DEGREES.indexOf(value.level) < DEGREES.indexOf(level)) {
        return unknown('DEGREE_AT_LEAST.ONLY_LOWER_KNOWN', { level, known: value.level });
      }
      return checked
        ? met('DEGREE_AT_LEAST.HELD', { level: value.level })
        : unknown('DEGREE_AT_LEAST.SELF_DECLARED', { level: value.level });
    });
  return strongest(answers, unknown('DEGREE_AT_LEAST.NOT_KNOWN', { level }));
}

function inPostAtLeast(snapshot: EligibilitySnapshot, years: number, day: string): Answer {
  const answers = factsOf(snapshot, 'employment')
    .filter(({ value }) => value.since <= day && !over(value.until, day))
    .map(({ value, checked }) => {
      const { since } = value;
      if (!checked) return unknown('IN_POST_AT_LEAST_YEARS.SELF_DECLARED', { years, since });
      const on = yearsAfter(since, years);
      return on <= day
        ? met('IN_POST_AT_LEAST_YEARS.LONG_ENOUGH', { years, since })
        : unmet('IN_POST_AT_LEAST_YEARS.TOO_SHORT', { years, since, on });
    });
  return strongest(answers, unknown('IN_POST_AT_LEAST_YEARS.NOT_KNOWN', { years }));
}

function noValidCard(snapshot: EligibilitySnapshot, kind: 'talent' | 'youth', day: string): Answer {
  if (snapshot.validCards === null) return unknown('NO_VALID_CARD.NOT_CHECKED', { kind });
  const held = snapshot.validCards.find((card) => card.kind === kind && !over(card.validUntil, day));
  return held
    ? unmet('NO_VALID_CARD.HELD', { kind, until: held.validUntil })
    : met('NO_VALID_CARD.NONE', { kind });
}

const isOf = (kinds: readonly CardKind[], day: string) => (card: HeldCard) =>
  kinds.includes(card.kind) && card.validFrom <= day && !over(card.validUntil, day);

function holdsCard(snapshot: EligibilitySnapshot, kinds: readonly CardKind[], day: string): Answer {
  if (!snapshot.heldCards) return unknown('HOLDS_CARD.NOT_CHECKED');
  const answers = snapshot.heldCards.filter(isOf(kinds, day)).map(({ kind, status, validUntil }) => {
    if (status === 'active') return met('HOLDS_CARD.HELD', { kind, until: validUntil });
    return unmet(status === 'lost' ? 'HOLDS_CARD.LOST' : 'HOLDS_CARD.SUSPENDED', { kind });
  });
  return strongest(answers, unmet('HOLDS_CARD.NONE'));
}

type ClassQuestion = Extract<ConditionQuestion, { code: 'CARD_CLASS_SERVED' }>;

/** Without a card there is no class to speak of: it stays open until one is held. */
function cardClassServed(
  snapshot: EligibilitySnapshot,
  { served, from }: ClassQuestion,
  day: string,
): Answer {
  if (served.length === 0) return unmet('CARD_CLASS_SERVED.NOT_TODAY', { from: from ?? '' });
  const kinds = served.map(({ kind }) => kind);
  const answers = (snapshot.heldCards ?? []).filter(isOf(kinds, day)).map(({ kind, cardClass }) => {
    const ofKind = served.filter((one) => one.kind === kind);
    if (ofKind.some((one) => one.cardClass === null || one.cardClass === cardClass)) {
      return met('CARD_CLASS_SERVED.SERVED', { cardClass: cardClass ?? '' });
    }
    const classes = ofKind.map((one) => one.cardClass).join('/');
    return unmet('CARD_CLASS_SERVED.OTHER_CLASS', { cardClass: cardClass ?? '—', classes });
  });
  return strongest(answers, unknown('CARD_CLASS_SERVED.NOT_TODAY', { from: '' }));
}

function isForeigner({ foreigner }: EligibilitySnapshot): Answer {
  if (foreigner === true) return met('IS_FOREIGNER.YES');
  return foreigner === false ? unmet('IS_FOREIGNER.NO') : unknown('IS_FOREIGNER.NO');
}

/** Answers one question from the snapshot alone. */
export function ask(question: ConditionQuestion, snapshot: EligibilitySnapshot, day: string): Answer {
  switch (question.code) {
    case 'WORKS_IN_WEIHAI':
      return worksInWeihai(snapshot, day);
    case 'HOLDS_PROVINCIAL_CARD':
      return holdsProvincialCard(snapshot, day);
    case 'IN_PROGRAMME':
      return inProgramme(snapshot, question.levels);
    case 'IN_ROSTER':
      return inRoster(snapshot, question.categories, day);
    case 'AGE_AT_MOST':
      return ageAtMost(snapshot, question.years, question.liftedBy ?? [], day);
    case 'DEGREE_AT_LEAST':
      return degreeAtLeast(snapshot, question.level, day);
    case 'IN_POST_AT_LEAST_YEARS':
      return inPostAtLeast(snapshot, question.years, day);
    case 'NO_VALID_CARD':
      return noValidCard(snapshot, question.kind, day);
    case 'HOLDS_CARD':
      return holdsCard(snapshot, question.kinds, day);
    case 'CARD_CLASS_SERVED':
      return cardClassServed(snapshot, question, day);
    case 'IS_FOREIGNER':
      return isForeigner(snapshot);
    case 'BROUGHT_IN':
      return unknown('BROUGHT_IN.REVIEW_DECIDES');
    case 'RECOGNISED':
      return unknown('RECOGNISED.REVIEW_DECIDES');
  }
}
