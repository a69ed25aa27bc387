import { Injectable } from '@nestjs/common';
import type { CardState } from '@talent-card/shared/cards/card-state';
import type { Card, CardDetail, CardRow as CardListRow, CardQuery } from '@talent-card/shared/cards/schema';
import type { LocalizedText, Page } from '@talent-card/shared/common/schema';
import type { EntityManager } from 'typeorm';
import { zonesOf } from '../../core/casework/case-actor.js';
import { People } from '../../core/people/people.service.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { addDays, serviceDate } from '../../platform/clock/shanghai.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { CardRow } from './card.entity.js';
import { type CardFilter, CardsRepository } from './cards.repository.js';
import { isValid } from './cards.service.js';

/** How long before its last day a card may be renewed. */
const RENEWAL_DAYS = 90;

/** Cards as their holder and as staff read them. */
@Injectable()
export class CardViews {
  constructor(
    private readonly cards: CardsRepository,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  /** A person's cards: valid ones first, then newest first. */
  async mine(manager: EntityManager, personId: string): Promise<Card[]> {
    const rows = await this.cards.ofPerson(manager, personId);
    const cards = await this.forHolder(manager, personId, rows);
    const rank = (card: Card) => (isValid(card.status) ? 0 : 1);
    return cards.sort((a, b) => rank(a) - rank(b));
  }

  /** @throws DomainError NOT_FOUND also for somebody else's card */
  async one(manager: EntityManager, personId: string, cardId: string): Promise<Card> {
    const row = await this.cards.find(manager, cardId);
    if (!row || row.personId !== personId) throw new DomainError('NOT_FOUND');
    const [card] = await this.forHolder(manager, personId, [row]);
    if (!card) throw new DomainError('NOT_FOUND');
    return card;
  }

  async list(manager: EntityManager, staff: StaffPrincipal, query: CardQuery): Promise<Page<CardListRow>> {
    const filter = await this.filterOf(manager, staff, query);
    if (filter === null) return { items: [], nextCursor: null, total: 0 };
    const { cursor, limit } = query;
    const page = await this.cards.page(manager, filter, { cursor, limit: Number(limit ?? 20) });
    return {
      items: await this.forStaff(manager, page.items),
      nextCursor: page.nextCursor,
      total: await this.cards.count(manager, filter),
    };
  }

  /** @throws DomainError NOT_FOUND also for a card of another zone */
  async detail(manager: EntityManager, staff: StaffPrincipal, cardId: string): Promise<CardDetail> {
    const row = await this.visible(manager, staff, cardId);
    const [item] = await this.forStaff(manager, [row]);
    if (!item) throw new DomainError('NOT_FOUND');
    const events = await this.cards.events(manager, cardId);
    const periods = await this.cards.classPeriods(manager, cardId);
    return {
      ...item,
      history: events.map((event) => ({
        at: event.at.toISOString(),
        action: event.action,
        from: event.fromValue,
        to: event.toValue,
        reason: event.reason,
        actorName: event.actorName,
      })),
      classHistory: periods.map(({ cardClass, validFrom, validUntil }) => ({
        cardClass,
        validFrom,
        validUntil,
      })),
      caseId: row.caseId,
      rosterEntryId: row.rosterEntryId,
    };
  }

  async classes(manager: EntityManager): Promise<{ code: string; name: LocalizedText }[]> {
    const classes = await this.cards.classes(manager);
    return classes.map(({ code, nameZh, nameEn }) => ({ code, name: { zh: nameZh, en: nameEn } }));
  }

  /** @throws DomainError NOT_FOUND also for a card of another zone */
  async visible(manager: EntityManager, staff: StaffPrincipal, cardId: string): Promise<CardRow> {
    const row = await this.cards.find(manager, cardId);
    const zones = zonesOf(staff);
    if (!row || (zones && !zones.includes(row.zoneCode))) throw new DomainError('NOT_FOUND');
    return row;
  }

  /** Null where nothing can match. */
  private async filterOf(
    manager: EntityManager,
    staff: StaffPrincipal,
    query: CardQuery,
  ): Promise<CardFilter | null> {
    const visible = zonesOf(staff);
    const { zoneCode, status, category, cardClass, expiresBefore, q } = query;
    if (zoneCode && visible && !visible.includes(zoneCode)) return null;
    const digits = q?.replace(/\s/g, '') ?? '';
    return {
      zones: zoneCode ? [zoneCode] : visible,
      status,
      category,
      cardClass,
      expiresBefore,
      search: q
        ? {
            numberPrefix: /^\d{4,16}$/.test(digits) ? digits : null,
            holders: await this.people.search(manager, q),
          }
        : undefined,
    };
  }

  private async forHolder(manager: EntityManager, personId: string, rows: CardRow[]): Promise<Card[]> {
    if (rows.length === 0) return [];
    const names = await this.people.names(manager, [personId]);
    return rows.map((row) => ({
      cardId: row.id,
      kind: row.kind,
      number: row.number,
      holderName: names.get(personId) ?? '',
      category: row.category,
      cardClass: row.cardClass,
      status: this.statusOf(row),
      validFrom: row.validFrom,
      validUntil: row.validUntil,
      issuedAt: row.issuedAt.toISOString(),
      statusReason: row.statusReason,
      renewalOpensOn: addDays(row.validUntil, -RENEWAL_DAYS),
      demo: row.demo,
    }));
  }

  private async forStaff(manager: EntityManager, rows: readonly CardRow[]): Promise<CardListRow[]> {
    const holders = await this.people.summary(
      manager,
      rows.map((row) => row.personId),
    );
    const byId = new Map(holders.map((holder) => [holder.personId, holder]));
    return rows.flatMap((row) => {
      const holder = byId.get(row.personId);
      if (!holder) return [];
      return [
        {
          cardId: row.id,
          number: row.number,
          kind: row.kind,
          holder,
          category: row.category,
          cardClass: row.cardClass,
          zoneCode: row.zoneCode,
          status: this.statusOf(row),
          validFrom: row.validFrom,
          validUntil: row.validUntil,
          issuedAt: row.issuedAt.toISOString(),
          version: row.version,
        },
      ];
    });
  }

  /** A card whose last day has passed reads as expired before the job has said so. */
  private statusOf(row: CardRow): CardState {
    const lapsed = row.validUntil < serviceDate(this.clock.now());
    return lapsed && isValid(row.status) ? 'expired' : row.status;
  }
}
