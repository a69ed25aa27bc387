import { Injectable } from '@nestjs/common';
import type { Consent, ConsentPurpose } from '@talent-card/shared/accounts/schema';
import { AuditTrail } from '../audit/audit-trail.js';
import { ReadDatabase } from '../database/database.module.js';
import type { Tx } from '../database/tx.js';
import type { IdempotencyContext } from '../database/unit-of-work.js';
import { CitizenUnits } from './citizen-units.js';
import { Consents } from './consents.js';
import type { CitizenPrincipal } from './principal.js';
import { Sessions } from './sessions.js';

interface ConsentList {
  items: Consent[];
}

/** Citizens look at, give and withdraw their consents. */
@Injectable()
export class OwnConsents {
  constructor(
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly consents: Consents,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  async list(citizen: CitizenPrincipal): Promise<ConsentList> {
    return { items: await this.consents.list(this.database.manager, citizen.accountId) };
  }

  /** @throws DomainError CONSENT_VERSION_OUTDATED */
  grant(
    citizen: CitizenPrincipal,
    purpose: ConsentPurpose,
    version: string,
    idempotency: IdempotencyContext,
  ): Promise<ConsentList> {
    return this.units.run(
      citizen,
      async (tx) => {
        const changed = await this.consents.grant(tx, citizen.accountId, purpose, version);
        if (changed) await this.note(tx, citizen, 'consents.grant', purpose);
        return { items: await this.consents.list(tx.manager, citizen.accountId) };
      },
      { idempotency },
    );
  }

  /**
   * Takes a consent back, for what comes after. Without the one for the account nobody can be signed in, so its
   * withdrawal ends every session; what each withdrawal means stands in `CONSENT_CONSEQUENCES`.
   */
  withdraw(
    citizen: CitizenPrincipal,
    purpose: ConsentPurpose,
    idempotency: IdempotencyContext,
  ): Promise<ConsentList> {
    return this.units.run(
      citizen,
      async (tx) => {
        const changed = await this.consents.withdraw(tx, citizen.accountId, purpose);
        if (changed) await this.note(tx, citizen, 'consents.withdraw', purpose);
        if (purpose === 'account') await this.sessions.endAll(tx, citizen.accountId, 'consent-withdrawn');
        return { items: await this.consents.list(tx.manager, citizen.accountId) };
      },
      { idempotency },
    );
  }

  private note(tx: Tx, citizen: CitizenPrincipal, action: string, purpose: ConsentPurpose): Promise<void> {
    return this.audit.record(tx, citizen, {
      action,
      objectType: 'account',
      objectId: citizen.accountId,
      fields: [purpose],
    });
  }
}
