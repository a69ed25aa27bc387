import { Injectable } from '@nestjs/common';
import type { UseState } from '@talent-card/shared/uses/use-state';
import { type EntityManager, In, LessThan } from 'typeorm';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { latestFirst } from '../../platform/database/moment-cursor.js';
import type { PageQuery, RowPage } from '../../platform/database/page.js';
import type { Tx } from '../../platform/database/tx.js';
import { LookRow, UseRow } from './use.entity.js';

export interface UseFilter {
  readonly personId?: string | undefined;
  /** Undefined sees every venue. */
  readonly venueIds?: readonly string[] | undefined;
  readonly venueId?: string | undefined;
  readonly channelId?: string | undefined;
  readonly status?: UseState | undefined;
  readonly offline?: boolean | undefined;
  /** Service days, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
/** Whom a clerk's phone let in: the party of a code at a window. */
export type SaidUse = Pick<UseRow, 'codeId' | 'channelId' | 'venueId' | 'companions'> & {
  readonly clerkDeviceId: string;
};

/** The only SQL of uses and looks. */
@Injectable()
export class UsesRepository {
  async addLook(tx: Tx, look: LookRow): Promise<void> {
    await tx.manager.insert(LookRow, look);
  }

  look(manager: EntityManager, id: string): Promise<LookRow | null> {
    return manager.findOneBy(LookRow, { id });
  }

  async forgetLooks(tx: Tx, before: Date): Promise<void> {
    await tx.manager.delete(LookRow, { expiresAt: LessThan(before) });
  }

  isTaken(manager: EntityManager, codeKey: string): Promise<boolean> {
    return manager.existsBy(UseRow, { codeKey });
  }

  /** What a clerk's phone has said of one code, the first first. */
  alike(manager: EntityManager, use: SaidUse): Promise<UseRow[]> {
    const { codeId, clerkDeviceId, channelId, venueId, companions } = use;
    return manager.find(UseRow, {
      where: { codeId, clerkDeviceId, channelId, venueId, companions },
      order: { id: 'ASC' },
    });
  }

  byClientId(manager: EntityManager, clientUseId: string): Promise<UseRow | null> {
    return manager.findOneBy(UseRow, { clientUseId });
  }

  find(manager: EntityManager, id: string): Promise<UseRow | null> {
    return manager.findOneBy(UseRow, { id });
  }

  /** Uses that a booking was checked in by and that still count. */
  standingOf(manager: EntityManager, personId: string, bookingId: string): Promise<UseRow[]> {
    return manager.findBy(UseRow, { personId, bookingId, status: In(['used', 'disputed']) });
  }

  async findMany(manager: EntityManager, ids: readonly string[]): Promise<UseRow[]> {
    return ids.length === 0 ? [] : manager.findBy(UseRow, { id: In([...ids]) });
  }

  /**
   * Writes the use, and with it takes the code. False when another use has taken it: of two clerks with one code the
   * second waits here for the first's commit.
   */
  async add(tx: Tx, use: UseRow): Promise<boolean> {
    try {
      await tx.manager.insert(UseRow, use);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** What was decided in the same transaction, before anybody has seen the use. */
  async complete(tx: Tx, id: string, decided: Partial<UseRow>): Promise<void> {
    await tx.manager.update(UseRow, { id }, decided);
  }

  /** Compare and set; false when somebody was faster. */
  async change(tx: Tx, seen: UseRow, change: Partial<UseRow>): Promise<boolean> {
    const { affected } = await tx.manager.update(
      UseRow,
      { id: seen.id, version: seen.version, status: seen.status },
      { ...change, version: seen.version + 1 },
    );
    return affected === 1;
  }

  /** Latest first. */
  page(manager: EntityManager, filter: UseFilter, query: PageQuery): Promise<RowPage<UseRow>> {
    return latestFirst(this.filtered(manager, filter), 'at', query);
  }

  count(manager: EntityManager, filter: UseFilter): Promise<number> {
    return this.filtered(manager, filter).getCount();
  }

  /**
   * Takes the words from a person's uses that may speak of them; the uses stay as the venue's record. Each counts as
   * changed, so that nobody writes of it what they had in hand before.
   */
  async erase(tx: Tx, personId: string): Promise<void> {
    await tx.manager.delete(LookRow, { personId });
    const words = { settledNote: null, refundReason: null, disputeReason: null, disputeAnswer: null };
    await tx.manager.update(UseRow, { personId }, { ...words, version: () => 'version + 1' });
  }

  private filtered(manager: EntityManager, filter: UseFilter) {
    const found = manager.createQueryBuilder(UseRow, 'used').where('1 = 1');
    const { personId, venueIds, venueId, channelId, status, offline, from, to } = filter;
    if (personId) found.andWhere('used.personId = :personId', { personId });
    if (venueIds) {
      if (venueIds.length === 0) found.andWhere('1 = 0');
      else found.andWhere('used.venueId IN (:...venueIds)', { venueIds: [...venueIds] });
    }
    if (venueId) found.andWhere('used.venueId = :venueId', { venueId });
    if (channelId) found.andWhere('used.channelId = :channelId', { channelId });
    if (status) found.andWhere('used.status = :status', { status });
    if (offline !== undefined) found.andWhere('used.offline = :offline', { offline });
    if (from) found.andWhere('used.serviceDate >= :from', { from });
    if (to) found.andWhere('used.serviceDate <= :to', { to });
    return found;
  }
}
