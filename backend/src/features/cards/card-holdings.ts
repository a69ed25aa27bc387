import { Injectable } from '@nestjs/common';
import { VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { CardKind } from '@talent-card/shared/cards/categories';
import { type EntityManager, In } from 'typeorm';
import { queryList } from '../../platform/database/many-rows.js';
import { type CardClassPeriodRow, CardRow } from './card.entity.js';

export interface ClassPeriod {
  readonly cardClass: string;
  readonly validFrom: string;
  /** Last day; null for the class of today. */
  readonly validUntil: string | null;
}

/** A card in a valid state, with the classes it has had. */
export interface Holding {
  readonly cardId: string;
  readonly personId: string;
  readonly kind: CardKind;
  readonly status: (typeof VALID_CARD_STATES)[number];
  readonly validFrom: string;
  readonly validUntil: string;
  /** The class of today. */
  readonly cardClass: string | null;
  readonly periods: readonly ClassPeriod[];
}

type HeldRow = Omit<Holding, 'cardId' | 'periods'> & { readonly id: string };

/** The class of a card on a day; the card may have had none, or the city runs one class only. */
export function classOn(holding: Holding, day: string): string | null {
  const period = holding.periods.find(
    ({ validFrom, validUntil }) => validFrom <= day && (validUntil === null || day <= validUntil),
  );
  return period?.cardClass ?? holding.cardClass;
}

/** Which cards people hold, for features that ask what a card opens. */
@Injectable()
export class CardHoldings {
  /**
   * Cards in a valid state by person, in two statements however many; who holds none is left out.
   * @param wereActive cards that count as active whatever they are now: at the moment asked about they were
   */
  async of(
    manager: EntityManager,
    personIds: readonly string[],
    wereActive: readonly string[] = [],
  ): Promise<Map<string, Holding[]>> {
    const held = new Map<string, Holding[]>();
    if (personIds.length === 0) return held;
    const states = VALID_CARD_STATES.map((state) => `'${state}'`).join(', ');
    // Written out, since every batch of bookings reads the cards of its people: hydrating costs more than finding.
    const columns = 'id, personId, kind, status, validFrom, validUntil, cardClass';
    const standing = await queryList<HeldRow>(
      manager,
      `SELECT ${columns} FROM cards WHERE status IN (${states}) AND personId IN (:list) ORDER BY id`,
      [],
      [...new Set(personIds)],
    );
    const earlier = await queryList<HeldRow>(
      manager,
      `SELECT ${columns} FROM cards WHERE id IN (:list) ORDER BY id`,
      [],
      [...new Set(wereActive)],
    );
    const cards = [
      ...standing.filter(({ id }) => !wereActive.includes(id)),
      ...earlier.map((card) => ({ ...card, status: 'active' as const })),
    ];
    const periods = await this.periodsOf(
      manager,
      cards.map(({ id }) => id),
    );
    for (const { id, personId, kind, status, validFrom, validUntil, cardClass } of cards) {
      const holding: Holding = {
        cardId: id,
        personId,
        kind,
        status,
        validFrom,
        validUntil,
        cardClass,
        periods: periods.get(id) ?? [],
      };
      const known = held.get(personId);
      if (known) known.push(holding);
      else held.set(personId, [holding]);
    }
    return held;
  }

  /** The sixteen digits of cards, whatever their state, by id. */
  async numbersOf(manager: EntityManager, cardIds: readonly string[]): Promise<Map<string, string>> {
    if (cardIds.length === 0) return new Map();
    const cards = await manager.find(CardRow, {
      select: { id: true, number: true },
      where: { id: In([...new Set(cardIds)]) },
    });
    return new Map(cards.map(({ id, number }) => [id, number]));
  }

  private async periodsOf(
    manager: EntityManager,
    cardIds: readonly string[],
  ): Promise<Map<string, ClassPeriod[]>> {
    const periods = new Map<string, ClassPeriod[]>();
    const rows = await queryList<CardClassPeriodRow>(
      manager,
      'SELECT cardId, validFrom, cardClass, validUntil FROM card_class_periods WHERE cardId IN (:list)',
      [],
      cardIds,
    );
    for (const row of rows) {
      const known = periods.get(row.cardId);
      if (known) known.push(row);
      else periods.set(row.cardId, [row]);
    }
    return periods;
  }
}
