import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import { VacancyAlertRow } from './alerts.entity.js';

/** The only SQL of vacancy alerts. */
@Injectable()
export class AlertsRepository {
  ofPerson(manager: EntityManager, personId: string): Promise<VacancyAlertRow[]> {
    return manager.find(VacancyAlertRow, { where: { personId }, order: { id: 'DESC' } });
  }

  /** Takes the place of one for the same channel and venue. */
  async set(tx: Tx, alert: VacancyAlertRow): Promise<void> {
    const { personId, channelId, venueId } = alert;
    await tx.manager.delete(VacancyAlertRow, { personId, channelId, venueId });
    await tx.manager.insert(VacancyAlertRow, alert);
  }

  /** False when it is not there or not theirs. */
  async remove(tx: Tx, personId: string, alertId: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(VacancyAlertRow, { id: alertId, personId });
    return affected === 1;
  }

  async removeAll(tx: Tx, personId: string): Promise<void> {
    await tx.manager.delete(VacancyAlertRow, { personId });
  }

  /** Channels and venues that somebody wants to be told of, with the days that lie ahead. */
  async wanted(
    manager: EntityManager,
    today: string,
  ): Promise<{ channelId: string; venueId: string; from: string; to: string }[]> {
    return manager
      .createQueryBuilder(VacancyAlertRow, 'alert')
      .select('alert.channelId', 'channelId')
      .addSelect('alert.venueId', 'venueId')
      .addSelect('MIN(alert.fromDay)', 'from')
      .addSelect('MAX(alert.toDay)', 'to')
      .where('alert.toldAt IS NULL AND alert.toDay >= :today', { today })
      .groupBy('alert.channelId')
      .addGroupBy('alert.venueId')
      .getRawMany();
  }

  /** Not told yet, of one channel and venue, that would take one of these days; the first to ask first. */
  async waitingFor(
    manager: EntityManager,
    { channelId, venueId }: { channelId: string; venueId: string },
    days: readonly string[],
    { after, limit }: { readonly after: string; readonly limit: number },
  ): Promise<VacancyAlertRow[]> {
    const [first] = days;
    if (first === undefined) return [];
    const some = days.map((_, i) => `(alert.fromDay <= :day${i} AND :day${i} <= alert.toDay)`).join(' OR ');
    return manager
      .createQueryBuilder(VacancyAlertRow, 'alert')
      .where('alert.toldAt IS NULL AND alert.channelId = :channelId AND alert.venueId = :venueId', {
        channelId,
        venueId,
      })
      .andWhere('alert.id > :after', { after })
      .andWhere(`(${some})`, Object.fromEntries(days.map((day, i) => [`day${i}`, day])))
      .orderBy('alert.id', 'ASC')
      .limit(limit)
      .getMany();
  }

  /** Those still to be told, now marked as told. */
  async markTold(tx: Tx, alertIds: readonly string[]): Promise<VacancyAlertRow[]> {
    const waiting = await tx.manager.findBy(VacancyAlertRow, { id: In([...alertIds]), toldAt: IsNull() });
    const ids = waiting.map(({ id }) => id);
    if (ids.length > 0) await tx.manager.update(VacancyAlertRow, { id: In(ids) }, { toldAt: tx.now });
    return waiting;
  }

  async forget(tx: Tx, before: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .delete()
      .from(VacancyAlertRow)
      .where('toDay < :before', { before })
      .execute();
  }
}
