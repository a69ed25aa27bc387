import { Controller } from '@nestjs/common';
import { accountRoutes } from '@talent-card/shared/accounts/routes';
import { type Me, meSchema } from '@talent-card/shared/accounts/schema';
import { Endpoint } from '../http/endpoint.decorator.js';
import { Citizen } from '../http/parameters.js';
import type { CitizenPrincipal } from './principal.js';
import { Profiles } from './profiles.js';

@Controller()
export class MeController {
  constructor(private readonly profiles: Profiles) {}

  @Endpoint(accountRoutes.me, { summary: 'The own account', response: meSchema })
  me(@Citizen() citizen: CitizenPrincipal): Promise<Me> {
    return this.profiles.me(citizen.accountId);
  }
}
