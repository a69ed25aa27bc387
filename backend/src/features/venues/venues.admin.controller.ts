import { Body, Controller, Inject, Param } from '@nestjs/common';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import {
  type AdminVenue,
  adminVenueListSchema,
  adminVenueSchema,
  type Schedule,
  type ScheduleException,
  scheduleExceptionSchema,
  scheduleSchema,
  type WriteVenue,
  writeExceptionSchema,
  writeScheduleSchema,
  writeVenueSchema,
} from '@talent-card/shared/venues/schema';
import * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { APP_CONFIG, type AppConfig } from '../../platform/config/config.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { SlotMaker } from './slot-maker.js';
import { VenueWeeks } from './venue-weeks.js';
import { VenuesAdministration } from './venues-administration.js';

type WriteSchedule = z.output<typeof writeScheduleSchema>;
type WriteException = z.output<typeof writeExceptionSchema>;

@Controller()
export class VenuesAdminController {
  constructor(
    private readonly administration: VenuesAdministration,
    private readonly weeks: VenueWeeks,
    private readonly maker: SlotMaker,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  @Endpoint(venueAdminRoutes.list, {
    summary: 'Venues of the caller: of the posting, or of the zone',
    response: adminVenueListSchema,
  })
  async list(@Staff() staff: StaffPrincipal): Promise<{ items: AdminVenue[] }> {
    return { items: await this.administration.list(this.database.manager, staff) };
  }

  @Endpoint(venueAdminRoutes.detail, { summary: 'One venue', response: adminVenueSchema })
  detail(@Staff() staff: StaffPrincipal, @Param('venueId') venueId: string): Promise<AdminVenue> {
    return this.administration.detail(this.database.manager, staff, venueId);
  }

  @Endpoint(venueAdminRoutes.create, { summary: 'Add a venue', response: adminVenueSchema })
  create(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: writeVenueSchema }) body: WriteVenue,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminVenue> {
    const demo = this.config.DEMO_DATA === 'load';
    return this.unitOfWork.run((tx) => this.administration.create(tx, staff, body, demo), { idempotency });
  }

  @Endpoint(venueAdminRoutes.update, {
    summary: 'Change a venue; its slots ahead follow its hours',
    response: adminVenueSchema,
  })
  update(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
    @Body({ schema: writeVenueSchema }) body: WriteVenue,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminVenue> {
    return this.change(idempotency, (tx) => this.administration.update(tx, staff, venueId, body));
  }

  @Endpoint(venueAdminRoutes.schedules, {
    summary: 'Weekly templates of a venue',
    response: z.object({ items: z.array(scheduleSchema) }),
  })
  async schedules(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
  ): Promise<{ items: Schedule[] }> {
    return { items: await this.weeks.schedules(this.database.manager, staff, venueId) };
  }

  @Endpoint(venueAdminRoutes.createSchedule, {
    summary: 'Add a weekly template; its slots are made within moments',
    response: scheduleSchema,
  })
  createSchedule(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
    @Body({ schema: writeScheduleSchema }) body: WriteSchedule,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Schedule> {
    return this.change(idempotency, (tx) => this.weeks.createSchedule(tx, staff, venueId, body));
  }

  @Endpoint(venueAdminRoutes.updateSchedule, {
    summary: 'Change a weekly template; slots ahead follow, those with bookings stay unless cancelled',
    response: scheduleSchema,
  })
  updateSchedule(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
    @Param('scheduleId') scheduleId: string,
    @Body({ schema: writeScheduleSchema }) body: WriteSchedule,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Schedule> {
    const which = { venueId, scheduleId };
    return this.change(idempotency, (tx) => this.weeks.updateSchedule(tx, staff, which, body));
  }

  @Endpoint(venueAdminRoutes.exceptions, {
    summary: 'Days ahead that differ from the week',
    response: z.object({ items: z.array(scheduleExceptionSchema) }),
  })
  async exceptions(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
  ): Promise<{ items: ScheduleException[] }> {
    const today = serviceDate(this.clock.now());
    return { items: await this.weeks.exceptions(this.database.manager, staff, venueId, today) };
  }

  @Endpoint(venueAdminRoutes.writeException, {
    summary: 'Set how the venue is open on one day; its slots follow at once',
    response: scheduleExceptionSchema,
  })
  writeException(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
    @Body({ schema: writeExceptionSchema }) body: WriteException,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ScheduleException> {
    return this.change(idempotency, (tx) => this.weeks.writeException(tx, staff, venueId, body));
  }

  @Endpoint(venueAdminRoutes.removeException, { summary: 'Give a day back to the week' })
  async removeException(
    @Staff() staff: StaffPrincipal,
    @Param('venueId') venueId: string,
    @Param('exceptionId') exceptionId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<void> {
    await this.change(idempotency, async (tx) => {
      await this.weeks.removeException(tx, staff, venueId, exceptionId);
      return null;
    });
  }

  /** One change, after which slots are looked at anew. */
  private async change<T>(idempotency: IdempotencyContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    const answer = await this.unitOfWork.run(work, { idempotency });
    this.maker.nudge();
    return answer;
  }
}
