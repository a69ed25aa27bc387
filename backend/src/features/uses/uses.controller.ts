import { Body, Controller, Param, Query } from '@nestjs/common';
import { type Page, pageOf } from '@talent-card/shared/common/schema';
import { useRoutes } from '@talent-card/shared/uses/routes';
import { disputeSchema, type Use, useQuerySchema, useSchema } from '@talent-card/shared/uses/schema';
import type * as z from 'zod';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { Uses } from './uses.service.js';

/** 我的使用. */
@Controller()
export class UsesController {
  constructor(private readonly uses: Uses) {}

  @Endpoint(useRoutes.mine, { summary: "The caller's uses, latest first", response: pageOf(useSchema) })
  mine(
    @Person() person: PersonPrincipal,
    @Query({ schema: useQuerySchema }) query: z.output<typeof useQuerySchema>,
  ): Promise<Page<Use>> {
    return this.uses.mine(person, query);
  }

  @Endpoint(useRoutes.one, { summary: "One of the caller's uses", response: useSchema })
  one(@Person() person: PersonPrincipal, @Param('useId') useId: string): Promise<Use> {
    return this.uses.one(person, useId);
  }

  @Endpoint(useRoutes.dispute, { summary: 'Question a use, once and within 30 days', response: useSchema })
  dispute(
    @Person() person: PersonPrincipal,
    @Param('useId') useId: string,
    @Body({ schema: disputeSchema }) body: z.output<typeof disputeSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Use> {
    return this.uses.dispute(person, useId, body.reason, idempotency);
  }
}
