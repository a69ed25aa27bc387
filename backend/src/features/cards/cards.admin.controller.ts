import { Body, Controller, Param, Query } from '@nestjs/common';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import {
  type CardDetail,
  type CardQuery,
  type CardRow,
  cardClassListSchema,
  cardDetailSchema,
  cardQuerySchema,
  cardRowSchema,
  changeClassSchema,
} from '@talent-card/shared/cards/schema';
import { type Page, pageOf, staffReasonSchema } from '@talent-card/shared/common/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import type { CardMove } from './card-moves.js';
import { CardViews } from './card-views.js';
import { Cards } from './cards.service.js';

type Action = z.output<typeof staffReasonSchema>;

@Controller()
export class CardsAdminController {
  constructor(
    private readonly cards: Cards,
    private readonly views: CardViews,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(cardAdminRoutes.list, {
    summary: 'Cards of the zone: search by name, card number or whole identity number',
    response: pageOf(cardRowSchema),
  })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: cardQuerySchema }) query: CardQuery,
  ): Promise<Page<CardRow>> {
    return this.views.list(this.database.manager, staff, query);
  }

  @Endpoint(cardAdminRoutes.classes, {
    summary: 'Classes that the city runs; none where all cards are of one class',
    response: cardClassListSchema,
  })
  async classes(): Promise<z.infer<typeof cardClassListSchema>> {
    return { items: await this.views.classes(this.database.manager) };
  }

  @Endpoint(cardAdminRoutes.detail, { summary: 'One card with its history', response: cardDetailSchema })
  detail(@Staff() staff: StaffPrincipal, @Param('cardId') cardId: string): Promise<CardDetail> {
    return this.views.detail(this.database.manager, staff, cardId);
  }

  @Endpoint(cardAdminRoutes.suspend, { summary: 'Suspend a card, with a reason', response: cardDetailSchema })
  suspend(
    @Staff() staff: StaffPrincipal,
    @Param('cardId') cardId: string,
    @Body({ schema: staffReasonSchema }) action: Action,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CardDetail> {
    return this.move(staff, cardId, 'suspend', action, idempotency);
  }

  @Endpoint(cardAdminRoutes.restore, {
    summary: 'Let a suspended or lost card work again, with a reason',
    response: cardDetailSchema,
  })
  restore(
    @Staff() staff: StaffPrincipal,
    @Param('cardId') cardId: string,
    @Body({ schema: staffReasonSchema }) action: Action,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CardDetail> {
    return this.move(staff, cardId, 'restore', action, idempotency);
  }

  @Endpoint(cardAdminRoutes.revoke, {
    summary: 'Revoke a card for good, with a reason',
    response: cardDetailSchema,
  })
  revoke(
    @Staff() staff: StaffPrincipal,
    @Param('cardId') cardId: string,
    @Body({ schema: staffReasonSchema }) action: Action,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CardDetail> {
    return this.move(staff, cardId, 'revoke', action, idempotency);
  }

  @Endpoint(cardAdminRoutes.changeClass, {
    summary: 'Give a card another class from a day on, with a reason',
    response: cardDetailSchema,
  })
  changeClass(
    @Staff() staff: StaffPrincipal,
    @Param('cardId') cardId: string,
    @Body({ schema: changeClassSchema }) change: z.output<typeof changeClassSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CardDetail> {
    return this.act(staff, cardId, idempotency, (tx) => this.cards.changeClass(tx, staff, cardId, change));
  }

  private move(
    staff: StaffPrincipal,
    cardId: string,
    move: CardMove,
    action: Action,
    idempotency: IdempotencyContext,
  ): Promise<CardDetail> {
    return this.act(staff, cardId, idempotency, (tx) => this.cards.move(tx, staff, cardId, move, action));
  }

  /** One change of a card that this member of staff may see, answered with the card after it. */
  private act(
    staff: StaffPrincipal,
    cardId: string,
    idempotency: IdempotencyContext,
    change: (tx: Tx) => Promise<void>,
  ): Promise<CardDetail> {
    return this.unitOfWork.run(
      async (tx) => {
        await this.views.visible(tx.manager, staff, cardId);
        await change(tx);
        return this.views.detail(tx.manager, staff, cardId);
      },
      { idempotency },
    );
  }
}
