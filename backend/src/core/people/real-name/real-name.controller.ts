import { Body, Controller } from '@nestjs/common';
import { accountRoutes } from '@talent-card/shared/accounts/routes';
import { type Me, meSchema, type RealNameInput, realNameSchema } from '@talent-card/shared/accounts/schema';
import type { CitizenPrincipal } from '../../../platform/accounts/principal.js';
import { Profiles } from '../../../platform/accounts/profiles.js';
import type { IdempotencyContext } from '../../../platform/database/unit-of-work.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Citizen, Idempotency } from '../../../platform/http/parameters.js';
import { RealNameProof } from './real-name.service.js';

@Controller()
export class RealNameController {
  constructor(
    private readonly realName: RealNameProof,
    private readonly profiles: Profiles,
  ) {}

  @Endpoint(accountRoutes.proveRealName, {
    summary: 'Prove name and identity document',
    response: meSchema,
  })
  async prove(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: realNameSchema }) body: RealNameInput,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Me> {
    await this.realName.prove(citizen, body, idempotency);
    return this.profiles.me(citizen.accountId);
  }
}
