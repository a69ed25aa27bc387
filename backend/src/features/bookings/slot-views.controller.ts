import { Controller, Param, Query, Req, Res } from '@nestjs/common';
import { bookingRoutes } from '@talent-card/shared/bookings/routes';
import { slotQuerySchema, slotWeekSchema } from '@talent-card/shared/bookings/schema';
import type { FastifyReply } from 'fastify';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import type { AppRequest } from '../../platform/http/request.js';
import { SharedAnswers } from '../../platform/http/shared-answer.js';
import { type SlotListQuery, SlotViews } from './slot-views.js';

@Controller()
export class SlotViewsController {
  constructor(
    private readonly views: SlotViews,
    private readonly answers: SharedAnswers,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(bookingRoutes.slots, {
    summary: 'Slots of a channel at a venue with the places left; carries an ETag',
    response: slotWeekSchema,
  })
  slots(
    @Param('channelId') channelId: string,
    @Query({ schema: slotQuerySchema }) query: SlotListQuery,
    @Req() request: AppRequest,
    @Res() reply: FastifyReply,
  ): Promise<unknown> {
    const key = ['slots', channelId, query.venueId, query.from ?? '', query.days].join(' ');
    const read = () => this.views.ofChannel(this.database.manager, channelId, query);
    return this.answers.answer(request, reply, key, read, slotWeekSchema);
  }
}
