import type { QuotaWindow } from '@talent-card/shared/channels/channel-groups';
import type { QuotaLimit } from '@talent-card/shared/channels/schema';

/** How often, as whoever spends has worked it out from its own rules. */
export interface QuotaTerms {
  /** What the uses are counted under; `owner`, or `owner:part` where each part counts by itself. */
  readonly key: string;
  /** None: no limit; a use is then only written down. */
  readonly limits: readonly QuotaLimit[];
  /** Owners of one group pay for the same: within a year only one of them does. */
  readonly fundingGroup: string | null;
}

export const QUOTA_CAUSES = ['booking', 'use', 'request'] as const;

/** What a use is counted for. One cause spends at most once at a time; the database holds that. */
export interface QuotaCause {
  readonly type: (typeof QUOTA_CAUSES)[number];
  readonly id: string;
}

/** One use of a person. However many come along, it counts once; `party` is held against a limit of one use. */
export interface QuotaSpend {
  readonly personId: string;
  readonly terms: QuotaTerms;
  /** One and the companions. */
  readonly party: number;
  /** Service day, Asia/Shanghai, which may lie ahead. */
  readonly on: string;
  readonly cause: QuotaCause;
}

export type QuotaOutcome =
  /** `left`: what remains of the tightest limit; null where nothing limits. */
  | { readonly ok: true; readonly left: number | null }
  | {
      readonly ok: false;
      readonly code: 'QUOTA_GONE';
      readonly details: {
        readonly window: QuotaWindow;
        readonly most: number;
        /** First day on which there is more; null where there never is. */
        readonly renewsOn: string | null;
      };
    }
  | {
      readonly ok: false;
      readonly code: 'FUNDED_ELSEWHERE';
      /** Key that paid already, and the year in which it did. */
      readonly details: { readonly key: string; readonly year: string };
    };

/** Of an owner's key: a part of it pays for the whole. */
export const ownerOf = (key: string): string => key.split(':', 1)[0] ?? key;
