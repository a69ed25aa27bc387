import { Body, Controller } from '@nestjs/common';
import { accountRoutes } from '@talent-card/shared/accounts/routes';
import {
  bindPhoneSchema,
  type Consent,
  consentListSchema,
  eraseAccountSchema,
  grantConsentSchema,
  type Me,
  meSchema,
  type PersonalDataExport,
  personalDataExportSchema,
  updateProfileSchema,
  withdrawConsentSchema,
} from '@talent-card/shared/accounts/schema';
import type { BodyOf } from '@talent-card/shared/common/route';
import type { IdempotencyContext } from '../database/unit-of-work.js';
import { Endpoint } from '../http/endpoint.decorator.js';
import { Citizen, Idempotency } from '../http/parameters.js';
import { OwnConsents } from './own-consents.js';
import { OwnData } from './own-data.js';
import type { CitizenPrincipal } from './principal.js';
import { Profiles } from './profiles.js';

@Controller()
export class MeController {
  constructor(
    private readonly profiles: Profiles,
    private readonly consents: OwnConsents,
    private readonly data: OwnData,
  ) {}

  @Endpoint(accountRoutes.me, { summary: 'The own account', response: meSchema })
  me(@Citizen() citizen: CitizenPrincipal): Promise<Me> {
    return this.profiles.me(citizen.accountId);
  }

  @Endpoint(accountRoutes.updateProfile, { summary: 'Change nickname or language', response: meSchema })
  updateProfile(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: updateProfileSchema }) body: BodyOf<typeof accountRoutes.updateProfile>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Me> {
    return this.profiles.update(citizen, body, idempotency);
  }

  @Endpoint(accountRoutes.bindPhone, {
    summary: 'Keep the mobile number that WeChat verified',
    response: meSchema,
  })
  bindPhone(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: bindPhoneSchema }) body: BodyOf<typeof accountRoutes.bindPhone>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<Me> {
    return this.profiles.bindPhone(citizen, body.code, idempotency);
  }

  @Endpoint(accountRoutes.consents, { summary: 'Consents by purpose', response: consentListSchema })
  listConsents(@Citizen() citizen: CitizenPrincipal): Promise<{ items: Consent[] }> {
    return this.consents.list(citizen);
  }

  @Endpoint(accountRoutes.grantConsent, {
    summary: 'Agree to a text in force',
    response: consentListSchema,
  })
  grantConsent(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: grantConsentSchema }) body: BodyOf<typeof accountRoutes.grantConsent>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<{ items: Consent[] }> {
    return this.consents.grant(citizen, body.purpose, body.version, idempotency);
  }

  @Endpoint(accountRoutes.withdrawConsent, {
    summary: 'Take a consent back; without the one for the account every session ends',
    response: consentListSchema,
  })
  withdrawConsent(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: withdrawConsentSchema }) body: BodyOf<typeof accountRoutes.withdrawConsent>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<{ items: Consent[] }> {
    return this.consents.withdraw(citizen, body.purpose, idempotency);
  }

  @Endpoint(accountRoutes.exportMyData, {
    summary: 'Everything held about the caller, and what an erasure would leave',
    response: personalDataExportSchema,
  })
  exportMyData(@Citizen() citizen: CitizenPrincipal): Promise<PersonalDataExport> {
    return this.data.export(citizen);
  }

  @Endpoint(accountRoutes.eraseMyAccount, {
    summary: 'Erase the account; afterwards its tokens answer ACCOUNT_ERASED',
  })
  eraseMyAccount(
    @Citizen() citizen: CitizenPrincipal,
    @Body({ schema: eraseAccountSchema }) _confirmed: BodyOf<typeof accountRoutes.eraseMyAccount>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<void> {
    return this.data.erase(citizen, idempotency);
  }
}
