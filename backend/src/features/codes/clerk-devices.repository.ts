import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, MoreThan, Not } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import { ClerkDeviceRow } from './code.entity.js';

/** The only SQL of the phones of clerks. */
@Injectable()
export class ClerkDevicesRepository {
  find(manager: EntityManager, id: string): Promise<ClerkDeviceRow | null> {
    return manager.findOneBy(ClerkDeviceRow, { id });
  }

  async findMany(manager: EntityManager, ids: readonly string[]): Promise<ClerkDeviceRow[]> {
    return ids.length === 0 ? [] : manager.findBy(ClerkDeviceRow, { id: In([...ids]) });
  }

  /** Newest first. */
  list(manager: EntityManager): Promise<ClerkDeviceRow[]> {
    return manager.find(ClerkDeviceRow, { order: { id: 'DESC' } });
  }

  invitation(manager: EntityManager, enrolmentIndex: string, now: Date): Promise<ClerkDeviceRow | null> {
    return manager.findOneBy(ClerkDeviceRow, {
      enrolmentIndex,
      status: 'invited',
      enrolmentUntil: MoreThan(now),
    });
  }

  async add(tx: Tx, device: ClerkDeviceRow): Promise<void> {
    await tx.manager.insert(ClerkDeviceRow, device);
  }

  /** Changes the device only while it is in the state seen; false when somebody was faster. */
  async change(
    tx: Tx,
    id: string,
    status: ClerkDeviceRow['status'],
    change: Partial<ClerkDeviceRow>,
  ): Promise<boolean> {
    const { affected } = await tx.manager.update(ClerkDeviceRow, { id, status }, change);
    return affected === 1;
  }

  /** The device, locked for the rest of the transaction by noting that it was seen; null unless it is active. */
  async lockActive(tx: Tx, id: string): Promise<ClerkDeviceRow | null> {
    const seen = await this.change(tx, id, 'active', { lastSeenAt: tx.now });
    return seen ? this.find(tx.manager, id) : null;
  }

  /** Revokes it in whatever state it is now, and answers it; null when it was revoked before. */
  async revoke(tx: Tx, id: string, revokeReason: string | null): Promise<ClerkDeviceRow | null> {
    const { affected } = await tx.manager.update(
      ClerkDeviceRow,
      { id, status: Not('revoked') },
      { status: 'revoked', enrolmentIndex: null, enrolmentUntil: null, revokedAt: tx.now, revokeReason },
    );
    return affected === 1 ? this.find(tx.manager, id) : null;
  }

  async noteSeen(tx: Tx, id: string): Promise<void> {
    await tx.manager.update(ClerkDeviceRow, { id }, { lastSeenAt: tx.now });
  }

  ofAccount(manager: EntityManager, accountId: string): Promise<ClerkDeviceRow[]> {
    return manager.find(ClerkDeviceRow, { where: { accountId }, order: { id: 'DESC' } });
  }

  async forgetInvitations(tx: Tx, before: Date): Promise<void> {
    await tx.manager.delete(ClerkDeviceRow, { status: 'invited', enrolmentUntil: LessThan(before) });
  }
}
