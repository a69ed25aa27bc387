import { Body, Controller, Param } from '@nestjs/common';
import { cardCodeAdminRoutes } from '@talent-card/shared/card-code/routes';
import {
  type ClerkDevice,
  type ClerkInvitation,
  type CodeDevice,
  clerkDeviceSchema,
  clerkInvitationSchema,
  codeDeviceSchema,
  inviteClerkDeviceSchema,
} from '@talent-card/shared/card-code/schema';
import { type Reason, reasonSchema } from '@talent-card/shared/common/schema';
import * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { ClerkDevices } from './clerk-devices.js';
import { CodeDevices } from './code-devices.js';

const codeDeviceListSchema = z.object({ items: z.array(codeDeviceSchema) });
const clerkDeviceListSchema = z.object({ items: z.array(clerkDeviceSchema) });

/** Phones of holders and of clerks, as staff see them. */
@Controller()
export class CodesAdminController {
  constructor(
    private readonly devices: CodeDevices,
    private readonly clerks: ClerkDevices,
  ) {}

  @Endpoint(cardCodeAdminRoutes.devices, {
    summary: 'Phones that show, or showed, the code of a card',
    response: codeDeviceListSchema,
  })
  async ofCard(
    @Staff() staff: StaffPrincipal,
    @Param('cardId') cardId: string,
  ): Promise<{ items: CodeDevice[] }> {
    return { items: await this.devices.ofCard(staff, cardId) };
  }

  @Endpoint(cardCodeAdminRoutes.revoke, {
    summary: "Revoke a holder's phone at the window, with a reason",
    response: codeDeviceSchema,
  })
  revoke(
    @Staff() staff: StaffPrincipal,
    @Param('deviceId') deviceId: string,
    @Body({ schema: reasonSchema }) body: Reason,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CodeDevice> {
    return this.devices.revokeAtWindow(staff, deviceId, body.reason, idempotency);
  }

  @Endpoint(cardCodeAdminRoutes.clerkDevices, {
    summary: 'Phones of clerks; venue roles see those of their venues',
    response: clerkDeviceListSchema,
  })
  async clerkDevices(@Staff() staff: StaffPrincipal): Promise<{ items: ClerkDevice[] }> {
    return { items: await this.clerks.list(staff) };
  }

  @Endpoint(cardCodeAdminRoutes.invite, {
    summary: 'Invite a phone of a clerk; the code is shown this once',
    response: clerkInvitationSchema,
  })
  invite(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: inviteClerkDeviceSchema }) body: z.output<typeof inviteClerkDeviceSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ClerkInvitation> {
    return this.clerks.invite(staff, body.staffId, idempotency);
  }

  @Endpoint(cardCodeAdminRoutes.revokeClerk, {
    summary: "Revoke a clerk's phone; its session ends at once",
    response: clerkDeviceSchema,
  })
  revokeClerk(
    @Staff() staff: StaffPrincipal,
    @Param('deviceId') deviceId: string,
    @Body({ schema: reasonSchema }) body: Reason,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ClerkDevice> {
    return this.clerks.revoke(staff, deviceId, body.reason, idempotency);
  }
}
