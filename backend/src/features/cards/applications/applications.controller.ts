import { Body, Controller, Param } from '@nestjs/common';
import { applicationRoutes } from '@talent-card/shared/cards/routes';
import {
  type Application,
  type ApplicationCheck,
  applicationCheckSchema,
  applicationListSchema,
  applicationSchema,
  checkApplicationSchema,
  resubmitApplicationSchema,
  submitApplicationSchema,
} from '@talent-card/shared/cards/schema';
import { versionSchema } from '@talent-card/shared/people/schema';
import type * as z from 'zod';
import { CitizenUnits } from '../../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../../platform/accounts/principal.js';
import { ReadDatabase } from '../../../platform/database/database.module.js';
import type { IdempotencyContext } from '../../../platform/database/unit-of-work.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../../platform/http/parameters.js';
import { Applications } from './applications.service.js';

@Controller()
export class ApplicationsController {
  constructor(
    private readonly applications: Applications,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(applicationRoutes.check, {
    summary: 'Find the path to a card and list what is missing; changes nothing',
    response: applicationCheckSchema,
  })
  check(
    @Person() person: PersonPrincipal,
    @Body({ schema: checkApplicationSchema }) body: z.output<typeof checkApplicationSchema>,
  ): Promise<ApplicationCheck> {
    return this.applications.check(this.database.manager, person, body);
  }

  @Endpoint(applicationRoutes.submit, {
    summary: 'Apply for the talent card; an exact match with the roster issues it at once',
    response: applicationSchema,
  })
  submit(
    @Person() person: PersonPrincipal,
    @Body({ schema: submitApplicationSchema }) body: z.output<typeof submitApplicationSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Application> {
    return this.units.run(person, (tx) => this.applications.submit(tx, person, body), { idempotency });
  }

  @Endpoint(applicationRoutes.mine, { summary: "The caller's applications", response: applicationListSchema })
  mine(@Person() person: PersonPrincipal): Promise<z.infer<typeof applicationListSchema>> {
    return this.applications.mine(this.database.manager, person);
  }

  @Endpoint(applicationRoutes.one, {
    summary: 'One application with its steps and timeline',
    response: applicationSchema,
  })
  one(@Person() person: PersonPrincipal, @Param('caseId') caseId: string): Promise<Application> {
    return this.applications.one(this.database.manager, person, caseId);
  }

  @Endpoint(applicationRoutes.resubmit, {
    summary: 'Hand a returned application in again, corrected',
    response: applicationSchema,
  })
  resubmit(
    @Person() person: PersonPrincipal,
    @Param('caseId') caseId: string,
    @Body({ schema: resubmitApplicationSchema }) body: z.output<typeof resubmitApplicationSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Application> {
    return this.units.run(person, (tx) => this.applications.resubmit(tx, person, caseId, body), {
      idempotency,
    });
  }

  @Endpoint(applicationRoutes.withdraw, {
    summary: 'Withdraw an open application',
    response: applicationSchema,
  })
  withdraw(
    @Person() person: PersonPrincipal,
    @Param('caseId') caseId: string,
    @Body({ schema: versionSchema }) body: z.output<typeof versionSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Application> {
    return this.units.run(person, (tx) => this.applications.withdraw(tx, person, caseId, body.version), {
      idempotency,
    });
  }
}
