import { Body, Controller, Param, Query } from '@nestjs/common';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import {
  type CaseDetail,
  caseDetailSchema,
  type Decision,
  decisionSchema,
  type QueueItem,
  type QueueQuery,
  queueItemSchema,
  queueQuerySchema,
  type ReceiveDocument,
  receiveDocumentSchema,
} from '@talent-card/shared/casework/schema';
import { type Page, pageOf } from '@talent-card/shared/common/schema';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import { staffActor } from './case-actor.js';
import { CaseQueue } from './case-queue.js';
import { Casework } from './casework.service.js';

@Controller()
export class CasesAdminController {
  constructor(
    private readonly queue: CaseQueue,
    private readonly casework: Casework,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(caseRoutes.queue, {
    summary: 'Cases of the zone: filter by state, search by case number, name or whole identity number',
    response: pageOf(queueItemSchema),
  })
  list(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: queueQuerySchema }) query: QueueQuery,
  ): Promise<Page<QueueItem>> {
    return this.queue.list(this.database.manager, staff, query);
  }

  @Endpoint(caseRoutes.detail, {
    summary: 'One case with all that a reviewer needs',
    response: caseDetailSchema,
  })
  detail(@Staff() staff: StaffPrincipal, @Param('caseId') caseId: string): Promise<CaseDetail> {
    return this.queue.detail(this.database.manager, staff, caseId);
  }

  @Endpoint(caseRoutes.decide, {
    summary: 'Approve, return for correction, or reject the step a case waits at',
    response: caseDetailSchema,
  })
  decide(
    @Staff() staff: StaffPrincipal,
    @Param('caseId') caseId: string,
    @Body({ schema: decisionSchema }) decision: Decision,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CaseDetail> {
    return this.unitOfWork.run(
      async (tx) => {
        await this.casework.decide(tx, staffActor(staff), caseId, decision);
        return this.queue.detail(tx.manager, staff, caseId);
      },
      { idempotency },
    );
  }

  @Endpoint(caseRoutes.receiveDocument, {
    summary: 'Mark paper as received at the window',
    response: caseDetailSchema,
  })
  receiveDocument(
    @Staff() staff: StaffPrincipal,
    @Param('caseId') caseId: string,
    @Body({ schema: receiveDocumentSchema }) body: ReceiveDocument,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<CaseDetail> {
    return this.unitOfWork.run(
      async (tx) => {
        const { version, documentType } = body;
        await this.casework.receiveDocument(tx, staffActor(staff), caseId, version, documentType);
        return this.queue.detail(tx.manager, staff, caseId);
      },
      { idempotency },
    );
  }
}
