import { Body, Controller, Param, Res } from '@nestjs/common';
import { exportRoutes } from '@talent-card/shared/statistics/routes';
import {
  type Export,
  exportSchema,
  type RequestExport,
  requestExportSchema,
} from '@talent-card/shared/statistics/schema';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { sendWorkbook, XLSX } from '../../platform/files/workbook-reply.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { Exports } from './exports.service.js';

@Controller()
export class ExportsController {
  constructor(
    private readonly exports: Exports,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(exportRoutes.request, {
    summary: 'Ask for a list as a workbook; it is made in the background',
    response: exportSchema,
  })
  request(
    @Staff() staff: StaffPrincipal,
    @Body({ schema: requestExportSchema }) body: RequestExport,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Export> {
    return this.exports.request(staff, body, idempotency);
  }

  @Endpoint(exportRoutes.mine, {
    summary: 'The workbooks that the caller asked for, newest first',
    response: z.object({ items: z.array(exportSchema) }),
  })
  async mine(@Staff() staff: StaffPrincipal): Promise<{ items: Export[] }> {
    return { items: await this.exports.mine(this.database.manager, staff) };
  }

  @Endpoint(exportRoutes.one, { summary: 'One of them and its progress', response: exportSchema })
  one(@Staff() staff: StaffPrincipal, @Param('exportId') exportId: string): Promise<Export> {
    return this.exports.one(this.database.manager, staff, exportId);
  }

  @Endpoint(exportRoutes.file, { summary: 'The workbook itself', file: [XLSX] })
  async file(
    @Staff() staff: StaffPrincipal,
    @Param('exportId') exportId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { fileName, bytes } = await this.exports.file(staff, exportId);
    await sendWorkbook(reply, fileName, bytes);
  }
}
