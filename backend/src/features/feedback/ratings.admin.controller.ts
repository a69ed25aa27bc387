import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { idSchema, type Page, pageOf } from '@talent-card/shared/common/schema';
import { ratingAdminRoutes } from '@talent-card/shared/feedback/routes';
import {
  type AdminRating,
  adminRatingSchema,
  answerCallBackSchema,
  ratingQuerySchema,
} from '@talent-card/shared/feedback/schema';
import * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import type { AppRequest } from '../../platform/http/request.js';
import { RatingAdministration } from './rating-administration.js';

type Answer = z.output<typeof answerCallBackSchema>;
const phoneSchema = z.object({ phone: z.string().nullable() });

@Controller()
export class RatingsAdminController {
  constructor(
    private readonly ratings: RatingAdministration,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(ratingAdminRoutes.list, {
    summary: 'Ratings of one’s venues, latest first, and who is to be called back',
    response: pageOf(adminRatingSchema),
  })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: ratingQuerySchema }) query: z.output<typeof ratingQuerySchema>,
  ): Promise<Page<AdminRating>> {
    return this.ratings.list(this.database.manager, staff, query);
  }

  @Endpoint(ratingAdminRoutes.phone, {
    summary: 'Read the phone number of somebody to call back; the reading is an entry of the audit log',
    response: phoneSchema,
  })
  phone(
    @Staff() staff: StaffPrincipal,
    @Param('ratingId', { schema: idSchema }) ratingId: string,
    @Req() request: AppRequest,
  ): Promise<z.infer<typeof phoneSchema>> {
    return this.ratings.phone(staff, ratingId, request.id);
  }

  @Endpoint(ratingAdminRoutes.answer, {
    summary: 'End a call back, with what was found and mended',
    response: adminRatingSchema,
  })
  answer(
    @Staff() staff: StaffPrincipal,
    @Param('ratingId', { schema: idSchema }) ratingId: string,
    @Body({ schema: answerCallBackSchema }) answer: Answer,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminRating> {
    return this.ratings.answer(staff, ratingId, answer, idempotency);
  }

  @Endpoint(ratingAdminRoutes.answerAppeal, {
    summary: 'Decide on an appeal, as somebody other than who answered before',
    response: adminRatingSchema,
  })
  answerAppeal(
    @Staff() staff: StaffPrincipal,
    @Param('ratingId', { schema: idSchema }) ratingId: string,
    @Body({ schema: answerCallBackSchema }) answer: Answer,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminRating> {
    return this.ratings.answerAppeal(staff, ratingId, answer, idempotency);
  }
}
