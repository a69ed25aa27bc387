import { Injectable, type OnModuleInit } from '@nestjs/common';
import { People } from '../../../core/people/people.service.js';
import { RealNameProof } from '../../../core/people/real-name/real-name.service.js';
import { Roster } from '../../../core/people/roster/roster.service.js';
import type { PersonPrincipal } from '../../../platform/accounts/principal.js';
import type { Tx } from '../../../platform/database/tx.js';
import { Cards } from '../cards.service.js';
import { isOpenCategory, missingConditions } from './application.rules.js';
import { CardApplicationDefinition } from './card-application.definition.js';

/**
 * 直接颁发 (DOMAIN §2): whom the roster names exactly gets the card with the proof of their name, in the same
 * transaction. Nothing is asked that the office knows already, so there is no application either; those whose roster
 * comes later, or is not exact, apply.
 */
@Injectable()
export class IssueOnProof implements OnModuleInit {
  constructor(
    private readonly proof: RealNameProof,
    private readonly definition: CardApplicationDefinition,
    private readonly people: People,
    private readonly roster: Roster,
    private readonly cards: Cards,
  ) {}

  onModuleInit(): void {
    this.proof.onProved((tx, person) => this.issue(tx, person));
  }

  private async issue(tx: Tx, person: PersonPrincipal): Promise<void> {
    const { personId } = person;
    for (const match of await this.roster.exactMatches(tx.manager, personId)) {
      if (!isOpenCategory(match.category)) continue;
      const eligibility = await this.definition.eligibility(tx.manager, personId, match.category, {});
      // Among them NO_VALID_CARD: somebody who comes back with a new phone keeps the card they have.
      if (missingConditions(eligibility).length > 0) continue;
      await this.people.recordContact(tx, personId, { zoneCode: match.zoneCode });
      await this.roster.markUsed(tx, match.entryId);
      await this.cards.issue(tx, person, {
        personId,
        kind: 'talent',
        category: match.category,
        cardClass: match.cardClass,
        zoneCode: match.zoneCode,
        caseId: null,
        rosterEntryId: match.entryId,
      });
      return;
    }
  }
}
