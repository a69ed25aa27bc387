import type { ChannelTerms, WriteChannel } from '@talent-card/shared/channels/schema';

const both = (zh: string, en: string) => ({ zh, en });
let written = 0;

/** A channel as its editor would write it: shown with the code, published, at no venue, unless something else is said. */
export function channelBody(more: Partial<WriteChannel> = {}): WriteChannel {
  written += 1;
  return {
    number: 500 + written,
    group: 'travel',
    use: 'code',
    name: both('客轮优先', 'Priority on ferries'),
    summary: both('优先购票登船', 'Tickets and boarding first'),
    provider: both('威海港', 'Weihai Port'),
    blocks: {
      content: both('优先', 'Priority'),
      who: both('持卡人', 'Holders'),
      flow: both('出示', 'Show the code'),
      limit: both('不限', 'No limit'),
      window: both('1号窗', 'Window 1'),
    },
    venueIds: [],
    hotline: '0631-5200000',
    officialLink: null,
    companionRule: null,
    booking: null,
    offline: 'allowed',
    sensitive: null,
    audience: { provincialCard: false, foreignersOnly: false },
    fundingGroup: null,
    perVenue: false,
    documentNumber: null,
    status: 'published',
    ...more,
  };
}

/** Four a year with one companion for every talent card, unless something else is said. */
export const termsBody = (more: Partial<ChannelTerms> = {}): ChannelTerms => ({
  cardKind: 'talent',
  cardClass: null,
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  limits: [{ window: 'year', most: 4 }],
  companions: 1,
  discountPercent: null,
  capCents: null,
  ...more,
});
