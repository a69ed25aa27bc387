import { Injectable } from '@nestjs/common';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import {
  type Application,
  type ApplicationCheck,
  applicationFormSchema,
  type applicationListSchema,
  type checkApplicationSchema,
  type resubmitApplicationSchema,
  type submitApplicationSchema,
} from '@talent-card/shared/cards/schema';
import type { EntityManager } from 'typeorm';
import type * as z from 'zod';
import { type ApplicantView, CaseViews } from '../../../core/casework/case-views.js';
import { Casework, type Resubmission } from '../../../core/casework/casework.service.js';
import { People } from '../../../core/people/people.service.js';
import { Roster } from '../../../core/people/roster/roster.service.js';
import { Consents } from '../../../platform/accounts/consents.js';
import type { PersonPrincipal } from '../../../platform/accounts/principal.js';
import { Clock } from '../../../platform/clock/clock.js';
import { serviceDate } from '../../../platform/clock/shanghai.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError, fieldError } from '../../../platform/errors/domain-error.js';
import {
  checkFields,
  type DraftForm,
  documentsFor,
  isOpenCategory,
  type Missing,
  missingConditions,
  missingDocuments,
  missingFields,
  type ParsedForm,
  pathOf,
  proposeCategory,
  REVIEW_WORKING_DAYS,
  WINDOW_WORKING_DAYS,
} from './application.rules.js';
import { CARD_APPLICATION, CardApplicationDefinition, ROSTER_RULE } from './card-application.definition.js';
import { serviceWindow } from './service-windows.js';

type Check = z.output<typeof checkApplicationSchema>;
type Submit = z.output<typeof submitApplicationSchema>;
type Resubmit = z.output<typeof resubmitApplicationSchema>;

