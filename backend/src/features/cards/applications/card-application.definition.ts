import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import { type CardCaseExtra, cardDecisionExtraSchema } from '@talent-card/shared/cards/schema';
import type { Condition, Eligibility } from '@talent-card/shared/eligibility/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import type {
  Approval,
  ApprovalResult,
  CaseDefinition,
  CaseRecord,
  StepDefinition,
} from '../../../core/casework/case-definition.js';
import { Casework } from '../../../core/casework/casework.service.js';
import { evaluate, inForce } from '../../../core/eligibility/eligibility.js';
import { People } from '../../../core/people/people.service.js';
import { Roster } from '../../../core/people/roster/roster.service.js';
import type { RosterMatch } from '../../../core/people/roster/roster.types.js';
import { Clock } from '../../../platform/clock/clock.js';
import { serviceDate } from '../../../platform/clock/shanghai.js';
import type { Tx } from '../../../platform/database/tx.js';
import { fieldError } from '../../../platform/errors/domain-error.js';
import { fieldProblems } from '../../../platform/http/field-problems.js';
import { Cards } from '../cards.service.js';
import {
  type DraftForm,
  documentsFor,
  ownWord,
  type ParsedForm,
  WINDOW_WORKING_DAYS,
  withoutReplacedCards,
} from './application.rules.js';
import { CARD_RULE_SETS, cardSubject } from './card-rule-sets.js';

export const CARD_APPLICATION = 'card-application';
/** What the timeline and the audit trail call the rule that approves an exact match. */
export const ROSTER_RULE = 'cards.exact-roster-match';

/** 直接颁发: a window of any level matches the application with the roster (DOMAIN §2). */
const WINDOW_STEP: StepDefinition = {
  key: 'window',
  name: { zh: '服务窗口核验', en: 'Check by the service window' },
  roles: ['service-window', 'district-reviewer', 'city-reviewer'],
  workingDays: WINDOW_WORKING_DAYS,
};

/** How an application for the talent card is decided, and the card that its approval issues. */
@Injectable()
export class CardApplicationDefinition implements CaseDefinition, OnModuleInit {
  readonly type = CARD_APPLICATION;
  readonly flows = { direct: [WINDOW_STEP] };

  constructor(
    private readonly casework: Casework,
    private readonly cards: Cards,
    private readonly people: People,
    private readonly roster: Roster,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.casework.define(this);
  }

  documents({ category, offlineMaterial }: Pick<CaseRecord, 'category' | 'offlineMaterial'>) {
    return documentsFor(category as CardCategory, offlineMaterial);
  }

  async conditions(manager: EntityManager, record: CaseRecord): Promise<Condition[]> {
    const category = record.category as CardCategory;
    const { conditions } = await this.eligibility(
      manager,
      record.applicantPersonId,
      category,
      record.form as DraftForm,
    );
    return conditions;
  }

  /** The rules in force today, asked of what is known and of what the person says. */
  async eligibility(
    manager: EntityManager,
    personId: string,
    category: CardCategory,
    form: DraftForm,
  ): Promise<Eligibility> {
    const today = serviceDate(this.clock.now());
    const [ruleSet] = inForce(CARD_RULE_SETS, today).filter((set) => set.subject === cardSubject(category));
    if (!ruleSet) throw new Error(`no rules in force for category ${category} on ${today}`);
    const { person, facts } = await this.people.snapshot(manager, personId);
    const snapshot = {
      birthDate: person.birthDate,
      facts: [...withoutReplacedCards(facts, form, today), ...ownWord(form)],
      validCards: await this.cards.validCards(manager, personId, today),
    };
    return evaluate(snapshot, ruleSet, today);
  }

  /** The roster entry that names exactly this person for the category, in force today. */
  async exactMatch(
    manager: EntityManager,
    personId: string,
    category: string,
  ): Promise<RosterMatch | undefined> {
    const matches = await this.roster.exactMatches(manager, personId);
    return matches.find((match) => match.category === category);
  }

  async extra(manager: EntityManager, record: CaseRecord): Promise<CardCaseExtra> {
    return { rosterCandidates: await this.rosterCandidates(manager, record) };
  }

  private async rosterCandidates(
    manager: EntityManager,
    record: CaseRecord,
  ): Promise<CardCaseExtra['rosterCandidates']> {
    const today = serviceDate(this.clock.now());
    const { category, employer, programme, provincialCardNumber } = record.form as Partial<ParsedForm>;
    if (!category) return [];
    const form = { category, employer, programme, provincialCardNumber };
    const candidates = await this.roster.candidates(manager, record.applicantPersonId, form);
    return candidates.map(({ entry, agrees }) => ({
      entryId: entry.entryId,
      maskedName: entry.maskedName,
      maskedIdentityNumber: entry.maskedIdentityNumber,
      category: entry.category,
      programme: entry.programme,
      employer: entry.employer,
      differences: [
        ...(agrees.name ? [] : (['name'] as const)),
        ...(agrees.identity ? [] : (['identity-number'] as const)),
        ...(agrees.category ? [] : (['category'] as const)),
        ...(entry.validUntil !== null && entry.validUntil < today ? (['expired'] as const) : []),
        ...(agrees.employer ? [] : (['employer'] as const)),
      ],
    }));
  }

  /** Issues the card. The roster entry it rests on is marked, so that its import cannot be undone any more. */
  async onApproved(tx: Tx, record: CaseRecord, approval: Approval): Promise<ApprovalResult> {
    const { cardClass: chosenClass, rosterEntryId } = extraOf(approval);
    const entry = await this.entryFor(tx.manager, record, rosterEntryId ?? null);
    const cardClass = await this.cards.knownClass(tx.manager, chosenClass ?? null);
    if (entry) await this.roster.markUsed(tx, entry.entryId);
    const card = await this.cards.issue(tx, approval.actor.principal, {
      personId: record.applicantPersonId,
      kind: 'talent',
      category: record.category as CardCategory,
      cardClass: cardClass ?? entry?.cardClass ?? null,
      zoneCode: record.zoneCode,
      caseId: record.caseId,
      rosterEntryId: entry?.entryId ?? null,
    });
    return { resultId: card.id, told: true };
  }

  /** The entry that the clerk chose, else the one that matches exactly, else none. */
  private async entryFor(
    manager: EntityManager,
    record: CaseRecord,
    chosenId: string | null,
  ): Promise<{ entryId: string; cardClass: string | null } | null> {
    if (chosenId === null) {
      return (await this.exactMatch(manager, record.applicantPersonId, record.category)) ?? null;
    }
    const { category, employer } = record.form as Partial<ParsedForm>;
    const candidates = await this.roster.candidates(manager, record.applicantPersonId, {
      category,
      employer,
    });
    const chosen = candidates.find(({ entry }) => entry.entryId === chosenId);
    if (!chosen) throw fieldError({ path: 'extra.rosterEntryId', code: 'NOT_ALLOWED' });
    return chosen.entry;
  }
}

function extraOf({ extra }: Approval): z.infer<typeof cardDecisionExtraSchema> {
  const read = cardDecisionExtraSchema.safeParse(extra);
  if (!read.success)
    throw fieldError(
      ...fieldProblems(read.error.issues).map((one) => ({ ...one, path: `extra.${one.path}` })),
    );
  return read.data;
}
