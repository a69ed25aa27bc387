import { Body, Controller, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces } from '@nestjs/swagger';
import { cursorQuerySchema, type Page, pageOf } from '@talent-card/shared/common/schema';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import {
  type ImportBatch,
  importBatchSchema,
  importProblemsSchema,
  type RosterEntry,
  rosterEntrySchema,
  rosterQuerySchema,
  versionSchema,
} from '@talent-card/shared/people/schema';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { StaffPrincipal } from '../../../platform/accounts/principal.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../../platform/database/unit-of-work.js';
import { uploadHash } from '../../../platform/files/files.js';
import { sendWorkbook, XLSX } from '../../../platform/files/workbook-reply.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotency, idempotencyOf, Staff } from '../../../platform/http/parameters.js';
import type { AppRequest } from '../../../platform/http/request.js';
import { receiveUpload } from '../../../platform/http/upload.js';
import { MAX_WORKBOOK_BYTES, RosterImports } from './import/roster-imports.service.js';
import { Roster } from './roster.service.js';

const problemsQuery = cursorQuerySchema.extend({ severity: z.enum(['error', 'warning']).optional() });
type Version = z.infer<typeof versionSchema>;

@Controller()
export class RosterController {
  constructor(
    private readonly roster: Roster,
    private readonly imports: RosterImports,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(rosterRoutes.entries, { summary: 'The talent roster', response: pageOf(rosterEntrySchema) })
  entries(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: rosterQuerySchema }) query: z.infer<typeof rosterQuerySchema>,
  ): Promise<Page<RosterEntry>> {
    return this.roster.list(this.database.manager, query, staff.zoneCode);
  }

  @Endpoint(rosterRoutes.template, { summary: 'The empty workbook to fill in' })
  @ApiProduces(XLSX)
  async template(@Res() reply: FastifyReply): Promise<void> {
    await sendWorkbook(reply, '人才库导入模板.xlsx', await this.imports.template());
  }

  @Endpoint(rosterRoutes.upload, {
    summary: 'Upload a roster workbook (xlsx, up to 10 MB) and start its dry run',
    response: importBatchSchema,
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  async upload(@Staff() staff: StaffPrincipal, @Req() request: AppRequest): Promise<ImportBatch> {
    const upload = await receiveUpload(request, MAX_WORKBOOK_BYTES);
    const key = idempotencyOf(request, rosterRoutes.upload, uploadHash(upload));
    return this.imports.upload(staff, upload, key);
  }

  @Endpoint(rosterRoutes.imports, { summary: 'Imports, newest first', response: pageOf(importBatchSchema) })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: cursorQuerySchema }) query: z.infer<typeof cursorQuerySchema>,
  ): Promise<Page<ImportBatch>> {
    return this.imports.list(staff, query.cursor, query.limit);
  }

  @Endpoint(rosterRoutes.import, { summary: 'One import and its progress', response: importBatchSchema })
  get(@Staff() staff: StaffPrincipal, @Param('batchId') batchId: string): Promise<ImportBatch> {
    return this.imports.get(staff, batchId);
  }

  @Endpoint(rosterRoutes.problems, {
    summary: 'What is wrong with the file, by row and column',
    response: importProblemsSchema,
  })
  problems(
    @Staff() staff: StaffPrincipal,
    @Param('batchId') batchId: string,
    @Query({ schema: problemsQuery }) query: z.infer<typeof problemsQuery>,
  ): Promise<z.infer<typeof importProblemsSchema>> {
    return this.imports.problems(staff, batchId, query);
  }

  @Endpoint(rosterRoutes.errorFile, { summary: 'The uploaded workbook with its problems marked' })
  @ApiProduces(XLSX)
  async errorFile(
    @Staff() staff: StaffPrincipal,
    @Param('batchId') batchId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { fileName, bytes } = await this.imports.errorFile(staff, batchId);
    await sendWorkbook(reply, fileName, bytes);
  }

  @Endpoint(rosterRoutes.apply, { summary: 'Apply a checked import', response: importBatchSchema })
  apply(
    @Staff() staff: StaffPrincipal,
    @Param('batchId') batchId: string,
    @Body({ schema: versionSchema }) { version }: Version,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ImportBatch> {
    return this.imports.apply(staff, batchId, version, idempotency);
  }

  @Endpoint(rosterRoutes.discard, { summary: 'Give an import up', response: importBatchSchema })
  discard(
    @Staff() staff: StaffPrincipal,
    @Param('batchId') batchId: string,
    @Body({ schema: versionSchema }) { version }: Version,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ImportBatch> {
    return this.imports.discard(staff, batchId, version, idempotency);
  }

  @Endpoint(rosterRoutes.undo, {
    summary: 'Take an applied import back that has caused no card',
    response: importBatchSchema,
  })
  undo(
    @Staff() staff: StaffPrincipal,
    @Param('batchId') batchId: string,
    @Body({ schema: versionSchema }) { version }: Version,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ImportBatch> {
    return this.imports.undo(staff, batchId, version, idempotency);
  }
}
