import { Injectable } from '@nestjs/common';
import { mayUse } from '@talent-card/shared/accounts/permissions';
import type { CaseDetail, QueueItem, QueueQuery } from '@talent-card/shared/casework/schema';
import type { LocalizedText, Page } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { People } from '../people/people.service.js';
import type { CaseRow } from './case.entity.js';
import { staffActor, zonesOf } from './case-actor.js';
import { CaseContent } from './case-content.js';
import { CaseDefinitions } from './case-definitions.js';
import { CaseDocuments } from './case-documents.js';
import { CaseViews } from './case-views.js';
import { type CaseFilter, type CasePosition, CasesRepository } from './cases.repository.js';

/** The numbers an office acts on. */
export interface CaseCounts {
  readonly waitingForMe: number;
  readonly dueToday: number;
  readonly overdue: number;
  readonly returned: number;
}

const encodeCursor = (row: CaseRow): string => `${row.dueOn ?? ''}~${row.id}`;
function decodeCursor(cursor: string): CasePosition {
  const match = /^(\d{4}-\d{2}-\d{2})?~([0-9A-Z]{26})$/.exec(cursor);
  if (!match?.[2]) throw fieldError({ path: 'cursor', code: 'FORMAT' });
  return { dueOn: match[1] ?? null, id: match[2] };
}

/** Cases as staff see them: their zone's, the city's all. */
@Injectable()
export class CaseQueue {
  constructor(
    private readonly cases: CasesRepository,
    private readonly definitions: CaseDefinitions,
    private readonly views: CaseViews,
    private readonly documents: CaseDocuments,
    private readonly content: CaseContent,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** A page of the queue. What waits for an office comes by due date, anything else newest first. */
  async list(manager: EntityManager, staff: StaffPrincipal, query: QueueQuery): Promise<Page<QueueItem>> {
    const limit = Number(query.limit ?? 20);
    const filter = await this.filterOf(manager, staff, query);
    if (filter === null) return { items: [], nextCursor: null, total: 0 };
    const waiting = filter.statuses?.length === 1 && filter.statuses[0] === 'in-review';
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const rows = await this.cases.list(manager, filter, waiting ? 'due' : 'newest', after, limit + 1);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await this.items(manager, staff, page),
      nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
      total: await this.cases.count(manager, filter),
    };
  }

  /** @throws DomainError NOT_FOUND also for a case of another zone */
  async detail(manager: EntityManager, staff: StaffPrincipal, caseId: string): Promise<CaseDetail> {
    const row = await this.cases.find(manager, caseId);
    if (!row || !this.sees(staff, row)) throw new DomainError('NOT_FOUND');
    const [item] = await this.items(manager, staff, [row]);
    if (!item) throw new DomainError('NOT_FOUND');
    const definition = this.definitions.of(row.type);
    const record = this.content.recordOf(row);
    const steps = await this.cases.steps(manager, row.id);
    return {
      ...item,
      form: { ...record.form },
      steps: this.views.stepsOf(row, steps),
      timeline: await this.views.staffTimeline(manager, row.id),
      documents: await this.documents.slots(manager, definition, row),
      conditions: await this.views.conditions(manager, row),
      facts: await this.factsOf(manager, row),
      offlineMaterial: row.offlineMaterial,
      extra: (await definition.extra?.(manager, record)) ?? {},
      corrections: this.content.correctionsOf(row),
    };
  }

  /** Whether this member of staff may know of the case; for files that hang on it. */
  async maySee(manager: EntityManager, staff: StaffPrincipal, caseId: string): Promise<boolean> {
    const row = await this.cases.find(manager, caseId);
    return row !== null && this.sees(staff, row);
  }

