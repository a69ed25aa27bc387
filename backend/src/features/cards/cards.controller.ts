import { Controller, Param } from '@nestjs/common';
import { cardRoutes } from '@talent-card/shared/cards/routes';
import { type Card, cardListSchema, cardSchema } from '@talent-card/shared/cards/schema';
import type * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { CardViews } from './card-views.js';
import { Cards } from './cards.service.js';

@Controller()
export class CardsController {
  constructor(
    private readonly cards: Cards,
    private readonly views: CardViews,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(cardRoutes.mine, { summary: "The caller's cards, valid ones first", response: cardListSchema })
  async mine(@Person() person: PersonPrincipal): Promise<z.infer<typeof cardListSchema>> {
    return { items: await this.views.mine(this.database.manager, person.personId) };
  }

  @Endpoint(cardRoutes.one, { summary: "One of the caller's cards", response: cardSchema })
  one(@Person() person: PersonPrincipal, @Param('cardId') cardId: string): Promise<Card> {
    return this.views.one(this.database.manager, person.personId, cardId);
  }

  @Endpoint(cardRoutes.reportLost, {
    summary: 'Report a card as lost; it stops working',
    response: cardSchema,
  })
  reportLost(
    @Person() person: PersonPrincipal,
    @Param('cardId') cardId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Card> {
    return this.report(person, cardId, 'reportLost', idempotency);
  }

  @Endpoint(cardRoutes.reportFound, {
    summary: 'Take back the report of a loss; the card works again',
    response: cardSchema,
  })
  reportFound(
    @Person() person: PersonPrincipal,
    @Param('cardId') cardId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Card> {
    return this.report(person, cardId, 'reportFound', idempotency);
  }

  private report(
    person: PersonPrincipal,
    cardId: string,
    move: 'reportLost' | 'reportFound',
    idempotency: IdempotencyContext,
  ): Promise<Card> {
    return this.units.run(
      person,
      async (tx) => {
        await this.views.one(tx.manager, person.personId, cardId);
        await this.cards.move(tx, person, cardId, move, { reason: null });
        return this.views.one(tx.manager, person.personId, cardId);
      },
      { idempotency },
    );
  }
}
