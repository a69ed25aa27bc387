import { Body, Controller, Param, Query } from '@nestjs/common';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import {
  type AdminBooking,
  type Arrivals as ArrivalList,
  adminBookingQuerySchema,
  adminBookingSchema,
  arrivalsQuerySchema,
  arrivalsSchema,
  checkInByNumberSchema,
  decideAppealSchema,
} from '@talent-card/shared/bookings/schema';
import { type Page, pageOf, staffReasonSchema } from '@talent-card/shared/common/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { Arrivals } from './arrivals.service.js';
import { type AdminQuery, BookingsAdminViews } from './bookings-admin.views.js';
import { NoShows } from './no-shows.service.js';

type StaffReason = z.output<typeof staffReasonSchema>;

@Controller()
export class BookingsAdminController {
  constructor(
    private readonly arrivals: Arrivals,
    private readonly noShows: NoShows,
    private readonly views: BookingsAdminViews,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(bookingAdminRoutes.arrivals, {
    summary: 'Whom a venue expects on a day and who came, by slot',
    response: arrivalsSchema,
  })
  ofDay(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: arrivalsQuerySchema }) query: z.output<typeof arrivalsQuerySchema>,
  ): Promise<ArrivalList> {
    return this.arrivals.ofDay(this.database.manager, staff, query);
  }

  @Endpoint(bookingAdminRoutes.list, {
    summary: 'Bookings at the venues of the caller: by venue, channel, state, days, number or name',
    response: pageOf(adminBookingSchema),
  })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: adminBookingQuerySchema }) query: AdminQuery,
  ): Promise<Page<AdminBooking>> {
    return this.views.list(this.database.manager, staff, query);
  }

  @Endpoint(bookingAdminRoutes.detail, { summary: 'One booking', response: adminBookingSchema })
  detail(@Staff() staff: StaffPrincipal, @Param('bookingId') bookingId: string): Promise<AdminBooking> {
    return this.views.detail(this.database.manager, staff, bookingId);
  }

  @Endpoint(bookingAdminRoutes.checkIn, {
    summary: 'Check somebody in by the number of the booking',
    response: adminBookingSchema,
  })
  checkIn(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: checkInByNumberSchema }) body: z.output<typeof checkInByNumberSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminBooking> {
    return this.unitOfWork.run((tx) => this.arrivals.checkIn(tx, staff, body), { idempotency });
  }

  @Endpoint(bookingAdminRoutes.undoCheckIn, {
    summary: 'Take a check-in by mistake back',
    response: adminBookingSchema,
  })
  undoCheckIn(
    @Staff() staff: StaffPrincipal,
    @Param('bookingId') bookingId: string,
    @Body({ schema: staffReasonSchema }) body: StaffReason,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminBooking> {
    return this.unitOfWork.run((tx) => this.arrivals.undoCheckIn(tx, staff, bookingId, body), {
      idempotency,
    });
  }

  @Endpoint(bookingAdminRoutes.cancel, {
    summary: 'Cancel for the venue, with a reason that the holder reads',
    response: adminBookingSchema,
  })
  cancel(
    @Staff() staff: StaffPrincipal,
    @Param('bookingId') bookingId: string,
    @Body({ schema: staffReasonSchema }) body: StaffReason,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminBooking> {
    return this.unitOfWork.run((tx) => this.arrivals.cancel(tx, staff, bookingId, body), { idempotency });
  }

  @Endpoint(bookingAdminRoutes.decideAppeal, {
    summary: 'Answer an appeal against a point for not coming',
    response: adminBookingSchema,
  })
  decideAppeal(
    @Staff() staff: StaffPrincipal,
    @Param('bookingId') bookingId: string,
    @Body({ schema: decideAppealSchema }) body: z.output<typeof decideAppealSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminBooking> {
    return this.unitOfWork.run((tx) => this.noShows.decideAppeal(tx, staff, bookingId, body), {
      idempotency,
    });
  }
}