  async counts(manager: EntityManager, staff: StaffPrincipal): Promise<CaseCounts> {
    const today = serviceDate(this.clock.now());
    const zones = zonesOf(staff);
    const inReview = { zones, statuses: ['in-review'] as const };
    const steps = this.definitions.stepsFor([staff.role]);
    return {
      waitingForMe: steps.length === 0 ? 0 : await this.cases.count(manager, { ...inReview, steps }),
      dueToday: await this.cases.count(manager, { ...inReview, dueOn: today }),
      overdue: await this.cases.count(manager, { ...inReview, dueBefore: today }),
      returned: await this.cases.count(manager, { zones, statuses: ['returned'] }),
    };
  }

  /** Null where nothing can match. */
  private async filterOf(
    manager: EntityManager,
    staff: StaffPrincipal,
    query: QueueQuery,
  ): Promise<CaseFilter | null> {
    const visible = zonesOf(staff);
    const { status, type, zoneCode, q } = query;
    if (zoneCode && visible && !visible.includes(zoneCode)) return null;
    const zones = zoneCode ? [zoneCode] : visible;
    // Wildcards of LIKE are no part of a case number; what consists of them alone finds nothing.
    const words = q?.replace(/[\\%_]/g, '').trim();
    if (q && !words) return null;
    const filter: CaseFilter = {
      zones,
      ...(type ? { type } : {}),
      ...(words
        ? { caseNumberPrefix: words.toUpperCase(), applicants: await this.people.search(manager, words) }
        : {}),
    };
    if (status === 'overdue') {
      return { ...filter, statuses: ['in-review'], dueBefore: serviceDate(this.clock.now()) };
    }
    if (status === 'mine') {
      return { ...filter, statuses: ['in-review'], steps: this.definitions.stepsFor([staff.role]) };
    }
    return status ? { ...filter, statuses: [status] } : filter;
  }

  private async items(
    manager: EntityManager,
    staff: StaffPrincipal,
    rows: readonly CaseRow[],
  ): Promise<QueueItem[]> {
    const summaries = await this.views.summaries(manager, rows);
    const applicants = await this.people.summary(
      manager,
      rows.map((row) => row.applicantPersonId),
    );
    const byId = new Map(applicants.map((applicant) => [applicant.personId, applicant]));
    const titles = await this.titles(manager, rows);
    return rows.flatMap((row, i) => {
      const applicant = byId.get(row.applicantPersonId);
      const summary = summaries[i];
      if (!applicant || !summary) return [];
      const { category, zoneCode } = row;
      const title = titles.get(`${row.type} ${category}`) ?? null;
      return [{ ...summary, applicant, category, title, zoneCode, mayDecide: this.mayDecide(staff, row) }];
    });
  }

  /** One question for each type on the page, keyed `type category`. */
  private async titles(
    manager: EntityManager,
    rows: readonly CaseRow[],
  ): Promise<Map<string, LocalizedText>> {
    const titles = new Map<string, LocalizedText>();
    for (const type of new Set(rows.map((row) => row.type))) {
      const categories = new Set(rows.flatMap((row) => (row.type === type ? [row.category] : [])));
      const found = await this.definitions.of(type).titles?.(manager, [...categories]);
      for (const [category, title] of found ?? []) titles.set(`${type} ${category}`, title);
    }
    return titles;
  }

  private mayDecide(staff: StaffPrincipal, row: CaseRow): boolean {
    if (row.status !== 'in-review' || !mayUse('cases.decide', staff.role)) return false;
    const step = this.definitions.step(row.type, row.flow, row.stepKey);
    return step?.roles.includes(staff.role) ?? false;
  }

  /** What is known of the applicant now; nothing once they had it erased. */
  private async factsOf(manager: EntityManager, row: CaseRow): Promise<CaseDetail['facts']> {
    if (row.form === null) return [];
    return (await this.people.snapshot(manager, row.applicantPersonId)).facts;
  }

  private sees(staff: StaffPrincipal, row: CaseRow): boolean {
    return staffActor(staff).sees({ caseId: row.id, type: row.type, zoneCode: row.zoneCode });
  }
}
