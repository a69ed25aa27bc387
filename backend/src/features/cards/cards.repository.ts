import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { type CardState, VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { CardCategory, CardKind } from '@talent-card/shared/cards/categories';
import { Brackets, type EntityManager, In, IsNull, LessThan, type SelectQueryBuilder } from 'typeorm';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { BY_ID, pageByKey } from '../../platform/database/key-cursor.js';
import type { PageQuery, RowPage } from '../../platform/database/page.js';
import type { Tx } from '../../platform/database/tx.js';
import { CardClassPeriodRow, CardClassRow, CardEventRow, CardRow } from './card.entity.js';

export type NewCard = Omit<CardRow, 'validPersonId'>;

export interface CardFilter {
  /** Undefined sees every zone. */
  readonly zones?: readonly ZoneCode[] | undefined;
  readonly status?: CardState | undefined;
  readonly category?: CardCategory | undefined;
  readonly cardClass?: string | undefined;
  readonly expiresBefore?: string | undefined;
  /** Cards with this number, or of one of these people. */
  readonly search?: { readonly numberPrefix: string | null; readonly holders: readonly string[] } | undefined;
}

/** The only SQL of the card tables. */
@Injectable()
export class CardsRepository {
  find(manager: EntityManager, cardId: string): Promise<CardRow | null> {
    return manager.findOneBy(CardRow, { id: cardId });
  }

  async findMany(manager: EntityManager, cardIds: readonly string[]): Promise<CardRow[]> {
    return cardIds.length === 0 ? [] : manager.findBy(CardRow, { id: In([...cardIds]) });
  }

  findValid(manager: EntityManager, personId: string, kind: CardKind): Promise<CardRow | null> {
    return manager.findOneBy(CardRow, { personId, kind, status: In([...VALID_CARD_STATES]) });
  }

  ofPerson(manager: EntityManager, personId: string): Promise<CardRow[]> {
    return manager.find(CardRow, { where: { personId }, order: { id: 'DESC' } });
  }

  /**
   * Inserts the card unless the database refuses it by one of its unique keys. Of two issued at once for one person
   * the second waits for the first's commit and is refused; READ COMMITTED then shows it the first.
   */
  async insert(tx: Tx, card: NewCard): Promise<boolean> {
    try {
      await tx.manager.insert(CardRow, card);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Changes the card only if it still stands as it was read; false when somebody was faster. */
  async change(
    tx: Tx,
    seen: CardRow,
    change: Partial<Pick<CardRow, 'status' | 'statusReason' | 'cardClass'>>,
  ): Promise<boolean> {
    const changed = await tx.manager.update(
      CardRow,
      { id: seen.id, version: seen.version, status: seen.status },
      { ...change, version: seen.version + 1 },
    );
    return changed.affected === 1;
  }

  /** Cards in a valid state whose last day is before `today`. */
  async lapsed(manager: EntityManager, today: string, limit: number): Promise<CardRow[]> {
    return manager.find(CardRow, {
      where: { status: In([...VALID_CARD_STATES]), validUntil: LessThan(today) },
      order: { validUntil: 'ASC' },
      take: limit,
    });
  }

  /** The newest first. */
  page(manager: EntityManager, filter: CardFilter, query: PageQuery): Promise<RowPage<CardRow>> {
    return pageByKey<CardRow>(this.filtered(manager, filter), BY_ID, query);
  }

  count(manager: EntityManager, filter: CardFilter): Promise<number> {
    return this.filtered(manager, filter).getCount();
  }

  private filtered(manager: EntityManager, filter: CardFilter): SelectQueryBuilder<CardRow> {
    const query = manager.createQueryBuilder(CardRow, 'card');
    const { zones, status, category, cardClass, expiresBefore, search } = filter;
    if (zones) query.andWhere('card.zoneCode IN (:...zones)', { zones });
    if (status) query.andWhere('card.status = :status', { status });
    if (category) query.andWhere('card.category = :category', { category });
    if (cardClass) query.andWhere('card.cardClass = :cardClass', { cardClass });
    if (expiresBefore) query.andWhere('card.validUntil < :expiresBefore', { expiresBefore });
    if (search) {
      query.andWhere(
        new Brackets((any) => {
          any.where(search.numberPrefix ? 'card.number LIKE :number' : '1 = 0', {
            number: `${search.numberPrefix ?? ''}%`,
          });
          if (search.holders.length > 0) {
            any.orWhere('card.personId IN (:...holders)', { holders: search.holders });
          }
        }),
      );
    }
    return query;
  }

  async addEvent(tx: Tx, event: CardEventRow): Promise<void> {
    await tx.manager.insert(CardEventRow, event);
  }

  events(manager: EntityManager, cardId: string): Promise<CardEventRow[]> {
    return manager.find(CardEventRow, { where: { cardId }, order: { id: 'ASC' } });
  }

  classPeriods(manager: EntityManager, cardId: string): Promise<CardClassPeriodRow[]> {
    return manager.find(CardClassPeriodRow, { where: { cardId }, order: { validFrom: 'ASC' } });
  }

  /** Begins a class; one that began on the same day is replaced, an earlier one ends the day before. */
  async beginClass(
    tx: Tx,
    cardId: string,
    cardClass: string,
    validFrom: string,
    dayBefore: string,
  ): Promise<void> {
    await tx.manager.delete(CardClassPeriodRow, { cardId, validFrom });
    await tx.manager.update(CardClassPeriodRow, { cardId, validUntil: IsNull() }, { validUntil: dayBefore });
    await tx.manager.insert(CardClassPeriodRow, { cardId, validFrom, cardClass, validUntil: null });
  }

  classes(manager: EntityManager): Promise<CardClassRow[]> {
    return manager.find(CardClassRow, { order: { position: 'ASC' } });
  }

  async replaceClasses(tx: Tx, classes: CardClassRow[]): Promise<void> {
    await tx.manager.deleteAll(CardClassRow);
    if (classes.length > 0) await tx.manager.insert(CardClassRow, classes);
  }

  /** Takes the words from a person's cards that may speak of them; the cards stay as the office's record. */
  async erase(tx: Tx, personId: string): Promise<void> {
    const cardIds = (await this.ofPerson(tx.manager, personId)).map((card) => card.id);
    if (cardIds.length === 0) return;
    await tx.manager.update(CardRow, { id: In(cardIds) }, { statusReason: null });
    await tx.manager.update(CardEventRow, { cardId: In(cardIds) }, { reason: null });
    await tx.manager.update(CardEventRow, { cardId: In(cardIds), actorType: 'citizen' }, { actorId: null });
  }
}
