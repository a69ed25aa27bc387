import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { bookingRoutes } from '@talent-card/shared/bookings/routes';
import {
  type Booking,
  type BookingQuery,
  bookingQuerySchema,
  bookingSchema,
  bookSchema,
  rescheduleSchema,
} from '@talent-card/shared/bookings/schema';
import { type Page, pageOf } from '@talent-card/shared/common/schema';
import type * as z from 'zod';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import type { AppRequest } from '../../platform/http/request.js';
import { Bookings } from './bookings.service.js';

@Controller()
export class BookingsController {
  constructor(private readonly bookings: Bookings) {}

  @Endpoint(bookingRoutes.book, { summary: 'Book a slot', response: bookingSchema })
  book(
    @Person() principal: PersonPrincipal,
    @Body({ schema: bookSchema }) { slotId, companions, note }: z.output<typeof bookSchema>,
    @Idempotency() idempotency: IdempotencyContext,
    @Req() { id: requestId }: AppRequest,
  ): Promise<Booking> {
    const request = { principal, slotId, companions, note: note ?? null, requestId };
    return this.bookings.book(request, idempotency);
  }

  @Endpoint(bookingRoutes.mine, { summary: "The caller's bookings", response: pageOf(bookingSchema) })
  mine(
    @Person() person: PersonPrincipal,
    @Query({ schema: bookingQuerySchema }) query: BookingQuery,
  ): Promise<Page<Booking>> {
    return this.bookings.mine(person, query);
  }

  @Endpoint(bookingRoutes.one, { summary: "One of the caller's bookings", response: bookingSchema })
  one(@Person() person: PersonPrincipal, @Param('bookingId') bookingId: string): Promise<Booking> {
    return this.bookings.one(person, bookingId);
  }

  @Endpoint(bookingRoutes.cancel, {
    summary: 'Cancel a booking; place and quota are given back',
    response: bookingSchema,
  })
  cancel(
    @Person() person: PersonPrincipal,
    @Param('bookingId') bookingId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Booking> {
    return this.bookings.cancel(person, bookingId, idempotency);
  }

  @Endpoint(bookingRoutes.reschedule, {
    summary: 'Move a booking to another slot of the channel, both or neither',
    response: bookingSchema,
  })
  reschedule(
    @Person() person: PersonPrincipal,
    @Param('bookingId') bookingId: string,
    @Body({ schema: rescheduleSchema }) { slotId }: z.output<typeof rescheduleSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Booking> {
    return this.bookings.reschedule(person, bookingId, slotId, idempotency);
  }
}
