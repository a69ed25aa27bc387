import type { WriteChannel } from '@talent-card/shared/channels/schema';
import type { ChannelRow } from './channel.entity.js';

/** The words of a channel that are shown and never searched by SQL. */
export type ChannelTexts = Pick<WriteChannel, 'summary' | 'provider' | 'blocks' | 'companionRule'>;

export const textsOf = (row: ChannelRow): ChannelTexts => JSON.parse(row.texts) as ChannelTexts;
