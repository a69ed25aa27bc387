import { Body, Controller, Param, Query } from '@nestjs/common';
import { STAFF_ROLES } from '@talent-card/shared/accounts/permissions';
import { staffRoutes } from '@talent-card/shared/accounts/routes';
import {
  createStaffSchema,
  oneTimePasswordSchema,
  type StaffMember,
  staffMemberSchema,
  updateStaffSchema,
} from '@talent-card/shared/accounts/schema';
import type { BodyOf } from '@talent-card/shared/common/route';
import {
  cursorQuerySchema,
  type Page,
  pageOf,
  type Reason,
  reasonSchema,
} from '@talent-card/shared/common/schema';
import * as z from 'zod';
import type { IdempotencyContext } from '../../database/unit-of-work.js';
import { Endpoint } from '../../http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../http/parameters.js';
import type { StaffPrincipal } from '../principal.js';
import { type OneTimeAccess, StaffAdministration, type StaffQuery } from './staff-administration.js';

const staffQuerySchema = cursorQuerySchema.extend({
  q: z.string().trim().max(50).optional(),
  role: z.enum(STAFF_ROLES).optional(),
  status: z.enum(['active', 'disabled']).optional(),
});

@Controller()
export class StaffAdminController {
  constructor(private readonly administration: StaffAdministration) {}

  @Endpoint(staffRoutes.list, { summary: 'Members of staff', response: pageOf(staffMemberSchema) })
  list(@Query({ schema: staffQuerySchema }) query: StaffQuery): Promise<Page<StaffMember>> {
    return this.administration.list(query);
  }

  @Endpoint(staffRoutes.create, {
    summary: 'Add a member of staff; answers with the one-time password',
    response: oneTimePasswordSchema,
  })
  create(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: createStaffSchema }) body: BodyOf<typeof staffRoutes.create>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<OneTimeAccess> {
    return this.administration.create(staff, body, idempotency);
  }

  @Endpoint(staffRoutes.update, {
    summary: 'Change name, role, zone, venues or status; all but the name ends their sessions',
    response: staffMemberSchema,
  })
  update(
    @Staff() staff: StaffPrincipal,
    @Param('staffId') staffId: string,
    @Body({ schema: updateStaffSchema }) body: BodyOf<typeof staffRoutes.update>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<StaffMember> {
    return this.administration.update(staff, staffId, body, idempotency);
  }

  @Endpoint(staffRoutes.resetAccess, {
    summary: 'New one-time password; authenticator, recovery codes and sessions are gone',
    response: oneTimePasswordSchema,
  })
  resetAccess(
    @Staff() staff: StaffPrincipal,
    @Param('staffId') staffId: string,
    @Body({ schema: reasonSchema }) body: Reason,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<OneTimeAccess> {
    return this.administration.resetAccess(staff, staffId, body.reason, idempotency);
  }

  @Endpoint(staffRoutes.unlock, {
    summary: 'Lift the lock-outs caused by wrong tries',
    response: staffMemberSchema,
  })
  unlock(
    @Staff() staff: StaffPrincipal,
    @Param('staffId') staffId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<StaffMember> {
    return this.administration.unlock(staff, staffId, idempotency);
  }
}
