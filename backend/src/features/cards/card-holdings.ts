import { Injectable } from '@nestjs/common';
import { VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { CardKind } from '@talent-card/shared/cards/categories';
import { type EntityManager, In } from 'typeorm';
import { CardClassPeriodRow, CardRow } from './card.entity.js';

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
  /** Cards in a valid state by person, in two statements however many; who holds none is left out. */
  async of(manager: EntityManager, personIds: readonly string[]): Promise<Map<string, Holding[]>> {
    const held = new Map<string, Holding[]>();
    if (personIds.length === 0) return held;
    const cards = await manager.find(CardRow, {
      where: { personId: In([...new Set(personIds)]), status: In([...VALID_CARD_STATES]) },
      order: { id: 'ASC' },
    });
    const periods = await this.periodsOf(
      manager,
      cards.map(({ id }) => id),
    );
    for (const { id, personId, kind, status, validFrom, validUntil, cardClass } of cards) {
      const holding: Holding = {
        cardId: id,
        personId,
        kind,
        status: status as Holding['status'],
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
    if (cardIds.length === 0) return periods;
    for (const row of await manager.findBy(CardClassPeriodRow, { cardId: In([...cardIds]) })) {
      const known = periods.get(row.cardId);
      if (known) known.push(row);
      else periods.set(row.cardId, [row]);
    }
    return periods;
  }
}
