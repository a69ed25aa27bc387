import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { type CaseState, OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import { Brackets, type EntityManager, In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CaseDocumentRow, CaseEventRow, CaseNumberRow, CaseRow, CaseStepRow } from './case.entity.js';

export type NewCase = Omit<CaseRow, 'openPersonId'>;
export type CaseChange = Partial<Omit<NewCase, 'id' | 'version'>>;

/** A step that somebody's role may decide: by its type, since keys repeat between types. */
export interface StepFilter {
  readonly type: string;
  readonly stepKeys: readonly string[];
}

export interface CaseFilter {
  /** Undefined sees every zone. */
  readonly zones?: readonly ZoneCode[] | undefined;
  readonly type?: string | undefined;
  readonly statuses?: readonly CaseState[] | undefined;
  /** `in-review` cases due before this day. */
  readonly dueBefore?: string | undefined;
  readonly dueOn?: string | undefined;
  /** Only cases that wait at one of these steps. */
  readonly steps?: readonly StepFilter[] | undefined;
  readonly caseNumberPrefix?: string | undefined;
  readonly applicants?: readonly string[] | undefined;
}

export interface CasePosition {
  readonly id: string;
  readonly dueOn: string | null;
}

/** The only SQL of the casework tables. */
@Injectable()
export class CasesRepository {
  find(manager: EntityManager, caseId: string): Promise<CaseRow | null> {
    return manager.findOneBy(CaseRow, { id: caseId });
  }

  /** The open case of the same type, applicant and key. */
  findOpen(
    manager: EntityManager,
    { type, applicantPersonId, openKey }: Pick<CaseRow, 'type' | 'applicantPersonId' | 'openKey'>,
  ): Promise<CaseRow | null> {
    return manager.findOneBy(CaseRow, {
      type,
      applicantPersonId,
      openKey,
      status: In([...OPEN_CASE_STATES]),
    });
  }

  ofApplicant(manager: EntityManager, personId: string, type?: string): Promise<CaseRow[]> {
    return manager.find(CaseRow, {
      where: { applicantPersonId: personId, ...(type === undefined ? {} : { type }) },
      order: { id: 'DESC' },
    });
  }

  /** False when the person has an open case of the type and key already. */
  async insert(tx: Tx, row: NewCase): Promise<boolean> {
    try {
      await tx.manager.insert(CaseRow, row as QueryDeepPartialEntity<CaseRow>);
      return true;
    } catch (error) {
      if (isUniqueViolation(error) && (await this.findOpen(tx.manager, row))) {
        return false;
      }
      throw error;
    }
  }

  /**
   * The one way a case changes: only if it still stands as it was read. Of two who decide at once, the second finds
   * another version and gets false.
   */
  async change(tx: Tx, seen: CaseRow, change: CaseChange): Promise<boolean> {
    const changed = await tx.manager.update(
      CaseRow,
      {
        id: seen.id,
        version: seen.version,
        status: seen.status,
        stepKey: seen.stepKey === null ? IsNull() : seen.stepKey,
      },
      { ...change, version: seen.version + 1, updatedAt: tx.now } as QueryDeepPartialEntity<CaseRow>,
    );
    return changed.affected === 1;
  }

  async setResult(tx: Tx, caseId: string, resultId: string | null): Promise<void> {
    await tx.manager.update(CaseRow, { id: caseId }, { resultId });
  }

  /** Notes that the due date has passed; not a change that a reviewer must look at, so the version stays. */
  async markOverdue(tx: Tx, caseId: string, dueOn: string): Promise<boolean> {
    const marked = await tx.manager
      .createQueryBuilder()
      .update(CaseRow)
      .set({ overdueMarkedFor: dueOn })
      .where("id = :caseId AND status = 'in-review' AND dueOn = :dueOn", { caseId, dueOn })
      .andWhere('(overdueMarkedFor IS NULL OR overdueMarkedFor <> :dueOn)', { dueOn })
      .execute();
    return marked.affected === 1;
  }

  /** Cases whose due date passed before `today` unnoted, the longest overdue first. */
  newlyOverdue(manager: EntityManager, today: string, limit: number): Promise<CaseRow[]> {
    return manager
      .createQueryBuilder(CaseRow, 'c')
      .where("c.status = 'in-review' AND c.dueOn < :today", { today })
      .andWhere('(c.overdueMarkedFor IS NULL OR c.overdueMarkedFor <> c.dueOn)')
      .orderBy('c.dueOn', 'ASC')
      .addOrderBy('c.id', 'ASC')
      .limit(limit)
      .getMany();
  }

  /**
   * A number that no other case of the day gets. Two submissions at once meet at the day's row, so the second waits
   * for the first's commit; a number taken by a transaction that fails may stay a gap.
   */
  async nextNumber(tx: Tx, day: string): Promise<number> {
    if (!(await this.raiseNumber(tx, day))) {
      try {
        await tx.manager.insert(CaseNumberRow, { day, last: 1 });
        return 1;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        await this.raiseNumber(tx, day);
      }
    }
    return (await tx.manager.findOneByOrFail(CaseNumberRow, { day })).last;
  }

  private async raiseNumber(tx: Tx, day: string): Promise<boolean> {
    const raised = await tx.manager.update(CaseNumberRow, { day }, { last: () => 'last + 1' });
    return raised.affected === 1;
  }

  /** Open cases by due date, all others by newest first; `after` is the last of the page before. */
  list(
    manager: EntityManager,
    filter: CaseFilter,
    order: 'due' | 'newest',
    after: CasePosition | undefined,
    limit: number,
  ): Promise<CaseRow[]> {
    const query = this.filtered(manager, filter);
    if (order === 'newest') {
      query.orderBy('c.id', 'DESC');
      if (after) query.andWhere('c.id < :afterId', { afterId: after.id });
    } else {
      query.orderBy('c.dueOn', 'ASC').addOrderBy('c.id', 'ASC');
      if (after) {
        query.andWhere('(c.dueOn > :afterDue OR (c.dueOn = :afterDue AND c.id > :afterId))', {
          afterDue: after.dueOn ?? '',
          afterId: after.id,
        });
      }
    }
    return query.limit(limit).getMany();
  }

  count(manager: EntityManager, filter: CaseFilter): Promise<number> {
    return this.filtered(manager, filter).getCount();
  }

  private filtered(manager: EntityManager, filter: CaseFilter): SelectQueryBuilder<CaseRow> {
    const query = manager.createQueryBuilder(CaseRow, 'c');
    const { zones, statuses, steps } = filter;
    if (zones) query.andWhere('c.zoneCode IN (:...zones)', { zones });
    if (filter.type) query.andWhere('c.type = :type', { type: filter.type });
    if (statuses) query.andWhere('c.status IN (:...statuses)', { statuses });
    if (filter.dueBefore) query.andWhere('c.dueOn < :dueBefore', { dueBefore: filter.dueBefore });
    if (filter.dueOn) query.andWhere('c.dueOn = :dueOn', { dueOn: filter.dueOn });
    if (filter.applicants || filter.caseNumberPrefix) {
      query.andWhere(
        new Brackets((any) => {
          any.where(filter.caseNumberPrefix ? 'c.caseNumber LIKE :prefix' : '1 = 0', {
            prefix: `${filter.caseNumberPrefix ?? ''}%`,
          });
          if (filter.applicants && filter.applicants.length > 0) {
            any.orWhere('c.applicantPersonId IN (:...applicants)', { applicants: filter.applicants });
          }
        }),
      );
    }
    if (steps) {
      query.andWhere(
        new Brackets((any) => {
          any.where('1 = 0');
          steps.forEach((step, i) => {
            any.orWhere(`(c.type = :type${i} AND c.stepKey IN (:...keys${i}))`, {
              [`type${i}`]: step.type,
              [`keys${i}`]: step.stepKeys,
            });
          });
        }),
      );
    }
    return query;
  }

  async addSteps(tx: Tx, rows: CaseStepRow[]): Promise<void> {
    await tx.manager.insert(CaseStepRow, rows);
  }

  steps(manager: EntityManager, caseId: string): Promise<CaseStepRow[]> {
    return manager.find(CaseStepRow, { where: { caseId }, order: { position: 'ASC' } });
  }

  stepsOfMany(manager: EntityManager, caseIds: readonly string[]): Promise<CaseStepRow[]> {
    if (caseIds.length === 0) return Promise.resolve([]);
    return manager.find(CaseStepRow, { where: { caseId: In([...caseIds]) }, order: { position: 'ASC' } });
  }

  async setStep(
    tx: Tx,
    caseId: string,
    position: number,
    change: Pick<CaseStepRow, 'status'> & Partial<CaseStepRow>,
  ): Promise<void> {
    await tx.manager.update(CaseStepRow, { caseId, position }, change);
  }

  /** Whatever has not been done will not be. */
  async skipRest(tx: Tx, caseId: string): Promise<void> {
    await tx.manager.update(CaseStepRow, { caseId, status: In(['current', 'ahead']) }, { status: 'skipped' });
  }

  async addDocuments(tx: Tx, rows: CaseDocumentRow[]): Promise<void> {
    if (rows.length > 0) await tx.manager.insert(CaseDocumentRow, rows);
  }

  documents(manager: EntityManager, caseId: string): Promise<CaseDocumentRow[]> {
    return manager.find(CaseDocumentRow, { where: { caseId }, order: { id: 'ASC' } });
  }

  async removeDocuments(tx: Tx, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await tx.manager.delete(CaseDocumentRow, { id: In([...ids]) });
  }

  async addEvent(tx: Tx, row: CaseEventRow): Promise<void> {
    await tx.manager.insert(CaseEventRow, row);
  }

  events(manager: EntityManager, caseId: string): Promise<CaseEventRow[]> {
    return manager.find(CaseEventRow, { where: { caseId }, order: { id: 'ASC' } });
  }

  /** Takes all words from a person's cases; the rows stay as the office's record of what it decided. */
  async erase(tx: Tx, personId: string): Promise<void> {
    const rows = await this.ofApplicant(tx.manager, personId);
    const caseIds = rows.map((row) => row.id);
    if (caseIds.length === 0) return;
    for (const row of rows) {
      const open = row.status === 'in-review' || row.status === 'returned';
      const emptied = await this.change(tx, row, {
        form: null,
        conditions: null,
        corrections: null,
        decisionNote: null,
        accountId: null,
        ...(open ? { status: 'withdrawn', stepKey: null, dueOn: null, decidedAt: tx.now } : {}),
      });
      // Somebody decided it meanwhile: nothing is erased rather than all but this.
      if (!emptied) throw new DomainError('STALE_VERSION');
      if (open) await this.skipRest(tx, row.id);
    }
    await tx.manager.update(CaseEventRow, { caseId: In(caseIds) }, { note: null });
    await tx.manager.update(CaseEventRow, { caseId: In(caseIds), actorType: 'applicant' }, { actorId: null });
    await tx.manager.delete(CaseDocumentRow, { caseId: In(caseIds) });
  }
}
