import { Body, Controller, Param } from '@nestjs/common';
import { waitingRoutes } from '@talent-card/shared/bookings/routes';
import {
  type Booking,
  bookingSchema,
  joinLineSchema,
  type Waiting,
  waitingListSchema,
  waitingSchema,
} from '@talent-card/shared/bookings/schema';
import type * as z from 'zod';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { WaitingLine } from './waiting-line.js';

@Controller()
export class WaitingController {
  constructor(private readonly line: WaitingLine) {}

  @Endpoint(waitingRoutes.join, { summary: 'Wait for a place in a full slot', response: waitingSchema })
  join(
    @Person() person: PersonPrincipal,
    @Body({ schema: joinLineSchema }) wish: z.output<typeof joinLineSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Waiting> {
    return this.line.join(person, wish, idempotency);
  }

  @Endpoint(waitingRoutes.mine, {
    summary: "The caller's places in line and offers, the latest first",
    response: waitingListSchema,
  })
  mine(@Person() person: PersonPrincipal): Promise<{ items: Waiting[] }> {
    return this.line.mine(person);
  }

  @Endpoint(waitingRoutes.accept, { summary: 'Accept an offered place', response: bookingSchema })
  accept(
    @Person() person: PersonPrincipal,
    @Param('waitingId') waitingId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Booking> {
    return this.line.accept(person, waitingId, idempotency);
  }

  @Endpoint(waitingRoutes.leave, {
    summary: 'Leave the line, or decline an offer: it goes to the next',
    response: waitingSchema,
  })
  leave(
    @Person() person: PersonPrincipal,
    @Param('waitingId') waitingId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Waiting> {
    return this.line.leave(person, waitingId, idempotency);
  }
}
