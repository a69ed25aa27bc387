import { Injectable } from '@nestjs/common';
import { ZONE_CODES, type ZoneCode } from '@talent-card/shared/accounts/districts';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { zonesOf } from '../../core/casework/case-actor.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { addDays } from '../../platform/clock/shanghai.js';
import { CardRow } from './card.entity.js';

/** How many cards there are, of the zones that a member of staff sees. */
export interface CardNumbersOfZone {
  readonly active: number;
  readonly suspended: number;
  /** Active cards whose last day is within 90 days. */
  readonly expiringIn90Days: number;
  /** Cards issued by month (`YYYY-MM`, Asia/Shanghai) since `sinceMonth`; months without any are left out. */
  readonly issuedByMonth: ReadonlyMap<string, number>;
  /** Active cards by zone; zones without any are left out. */
  readonly byZone: ReadonlyMap<string, number>;
}

/** Counts for the workbench, each answered from an index alone. */
@Injectable()
export class CardNumbers {
  async of(
    manager: EntityManager,
    staff: StaffPrincipal,
    today: string,
    sinceMonth: string,
  ): Promise<CardNumbersOfZone> {
    const zones = zonesOf(staff);
    const active = () => this.cards(manager, zones).andWhere("card.status = 'active'");
    const suspended = this.cards(manager, zones).andWhere("card.status = 'suspended'");
    const until = addDays(today, 90);
    const expiring = active().andWhere('card.validUntil BETWEEN :today AND :until', { today, until });
    // Naming every zone, also for the city, lets the index by zone and state answer without a look at the rows.
    const ofZones = this.cards(manager, zones ?? ZONE_CODES).andWhere("card.status = 'active'");
    const issued = this.cards(manager, zones).andWhere('card.issuedMonth >= :sinceMonth', { sinceMonth });
    return {
      active: await active().getCount(),
      suspended: await suspended.getCount(),
      expiringIn90Days: await expiring.getCount(),
      issuedByMonth: await this.grouped(issued, 'card.issuedMonth'),
      byZone: await this.grouped(ofZones, 'card.zoneCode'),
    };
  }

  private cards(manager: EntityManager, zones: readonly ZoneCode[] | undefined): SelectQueryBuilder<CardRow> {
    const query = manager.createQueryBuilder(CardRow, 'card').where('1 = 1');
    return zones ? query.andWhere('card.zoneCode IN (:...zones)', { zones }) : query;
  }

  private async grouped(query: SelectQueryBuilder<CardRow>, by: string): Promise<Map<string, number>> {
    const rows = await query
      .select(by, 'name')
      .addSelect('COUNT(*)', 'amount')
      .groupBy(by)
      .getRawMany<{ name: string; amount: number | string }>();
    return new Map(rows.map((row) => [row.name, Number(row.amount)]));
  }
}
