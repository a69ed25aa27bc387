import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardCategory } from '@talent-card/shared/cards/categories';
import type { RosterEntry } from '@talent-card/shared/people/schema';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';

/** What one row of the talent roster says, cleaned: what an import writes and what an entry holds. */
export interface RosterContent {
  readonly name: string;
  readonly identityType: IdentityType;
  readonly identityNumber: string;
  readonly category: CardCategory;
  readonly programme: string | null;
  readonly documentNumber: string | null;
  readonly provincialCardNumber: string | null;
  readonly employer: string | null;
  readonly creditCode: string | null;
  readonly zoneCode: ZoneCode;
  readonly cardClass: string | null;
  readonly mobile: string | null;
  /** `YYYY-MM-DD` */
  readonly validUntil: string | null;
}

/** An entry that names exactly this person: same document, same name, active and not run out. */
export interface RosterMatch {
  readonly entryId: string;
  readonly category: CardCategory;
  readonly cardClass: string | null;
  readonly zoneCode: ZoneCode;
  readonly programme: string | null;
  readonly documentNumber: string | null;
  readonly provincialCardNumber: string | null;
  readonly employer: string | null;
  readonly validUntil: string | null;
}

/** What of an application's form is compared with the roster. */
export interface RosterComparison {
  readonly category?: CardCategory | undefined;
  readonly employer?: string | undefined;
  readonly programme?: string | undefined;
  readonly provincialCardNumber?: string | undefined;
}

/** An entry that may mean the person, for a window to look at: which parts agree, and which do not. */
export interface RosterCandidate {
  readonly entry: RosterEntry;
  readonly agrees: {
    readonly identity: boolean;
    readonly name: boolean;
    readonly category: boolean;
    readonly employer: boolean;
    readonly programme: boolean;
    readonly provincialCard: boolean;
  };
}
