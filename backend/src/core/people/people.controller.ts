import { Body, Controller, Param, Req } from '@nestjs/common';
import { type Reason, reasonSchema } from '@talent-card/shared/common/schema';
import { peopleRoutes } from '@talent-card/shared/people/routes';
import {
  type Fact,
  factSchema,
  type IdentityReveal,
  identityRevealSchema,
  matchFactsSchema,
  type PersonDetail,
  personDetailSchema,
  recordFactSchema,
} from '@talent-card/shared/people/schema';
import * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Staff } from '../../platform/http/parameters.js';
import type { AppRequest } from '../../platform/http/request.js';
import { DataMatching } from './facts/data-matching.js';
import { PeopleAdministration } from './people-administration.js';

@Controller()
export class PeopleController {
  constructor(
    private readonly people: PeopleAdministration,
    private readonly matching: DataMatching,
  ) {}

  @Endpoint(peopleRoutes.detail, {
    summary: 'A person, their numbers masked, and what is known of them',
    response: personDetailSchema,
  })
  detail(@Staff() staff: StaffPrincipal, @Param('personId') personId: string): Promise<PersonDetail> {
    return this.people.detail(staff, personId);
  }

  @Endpoint(peopleRoutes.revealIdentity, {
    summary: 'Read identity number and phone in clear, with a reason',
    response: identityRevealSchema,
  })
  reveal(
    @Staff() staff: StaffPrincipal,
    @Param('personId') personId: string,
    @Body({ schema: reasonSchema }) { reason }: Reason,
    @Req() request: AppRequest,
  ): Promise<IdentityReveal> {
    return this.people.revealIdentity(staff, personId, reason, request.id);
  }

  @Endpoint(peopleRoutes.recordFact, { summary: 'Record what a window saw on paper', response: factSchema })
  recordFact(
    @Staff() staff: StaffPrincipal,
    @Param('personId') personId: string,
    @Body({ schema: recordFactSchema }) body: z.infer<typeof recordFactSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Fact> {
    return this.people.recordFact(staff, personId, body, idempotency);
  }

  @Endpoint(peopleRoutes.matchFacts, {
    summary: 'Ask a registry about the person, if they agreed to it',
    response: z.object({ items: z.array(factSchema) }),
  })
  async match(
    @Staff() staff: StaffPrincipal,
    @Param('personId') personId: string,
    @Body({ schema: matchFactsSchema }) { source }: z.infer<typeof matchFactsSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<{ items: Fact[] }> {
    await this.people.visible(staff, personId);
    return this.matching.match(staff, personId, source, idempotency);
  }

  @Endpoint(peopleRoutes.unbind, { summary: 'Take the WeChat account off a person' })
  unbind(
    @Staff() staff: StaffPrincipal,
    @Param('personId') personId: string,
    @Body({ schema: reasonSchema }) { reason }: Reason,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<void> {
    return this.people.unbind(staff, personId, reason, idempotency);
  }
}
