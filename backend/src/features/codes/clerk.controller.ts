import { Body, Controller, Req } from '@nestjs/common';
import { clerkRoutes } from '@talent-card/shared/card-code/routes';
import {
  type ClerkDevice,
  type ClerkSession,
  clerkDeviceSchema,
  clerkSessionInputSchema,
  clerkSessionSchema,
  enrolClerkSchema,
} from '@talent-card/shared/card-code/schema';
import * as z from 'zod';
import { deviceLabelOf } from '../../platform/accounts/device-label.js';
import type { CitizenPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Citizen, Idempotency } from '../../platform/http/parameters.js';
import type { AppRequest } from '../../platform/http/request.js';
import { ClerkDevices } from './clerk-devices.js';

const deviceListSchema = z.object({ items: z.array(clerkDeviceSchema) });

/** A clerk's phone: signed in by WeChat like everybody's, and let to the window by its key. */
@Controller()
export class ClerkController {
  constructor(
    private readonly clerks: ClerkDevices,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(clerkRoutes.mine, {
    summary: "Phones that the caller's account enrolled for the window; erasing it stops them",
    response: deviceListSchema,
  })
  async mine(@Citizen() citizen: CitizenPrincipal): Promise<{ items: ClerkDevice[] }> {
    return { items: await this.clerks.ofAccount(this.database.manager, citizen.accountId) };
  }

  @Endpoint(clerkRoutes.enrol, {
    summary: "Enrol this phone with the administrator's code; begins twelve hours at the window",
    response: clerkSessionSchema,
  })
  enrol(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: enrolClerkSchema }) body: z.output<typeof enrolClerkSchema>,
    @Req() request: AppRequest,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ClerkSession> {
    return this.clerks.enrol(citizen, body, deviceLabelOf(request.headers['user-agent']), idempotency);
  }

  @Endpoint(clerkRoutes.signIn, {
    summary: "Twelve hours at the window, against the device's signature",
    response: clerkSessionSchema,
  })
  signIn(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: clerkSessionInputSchema }) body: z.output<typeof clerkSessionInputSchema>,
  ): Promise<ClerkSession> {
    return this.clerks.signIn(citizen, body);
  }
}
