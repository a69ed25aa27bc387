import { Body, Controller, Param } from '@nestjs/common';
import { idSchema } from '@talent-card/shared/common/schema';
import { ratingRoutes } from '@talent-card/shared/feedback/routes';
import {
  appealRatingSchema,
  type Rating,
  rateSchema,
  ratingSchema,
} from '@talent-card/shared/feedback/schema';
import type * as z from 'zod';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { Ratings } from './ratings.service.js';

@Controller()
export class RatingsController {
  constructor(private readonly ratings: Ratings) {}

  @Endpoint(ratingRoutes.rate, { summary: 'Rate a use of one’s own, once', response: ratingSchema })
  rate(
    @Person() person: PersonPrincipal,
    @Param('useId', { schema: idSchema }) useId: string,
    @Body({ schema: rateSchema }) rate: z.output<typeof rateSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Rating> {
    return this.ratings.rate(person, useId, rate, idempotency);
  }

  @Endpoint(ratingRoutes.one, {
    summary: 'A rating of one’s own, with what was answered',
    response: ratingSchema,
  })
  one(
    @Person() person: PersonPrincipal,
    @Param('ratingId', { schema: idSchema }) ratingId: string,
  ): Promise<Rating> {
    return this.ratings.one(person, ratingId);
  }

  @Endpoint(ratingRoutes.appeal, {
    summary: 'Appeal, once, against how a bad grade was dealt with',
    response: ratingSchema,
  })
  appeal(
    @Person() person: PersonPrincipal,
    @Param('ratingId', { schema: idSchema }) ratingId: string,
    @Body({ schema: appealRatingSchema }) { reason }: z.output<typeof appealRatingSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Rating> {
    return this.ratings.appeal(person, ratingId, reason, idempotency);
  }
}
