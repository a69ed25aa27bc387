import { Body, Controller, Param, Query } from '@nestjs/common';
import { type Page, pageOf, staffReasonSchema } from '@talent-card/shared/common/schema';
import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import {
  type AdminUse,
  adminUseQuerySchema,
  adminUseSchema,
  answerDisputeSchema,
  settleSchema,
} from '@talent-card/shared/uses/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { UseAdministration } from './use-administration.js';

@Controller()
export class UsesAdminController {
  constructor(
    private readonly uses: UseAdministration,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(useAdminRoutes.list, {
    summary: "Uses at the caller's venues, latest first",
    response: pageOf(adminUseSchema),
  })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: adminUseQuerySchema }) query: z.output<typeof adminUseQuerySchema>,
  ): Promise<Page<AdminUse>> {
    return this.uses.list(this.database.manager, staff, query);
  }

  @Endpoint(useAdminRoutes.detail, { summary: 'One use', response: adminUseSchema })
  detail(@Staff() staff: StaffPrincipal, @Param('useId') useId: string): Promise<AdminUse> {
    return this.uses.detail(this.database.manager, staff, useId);
  }

  @Endpoint(useAdminRoutes.settle, {
    summary: 'Let an offline use stand, or strike it, with a note',
    response: adminUseSchema,
  })
  settle(
    @Staff() staff: StaffPrincipal,
    @Param('useId') useId: string,
    @Body({ schema: settleSchema }) body: z.output<typeof settleSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminUse> {
    return this.uses.settle(staff, useId, body, idempotency);
  }

  @Endpoint(useAdminRoutes.refund, {
    summary: 'Give a mistaken use back, with the reason that its holder reads',
    response: adminUseSchema,
  })
  refund(
    @Staff() staff: StaffPrincipal,
    @Param('useId') useId: string,
    @Body({ schema: staffReasonSchema }) body: z.output<typeof staffReasonSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminUse> {
    return this.uses.refund(staff, useId, body, idempotency);
  }

  @Endpoint(useAdminRoutes.answerDispute, {
    summary: 'Answer a disputed use: give it back, or keep it counted',
    response: adminUseSchema,
  })
  answerDispute(
    @Staff() staff: StaffPrincipal,
    @Param('useId') useId: string,
    @Body({ schema: answerDisputeSchema }) body: z.output<typeof answerDisputeSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<AdminUse> {
    return this.uses.answerDispute(staff, useId, body, idempotency);
  }
}
