import { Controller, Param } from '@nestjs/common';
import { venueRoutes } from '@talent-card/shared/venues/routes';
import { type Venue, type VenueDay, venueDaySchema, venueSchema } from '@talent-card/shared/venues/schema';
import * as z from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Venues } from './venues.service.js';

/** Days that a page of a venue shows, today first. */
const DAYS = 7;

@Controller()
export class VenuesController {
  constructor(
    private readonly venues: Venues,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  @Endpoint(venueRoutes.one, {
    summary: 'A venue, and how it is open today and the six days after',
    response: venueSchema.extend({ days: z.array(venueDaySchema) }),
  })
  async one(@Param('venueId') venueId: string): Promise<Venue & { days: VenueDay[] }> {
    const { manager } = this.database;
    const venue = (await this.venues.byIds(manager, [venueId])).get(venueId);
    const today = serviceDate(this.clock.now());
    const days = (await this.venues.days(manager, [venueId], today, DAYS)).get(venueId);
    if (!venue || !days) throw new DomainError('NOT_FOUND');
    return { ...venue, days };
  }
}
