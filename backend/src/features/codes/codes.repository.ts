import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CARD_REF_LENGTH } from '@talent-card/shared/card-code/credential';
import type { CardState } from '@talent-card/shared/cards/card-state';
import { type EntityManager, IsNull, LessThan } from 'typeorm';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { insertMissingRows } from '../../platform/database/many-rows.js';
import type { Tx } from '../../platform/database/tx.js';
import { CodeCardRow, CodeDeviceRow, IssuerKeyRow, StatusListRow } from './code.entity.js';

export type NewDevice = Omit<CodeDeviceRow, 'activeCardId'>;

/** The one row of the status list. */
const LIST = 'cards';

/** The only SQL of issuer keys, of cards and the phones that show them, and of the status list. */
@Injectable()
export class CodesRepository {
  // ---- issuer keys

  /** Newest first. */
  issuerKeys(manager: EntityManager): Promise<IssuerKeyRow[]> {
    return manager.find(IssuerKeyRow, { order: { version: 'DESC' } });
  }

  /** False when another node made this version. */
  async addIssuerKey(tx: Tx, key: IssuerKeyRow): Promise<boolean> {
    try {
      await tx.manager.insert(IssuerKeyRow, key);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Ends every key that still signs but for the newest: they verify until `notAfter`, and their secret is gone. */
  async endIssuerKeys(tx: Tx, before: number, notAfter: Date): Promise<void> {
    await tx.manager.update(
      IssuerKeyRow,
      { version: LessThan(before), notAfter: IsNull() },
      { notAfter, privateKeySealed: null },
    );
  }

  // ---- cards and devices

  cardByRef(manager: EntityManager, cardRef: string): Promise<CodeCardRow | null> {
    return manager.findOneBy(CodeCardRow, { cardRef });
  }

  /**
   * The card's row, made at its first use and locked until the end of the transaction: of two phones that enrol at
   * once the second sees the first.
   */
  async lockCard(tx: Tx, cardId: string, status: CardState): Promise<CodeCardRow> {
    const row = {
      cardId,
      cardRef: randomBytes(CARD_REF_LENGTH).toString('base64url'),
      status,
    };
    await insertMissingRows(tx, 'code_cards', ['cardId'], ['cardId', 'cardRef', 'status'], [row]);
    return tx.manager.findOneByOrFail(CodeCardRow, { cardId });
  }

  card(manager: EntityManager, cardId: string): Promise<CodeCardRow | null> {
    return manager.findOneBy(CodeCardRow, { cardId });
  }

  /** The state that the status list says. False for a card that no code was ever made for. */
  async noteCardStatus(tx: Tx, cardId: string, status: CardState): Promise<boolean> {
    const { affected } = await tx.manager.update(CodeCardRow, { cardId }, { status });
    return affected === 1;
  }

  device(manager: EntityManager, id: string): Promise<CodeDeviceRow | null> {
    return manager.findOneBy(CodeDeviceRow, { id });
  }

  deviceByIndex(manager: EntityManager, statusIndex: number): Promise<CodeDeviceRow | null> {
    return manager.findOneBy(CodeDeviceRow, { statusIndex });
  }

  activeDevice(manager: EntityManager, cardId: string): Promise<CodeDeviceRow | null> {
    return manager.findOneBy(CodeDeviceRow, { cardId, status: 'active' });
  }

  /** Newest first. */
  devicesOfCard(manager: EntityManager, cardId: string): Promise<CodeDeviceRow[]> {
    return manager.find(CodeDeviceRow, { where: { cardId }, order: { id: 'DESC' } });
  }

  devicesOfPerson(manager: EntityManager, personId: string): Promise<CodeDeviceRow[]> {
    return manager.find(CodeDeviceRow, { where: { personId }, order: { id: 'DESC' } });
  }

  async addDevice(tx: Tx, device: NewDevice): Promise<void> {
    await tx.manager.insert(CodeDeviceRow, device);
  }

  /** With the session that the phone has now. */
  async noteRenewal(tx: Tx, id: string, sessionId: string): Promise<void> {
    await tx.manager.update(CodeDeviceRow, { id }, { lastRenewedAt: tx.now, sessionId });
  }

  /** False when it was revoked already. */
  async revokeDevice(
    tx: Tx,
    id: string,
    by: Pick<CodeDeviceRow, 'revokedBy' | 'revokeReason'>,
  ): Promise<boolean> {
    const { affected } = await tx.manager.update(
      CodeDeviceRow,
      { id, status: 'active' },
      { ...by, status: 'revoked', revokedAt: tx.now },
    );
    return affected === 1;
  }

  /** Leaves of a person's devices what the status list needs: a place and that it is revoked. */
  async forgetDevices(tx: Tx, personId: string): Promise<void> {
    await tx.manager.update(
      CodeDeviceRow,
      { personId },
      { personId: null, accountId: null, sessionId: null, publicKey: '', label: '', revokeReason: null },
    );
  }

  // ---- the status list

  listRow(manager: EntityManager): Promise<StatusListRow | null> {
    return manager.findOneBy(StatusListRow, { id: LIST });
  }

  /** One version on, in the transaction of what changed: who comes second waits for the first's commit. */
  async touchList(tx: Tx): Promise<void> {
    await this.makeList(tx);
    await tx.manager
      .createQueryBuilder()
      .update(StatusListRow)
      .set({ version: () => 'version + 1', changedAt: tx.now })
      .where({ id: LIST })
      .execute();
  }

  /** The next free place, never given twice. */
  async takeIndex(tx: Tx): Promise<number> {
    await this.makeList(tx);
    await tx.manager
      .createQueryBuilder()
      .update(StatusListRow)
      .set({ nextIndex: () => 'nextIndex + 1' })
      .where({ id: LIST })
      .execute();
    const row = await tx.manager.findOneByOrFail(StatusListRow, { id: LIST });
    return row.nextIndex - 1;
  }

  private async makeList(tx: Tx): Promise<void> {
    const row = { id: LIST, version: 1, nextIndex: 0, changedAt: tx.now };
    await insertMissingRows(
      tx,
      'code_status_list',
      ['id'],
      ['id', 'version', 'nextIndex', 'changedAt'],
      [row],
    );
  }

  /** Place and state of every device that is revoked or whose card does not work; the others are valid. */
  async invalidDevices(
    manager: EntityManager,
  ): Promise<{ statusIndex: number; status: CodeDeviceRow['status']; cardStatus: CardState }[]> {
    const rows = await manager
      .createQueryBuilder(CodeDeviceRow, 'device')
      .innerJoin(CodeCardRow, 'card', 'card.cardId = device.cardId')
      .select('device.statusIndex', 'statusIndex')
      .addSelect('device.status', 'status')
      .addSelect('card.status', 'cardStatus')
      .where("device.status = 'revoked' OR card.status <> 'active'")
      .orderBy('device.statusIndex', 'ASC')
      .getRawMany<{ statusIndex: number | string; status: CodeDeviceRow['status']; cardStatus: CardState }>();
    return rows.map((row) => ({ ...row, statusIndex: Number(row.statusIndex) }));
  }
}
