import { Controller, Query, Req } from '@nestjs/common';
import { auditRoutes } from '@talent-card/shared/audit/routes';
import {
  type AuditEntry,
  type AuditStatus,
  auditEntrySchema,
  auditQuerySchema,
  auditStatusSchema,
} from '@talent-card/shared/audit/schema';
import { type Page, pageOf } from '@talent-card/shared/common/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../accounts/principal.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { Staff } from '../http/parameters.js';
import type { AppRequest } from '../http/request.js';
import { AuditLog } from './audit-log.js';

@Controller()
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Endpoint(auditRoutes.list, { summary: 'Who did what, latest first', response: pageOf(auditEntrySchema) })
  list(
    @Query({ schema: auditQuerySchema }) query: z.output<typeof auditQuerySchema>,
  ): Promise<Page<AuditEntry>> {
    return this.log.list(query);
  }

  @Endpoint(auditRoutes.status, { summary: 'How far the trail is sealed', response: auditStatusSchema })
  status(): Promise<AuditStatus> {
    return this.log.status();
  }

  @Endpoint(auditRoutes.verify, { summary: 'Check the whole trail now', response: auditStatusSchema })
  async verify(@Staff() staff: StaffPrincipal, @Req() request: AppRequest): Promise<AuditStatus> {
    await this.log.verify(staff, request.id);
    return this.log.status();
  }
}
