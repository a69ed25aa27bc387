import { Injectable } from '@nestjs/common';
import { VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { CardKind } from '@talent-card/shared/cards/categories';
import { type EntityManager, In } from 'typeorm';
import { queryList } from '../../platform/database/many-rows.js';
import { CardRow } from './card.entity.js';

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

/** A card with one of its classes; null where it has had none. */
type HeldRow = Omit<Holding, 'periods'> & {
  readonly classThen: string | null;
  readonly classFrom: string | null;
  readonly classUntil: string | null;
};

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
   * Cards in a valid state by person, in one statement however many, or two side by side; who holds none is left out.
   * @param wereActive cards that count as active whatever they are now: at the moment asked about they were
   */
  async of(
    manager: EntityManager,
    personIds: readonly string[],
    wereActive: readonly string[] = [],
  ): Promise<Map<string, Holding[]>> {
    if (personIds.length === 0) return new Map();
    // The plus keeps SQLite from the index on the status, by which it would look at every valid card of the city.
    const valid = `+card.status IN (${VALID_CARD_STATES.map((state) => `'${state}'`).join(', ')})`;
    const earlier = new Set(wereActive);
    const [standing, asked] = await Promise.all([
      this.read(manager, `card.personId IN (:list) AND ${valid}`, [...new Set(personIds)]),
      this.read(manager, 'card.id IN (:list)', [...earlier]),
    ]);
    const held = new Map<string, Holding[]>();
    for (const holding of [
      ...standing.filter(({ cardId }) => !earlier.has(cardId)),
      ...asked.map((card) => ({ ...card, status: 'active' as const })),
    ]) {
      const known = held.get(holding.personId);
      if (known) known.push(holding);
      else held.set(holding.personId, [holding]);
    }
    return held;
  }

  /**
   * Cards with their classes, by id. Written out, since every batch of bookings reads the cards of its people: hydrating
   * costs more than finding. LEFT JOIN, because MariaDB would otherwise begin with all classes of the city.
   */
  private async read(manager: EntityManager, which: string, values: readonly string[]): Promise<Holding[]> {
    const rows = await queryList<HeldRow>(
      manager,
      `SELECT card.id AS cardId, card.personId AS personId, card.kind AS kind, card.status AS status,
         card.validFrom AS validFrom, card.validUntil AS validUntil, card.cardClass AS cardClass,
         period.cardClass AS classThen, period.validFrom AS classFrom, period.validUntil AS classUntil
       FROM cards card LEFT JOIN card_class_periods period ON period.cardId = card.id
       WHERE ${which} ORDER BY card.id`,
      [],
      values,
    );
    const cards = new Map<string, Holding & { readonly periods: ClassPeriod[] }>();
    for (const { classThen, classFrom, classUntil, ...card } of rows) {
      const holding = cards.get(card.cardId) ?? { ...card, periods: [] };
      cards.set(card.cardId, holding);
      if (classThen === null || classFrom === null) continue;
      holding.periods.push({ cardClass: classThen, validFrom: classFrom, validUntil: classUntil });
    }
    return [...cards.values()];
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
}
