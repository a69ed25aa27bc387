import { Body, Controller, Param } from '@nestjs/common';
import { cardRoutes } from '@talent-card/shared/cards/routes';
import { type Card, cardListSchema, cardSchema, reportFoundSchema } from '@talent-card/shared/cards/schema';
import type * as z from 'zod';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { CardViews } from './card-views.js';
import { LostReports } from './lost-reports.js';

@Controller()
export class CardsController {
  constructor(
    private readonly views: CardViews,
    private readonly lostReports: LostReports,
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
    return this.lostReports.report(person, cardId, idempotency);
  }

  @Endpoint(cardRoutes.reportFound, {
    summary: "Take back the report of a loss with the number of one's document; the card works again",
    response: cardSchema,
  })
  reportFound(
    @Person() person: PersonPrincipal,
    @Param('cardId') cardId: string,
    @Body({ schema: reportFoundSchema }) { identityNumber }: z.output<typeof reportFoundSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Card> {
    return this.lostReports.lift(person, cardId, identityNumber, idempotency);
  }
}
