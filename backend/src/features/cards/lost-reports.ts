import { Injectable } from '@nestjs/common';
import type { Card } from '@talent-card/shared/cards/schema';
import { HolderProof } from '../../core/people/real-name/holder-proof.js';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { CardViews } from './card-views.js';
import { Cards } from './cards.service.js';

type Lifted = { outcome: 'lifted'; card: Card } | { outcome: 'refused'; triesLeft: number };

/** A holder's own report that a card is lost, and taking it back. */
@Injectable()
export class LostReports {
  constructor(
    private readonly cards: Cards,
    private readonly views: CardViews,
    private readonly units: CitizenUnits,
    private readonly holder: HolderProof,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError NOT_FOUND, CARD_STATE_CONFLICT */
  report(person: PersonPrincipal, cardId: string, idempotency: IdempotencyContext): Promise<Card> {
    return this.units.run(
      person,
      async (tx) => {
        await this.views.one(tx.manager, person.personId, cardId);
        await this.cards.move(tx, person, cardId, 'reportLost', { reason: null });
        return this.views.one(tx.manager, person.personId, cardId);
      },
      { idempotency },
    );
  }

  /**
   * Takes the report back for whoever knows the number of the holder's document. The card is looked at before the number:
   * of one that is not reported nobody learns anything.
   *
   * @throws DomainError NOT_FOUND, CARD_STATE_CONFLICT, IDENTITY_NUMBER_WRONG with `triesLeft`,
   *   IDENTITY_NUMBER_TOO_MANY_TRIES, VALIDATION_FAILED at `identityNumber`
   */
  async lift(
    person: PersonPrincipal,
    cardId: string,
    identityNumber: string,
    idempotency: IdempotencyContext,
  ): Promise<Card> {
    const lifted = await this.units.run<Lifted>(
      person,
      async (tx) => {
        const { status } = await this.views.one(tx.manager, person.personId, cardId);
        if (status !== 'lost') throw new DomainError('CARD_STATE_CONFLICT', { status });
        const { right, triesLeft } = await this.holder.check(tx, person.personId, identityNumber);
        if (!right) {
          await this.audit.record(tx, person, {
            action: 'cards.wrong-identity-number',
            objectType: 'card',
            objectId: cardId,
          });
          return { outcome: 'refused', triesLeft };
        }
        await this.cards.move(tx, person, cardId, 'reportFound', { reason: null });
        return { outcome: 'lifted', card: await this.views.one(tx.manager, person.personId, cardId) };
      },
      { idempotency },
    );
    // Thrown only here: inside, it would take the count of the try back.
    if (lifted.outcome === 'refused')
      throw new DomainError('IDENTITY_NUMBER_WRONG', { triesLeft: lifted.triesLeft });
    return lifted.card;
  }
}
