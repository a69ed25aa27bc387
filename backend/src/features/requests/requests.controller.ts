import { Body, Controller, Param } from '@nestjs/common';
import { versionSchema } from '@talent-card/shared/people/schema';
import { requestRoutes } from '@talent-card/shared/requests/routes';
import {
  resubmitRequestSchema,
  type ServiceRequest,
  type ServiceRequestRow,
  serviceRequestRowSchema,
  serviceRequestSchema,
  submitRequestSchema,
} from '@talent-card/shared/requests/schema';
import * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { Requests } from './requests.service.js';

@Controller()
export class RequestsController {
  constructor(
    private readonly requests: Requests,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(requestRoutes.submit, {
    summary: 'Ask a service officer, or file a case of a channel',
    response: serviceRequestSchema,
  })
  submit(
    @Person() person: PersonPrincipal,
    @Body({ schema: submitRequestSchema }) body: z.output<typeof submitRequestSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ServiceRequest> {
    return this.units.run(person, (tx) => this.requests.submit(tx, person, body), { idempotency });
  }

  @Endpoint(requestRoutes.mine, {
    summary: "The caller's requests, newest first",
    response: z.object({ items: z.array(serviceRequestRowSchema) }),
  })
  async mine(@Person() person: PersonPrincipal): Promise<{ items: ServiceRequestRow[] }> {
    return { items: await this.requests.mine(this.database.manager, person) };
  }

  @Endpoint(requestRoutes.one, {
    summary: 'One request with its steps, timeline and answer',
    response: serviceRequestSchema,
  })
  one(@Person() person: PersonPrincipal, @Param('caseId') caseId: string): Promise<ServiceRequest> {
    return this.requests.one(this.database.manager, person, caseId);
  }

  @Endpoint(requestRoutes.resubmit, {
    summary: 'Hand a returned request in again, corrected',
    response: serviceRequestSchema,
  })
  resubmit(
    @Person() person: PersonPrincipal,
    @Param('caseId') caseId: string,
    @Body({ schema: resubmitRequestSchema }) body: z.output<typeof resubmitRequestSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ServiceRequest> {
    return this.units.run(person, (tx) => this.requests.resubmit(tx, person, caseId, body), { idempotency });
  }

  @Endpoint(requestRoutes.withdraw, { summary: 'Withdraw an open request', response: serviceRequestSchema })
  withdraw(
    @Person() person: PersonPrincipal,
    @Param('caseId') caseId: string,
    @Body({ schema: versionSchema }) body: z.output<typeof versionSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<ServiceRequest> {
    return this.units.run(person, (tx) => this.requests.withdraw(tx, person, caseId, body.version), {
      idempotency,
    });
  }
}
