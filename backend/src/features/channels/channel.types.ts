import type { ChannelUse } from '@talent-card/shared/channels/channel-groups';
import type { BookingRules, ChannelTerms } from '@talent-card/shared/channels/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';

/** What other features need of a channel to book it or to let somebody in. */
export interface ChannelRules {
  readonly channelId: string;
  readonly number: number;
  readonly name: LocalizedText;
  readonly status: 'draft' | 'published' | 'withdrawn';
  readonly use: ChannelUse;
  /** Null where nothing is booked. */
  readonly booking: BookingRules | null;
  readonly offline: 'allowed' | 'online-only';
  readonly sensitive: 'health' | 'minor' | null;
  readonly audience: { readonly provincialCard: boolean; readonly foreignersOnly: boolean };
  readonly fundingGroup: string | null;
  readonly perVenue: boolean;
  readonly documentNumber: string | null;
  readonly demo: boolean;
  /** In the order of the channel's page. */
  readonly venueIds: readonly string[];
}

/** A channel with its whole matrix. */
export interface ChannelWithTerms extends ChannelRules {
  readonly terms: readonly ChannelTerms[];
}