/** Applying for the talent card: what stands between a person and their card, and the way to it. */
@Injectable()
export class Applications {
  constructor(
    private readonly definition: CardApplicationDefinition,
    private readonly casework: Casework,
    private readonly views: CaseViews,
    private readonly people: People,
    private readonly roster: Roster,
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  /** Finds the path and lists what is missing; changes nothing, and takes a form that is half filled in. */
  async check(manager: EntityManager, person: PersonPrincipal, body: Check): Promise<ApplicationCheck> {
    const draft = checkFields(body.form, serviceDate(this.clock.now()));
    if (draft.problems.length > 0) throw fieldError(...draft.problems);
    const listedAs = (await this.roster.exactMatches(manager, person.personId)).map(
      (match) => match.category,
    );
    const { facts } = await this.people.snapshot(manager, person.personId);
    const proposedCategory = proposeCategory(draft.form, listedAs, facts);
    const category = draft.form.category ?? proposedCategory;
    const listed = category !== null && listedAs.includes(category);
    const eligibility = category
      ? await this.definition.eligibility(manager, person.personId, category, draft.form)
      : null;
    const slots = category ? this.slotsFor(category, draft.form, listed) : [];
    const opensSoon = category !== null && !isOpenCategory(category);
    const name =
      (kind: Missing['kind']) =>
      (what: string): Missing => ({ kind, name: what });
    const standing = [
      ...missingFields({ ...draft.form, category: category ?? undefined }, category, listed).map(
        name('field'),
      ),
      ...missingDocuments(slots, body.documents).map(name('document')),
      ...missingConditions(eligibility).map(name('condition')),
    ];
    return {
      proposedCategory,
      path: category ? pathOf(category) : null,
      opensSoon,
      eligibility,
      missing: [...standing, ...(await this.missingConsents(manager, person)).map(name('consent'))],
      documents: slots,
      warnings: draft.warnings,
      workingDays: category ? workingDaysFor(category, listed) : null,
      // The consent is given with the submission itself.
      maySubmit: standing.length === 0 && category !== null && !opensSoon,
    };
  }

  /**
   * Hands an application in. Where the roster names exactly this person for the category, the card is issued in the
   * same transaction.
   * @throws DomainError VALIDATION_FAILED with paths such as `form.mobile`, APPLICATION_CATEGORY_NOT_OPEN,
   *   CARD_ALREADY_VALID, CASE_INCOMPLETE with what is missing, APPLICATION_ALREADY_OPEN, CONSENT_VERSION_OUTDATED
   */
  async submit(tx: Tx, person: PersonPrincipal, body: Submit): Promise<Application> {
    // The person first: of two submissions at once the second waits here and then finds the consent and the case.
    await this.people.lock(tx, person.personId);
    await this.consents.grant(tx, person.accountId, 'card-application', body.consentVersion);
    const { content, listed } = await this.contentOf(tx, person, body.form, body.documents);
    const submission = {
      ...content,
      type: CARD_APPLICATION,
      flow: 'direct',
      applicantPersonId: person.personId,
    };
    const { caseId } = listed
      ? await this.casework.submitApproved(tx, person, submission, ROSTER_RULE)
      : await this.casework.submit(tx, person, submission);
    return this.one(tx.manager, person, caseId);
  }

  /** Hands a returned application in again. @throws DomainError as `submit`, STALE_VERSION, CASE_STATE_CONFLICT */
  async resubmit(tx: Tx, person: PersonPrincipal, caseId: string, body: Resubmit): Promise<Application> {
    await this.people.lock(tx, person.personId);
    await this.own(tx.manager, person, caseId);
    const { content, listed } = await this.contentOf(tx, person, body.form, body.documents);
    const record = await this.casework.resubmit(tx, person, caseId, { ...content, version: body.version });
    if (listed) await this.casework.approveBySystem(tx, record.caseId, ROSTER_RULE);
    return this.one(tx.manager, person, caseId);
  }

  /** @throws DomainError NOT_FOUND, STALE_VERSION, CASE_STATE_CONFLICT */
  async withdraw(tx: Tx, person: PersonPrincipal, caseId: string, version: number): Promise<Application> {
    await this.own(tx.manager, person, caseId);
    await this.casework.withdraw(tx, person, caseId, version);
    return this.one(tx.manager, person, caseId);
  }

  async mine(
    manager: EntityManager,
    person: PersonPrincipal,
  ): Promise<z.infer<typeof applicationListSchema>> {
    const cases = await this.views.listFor(manager, person.personId, CARD_APPLICATION);
    return {
      items: cases.map(({ record, summary }) => ({
        ...summary,
        category: record.category as CardCategory,
      })),
    };
  }

  /** @throws DomainError NOT_FOUND also for somebody else's application */
  async one(manager: EntityManager, person: PersonPrincipal, caseId: string): Promise<Application> {
    const view = await this.own(manager, person, caseId);
    const { record } = view;
    return {
      ...view.summary,
      form: applicationFormSchema.parse(record.form),
      category: record.category as CardCategory,
      documents: view.documents,
      steps: view.steps,
      timeline: view.timeline,
      conditions: view.conditions,
      corrections: view.corrections,
      decisionNote: view.decisionNote,
      cardId: record.resultId,
      window: serviceWindow(record.zoneCode),
    };
  }

  /** What the kernel keeps, once nothing stands in the way any more. */
  private async contentOf(
    tx: Tx,
    person: PersonPrincipal,
    given: ParsedForm,
    documents: Submit['documents'],
  ): Promise<{ content: Omit<Resubmission, 'version'>; listed: boolean }> {
    const { manager } = tx;
    const { form, problems } = checkFields(given, serviceDate(tx.now));
    const { category, zoneCode, offlineMaterial } = form;
    const listed = Boolean(await this.definition.exactMatch(manager, person.personId, category));
    const absent = missingFields(form, category, listed).map((field) => ({
      path: `form.${field}`,
      code: 'REQUIRED',
    }));
    if (problems.length + absent.length > 0) throw fieldError(...problems, ...absent);
    if (!isOpenCategory(category)) throw new DomainError('APPLICATION_CATEGORY_NOT_OPEN', { category });
    const eligibility = await this.definition.eligibility(manager, person.personId, category, form);
    this.assertComplete(eligibility, missingDocuments(this.slotsFor(category, form, listed), documents));
    await this.people.recordContact(tx, person.personId, { zoneCode, mobile: form.mobile });
    const { conditions } = eligibility;
    return { content: { category, zoneCode, form, documents, offlineMaterial, conditions }, listed };
  }

  private assertComplete(
    eligibility: Awaited<ReturnType<CardApplicationDefinition['eligibility']>>,
    absentDocuments: string[],
  ): void {
    const unmet = missingConditions(eligibility);
    if (unmet.includes('NO_VALID_CARD')) throw new DomainError('CARD_ALREADY_VALID');
    const missing = [
      ...unmet.map((name) => ({ kind: 'condition', name })),
      ...absentDocuments.map((name) => ({ kind: 'document', name })),
    ];
    if (missing.length > 0) throw new DomainError('CASE_INCOMPLETE', { missing });
  }

  private async own(manager: EntityManager, person: PersonPrincipal, caseId: string): Promise<ApplicantView> {
    const view = await this.views.forApplicant(manager, person.personId, caseId);
    if (!view || view.record.type !== CARD_APPLICATION) throw new DomainError('NOT_FOUND');
    return view;
  }

  /** Somebody whom the roster names exactly need not prove by documents what the office knows. */
  private slotsFor(category: CardCategory, form: DraftForm, listed: boolean) {
    const slots = documentsFor(category, form.offlineMaterial ?? false);
    return listed ? slots.map((slot) => ({ ...slot, required: false })) : slots;
  }

  private async missingConsents(manager: EntityManager, person: PersonPrincipal): Promise<string[]> {
    const consents = await this.consents.list(manager, person.accountId);
    const given = consents.some(
      (one) =>
        one.purpose === 'card-application' &&
        one.grantedAt !== null &&
        one.withdrawnAt === null &&
        one.version === CONSENT_VERSIONS['card-application'],
    );
    return given ? [] : ['card-application'];
  }
}

function workingDaysFor(category: CardCategory, listed: boolean): number {
  if (pathOf(category) === 'reviewed') return REVIEW_WORKING_DAYS;
  return listed ? 0 : WINDOW_WORKING_DAYS;
}
