import { Body, Controller } from '@nestjs/common';
import { windowRoutes } from '@talent-card/shared/uses/routes';
import {
  type Looked,
  lookedSchema,
  lookSchema,
  recordUseSchema,
  type Synced,
  syncedSchema,
  syncSchema,
  type Use,
  useSchema,
  type WindowKit,
  windowKitSchema,
} from '@talent-card/shared/uses/schema';
import type * as z from 'zod';
import type { CitizenPrincipal, StaffPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Citizen, Idempotency, Staff } from '../../platform/http/parameters.js';
import { OfflineUses } from './offline-uses.js';
import { WindowKits } from './window-kits.js';
import { Windows } from './windows.js';

/** The window, on a clerk's phone or at a desk of the console. */
@Controller()
export class WindowController {
  constructor(
    private readonly windows: Windows,
    private readonly offline: OfflineUses,
    private readonly kits: WindowKits,
  ) {}

  @Endpoint(windowRoutes.kit, {
    summary: 'Keys, status list, venues and channels: enough to decide alone for twelve hours',
    response: windowKitSchema,
  })
  kit(@Staff() staff: StaffPrincipal): Promise<WindowKit> {
    return this.kits.pack(staff);
  }

  @Endpoint(windowRoutes.look, {
    summary: 'Who shows this code and what they may use here now; nothing is used yet',
    response: lookedSchema,
  })
  look(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: lookSchema }) body: z.output<typeof lookSchema>,
  ): Promise<Looked> {
    return this.windows.look(staff, body.venueId, body.code);
  }

  @Endpoint(windowRoutes.record, {
    summary: 'Use a channel once: takes the code, and spends quota or checks the booking in',
    response: useSchema,
  })
  record(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: recordUseSchema }) body: z.output<typeof recordUseSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Use> {
    return this.windows.record(staff, body, idempotency);
  }

  @Endpoint(windowRoutes.sync, {
    summary: 'Uses that an enrolled device let in without network; each is answered by itself',
    response: syncedSchema,
  })
  sync(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: syncSchema }) body: z.output<typeof syncSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Synced> {
    return this.offline.sync(staff, body, idempotency);
  }

  @Endpoint(windowRoutes.handIn, {
    summary: "Uses that a phone signed while it was a clerk's; each waits for somebody of the office",
    response: syncedSchema,
  })
  handIn(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: syncSchema }) body: z.output<typeof syncSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Synced> {
    return this.offline.handIn(citizen, body, idempotency);
  }
}
