import { Body, Controller, Param, Query } from '@nestjs/common';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import {
  type ChangeSlot,
  changeSlotSchema,
  type SlotWeek,
  slotWeekSchema,
  venueWeekQuerySchema,
} from '@talent-card/shared/bookings/schema';
import * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { Slots } from '../venues/slots.service.js';
import { SlotViews, type WeekQuery } from './slot-views.js';

@Controller()
export class SlotsAdminController {
  constructor(
    private readonly slots: Slots,
    private readonly views: SlotViews,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(bookingAdminRoutes.week, {
    summary: 'Every slot of the venue in one week, with what is taken',
    response: slotWeekSchema,
  })
  week(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
    @Query({ schema: venueWeekQuerySchema }) query: WeekQuery,
  ): Promise<SlotWeek> {
    return this.views.ofVenue(this.database.manager, staff, venueId, query);
  }

  @Endpoint(bookingAdminRoutes.changeSlot, {
    summary: 'Change one slot; closing cancels its bookings and tells each holder',
    response: z.object({ cancelledBookings: z.number().int() }),
  })
  change(
    @Staff() staff: StaffPrincipal,
    @Param('slotId') slotId: string,
    @Body({ schema: changeSlotSchema }) body: ChangeSlot,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<{ cancelledBookings: number }> {
    return this.unitOfWork.run(
      async (tx) => ({ cancelledBookings: await this.slots.change(tx, staff, slotId, body) }),
      { idempotency },
    );
  }
}
