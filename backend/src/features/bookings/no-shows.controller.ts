import { Body, Controller, Param } from '@nestjs/common';
import { bookingRoutes } from '@talent-card/shared/bookings/routes';
import {
  appealSchema,
  type Booking,
  bookingSchema,
  type Standing,
  standingSchema,
} from '@talent-card/shared/bookings/schema';
import type * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { NoShows } from './no-shows.service.js';

@Controller()
export class NoShowsController {
  constructor(
    private readonly noShows: NoShows,
    private readonly units: CitizenUnits,
  ) {}

  @Endpoint(bookingRoutes.standing, {
    summary: 'Points for not coming, when they go, and until when booking pauses',
    response: standingSchema,
  })
  standing(@Person() person: PersonPrincipal): Promise<Standing> {
    return this.noShows.standing(person);
  }

  @Endpoint(bookingRoutes.appeal, { summary: 'Contradict a point, once', response: bookingSchema })
  appeal(
    @Person() person: PersonPrincipal,
    @Param('bookingId') bookingId: string,
    @Body({ schema: appealSchema }) { reason }: z.output<typeof appealSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Booking> {
    return this.units.run(person, (tx) => this.noShows.appeal(tx, person, bookingId, reason), {
      idempotency,
    });
  }
}
