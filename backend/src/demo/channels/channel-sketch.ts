import type {
  BookingRules,
  ChannelTerms,
  QuotaLimit,
  WriteChannel,
} from '@talent-card/shared/channels/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { DemoVenueKey } from './demo-venues.js';

/** First day of every cell of the demo's matrix. */
const SINCE = '2021-01-01';

export interface DemoChannel extends Omit<WriteChannel, 'version' | 'venueIds'> {
  readonly venues: readonly DemoVenueKey[];
  readonly terms: ChannelTerms[];
}

export const t = (zh: string, en: string): LocalizedText => ({ zh, en });

interface Offer {
  readonly limits?: QuotaLimit[];
  readonly companions?: number;
  readonly discountPercent?: number;
  readonly capCents?: number;
}
const cell = (
  cardKind: ChannelTerms['cardKind'],
  cardClass: string | null,
  { limits = [], companions = 0, discountPercent, capCents }: Offer,
): ChannelTerms => ({
  cardKind,
  cardClass,
  effectiveFrom: SINCE,
  effectiveTo: null,
  limits,
  companions,
  discountPercent: discountPercent ?? null,
  capCents: capCents ?? null,
});
export const talent = (offer: Offer = {}): ChannelTerms => cell('talent', null, offer);
export const youth = (offer: Offer = {}): ChannelTerms => cell('youth', null, offer);
export const classOf = (cardClass: string, offer: Offer): ChannelTerms => cell('talent', cardClass, offer);
export const per = (window: QuotaLimit['window'], most: number): QuotaLimit[] => [{ window, most }];

export const rules = (some: Partial<BookingRules> = {}): BookingRules => ({
  opensDaysAhead: 14,
  opensAt: '08:00',
  leadMinutes: 120,
  cancelMinutes: 240,
  rescheduleMinutes: 240,
  graceMinutes: 30,
  reviewed: false,
  offerMinutes: 60,
  ...some,
});

const FLOWS: Readonly<Record<WriteChannel['use'], LocalizedText>> = {
  code: t(
    '到窗口打开“出示码”，工作人员扫码核验后当场办理。没有网络也能出示。',
    'Open your code at the window. Staff scan it and serve you at once. It works without network too.',
  ),
  book: t(
    '选择场馆、日期和时段预约，到场后出示码核验。来不了请提前取消，名额会让给下一位。',
    'Book a venue, day and time, then show your code on arrival. Cancel early if you cannot come: the place goes to the next in line.',
  ),
  officer: t(
    '提交需求后由服务专员联系您，进度和答复在“我的办理”里可查。',
    'Hand in what you need; a service officer gets in touch. Progress and answers stand under “My requests”.',
  ),
  case: t(
    '在线填写申请并上传材料，窗口审核后答复；需要补正时会告诉您改哪里。',
    'Fill in the form and upload your documents. The office decides, and tells you exactly what to correct if anything is missing.',
  ),
  link: t(
    '在官方平台办理，点“打开办理页面”。',
    'Done on the official platform: tap “Open the official page”.',
  ),
};
const ALL = t('持有效威海英才卡的人才', 'Holders of a valid Weihai talent card');
const ALL_AND_YOUTH = t('持有效威海英才卡或青年人才卡的人才', 'Holders of a valid talent card or youth card');

interface Sketch {
  readonly name: [zh: string, en: string];
  readonly summary: [zh: string, en: string];
  readonly provider: [zh: string, en: string];
  readonly content: [zh: string, en: string];
  readonly limit: [zh: string, en: string];
  readonly window: [zh: string, en: string];
  readonly who?: LocalizedText;
  readonly hotline: string;
  readonly terms: ChannelTerms[];
  readonly venues?: readonly DemoVenueKey[];
  readonly booking?: BookingRules;
  readonly more?: Partial<WriteChannel>;
}

/** What the cells allow, in words: how many come along with any card, and with classes that are due another number. */
function companionRuleOf(terms: readonly ChannelTerms[]): LocalizedText | null {
  const usual = terms.find(({ cardClass }) => cardClass === null)?.companions ?? 0;
  const others = terms.filter(({ companions }) => companions !== usual);
  if (usual === 0 && others.length === 0) return null;
  const people = (n: number) => `${n} companion${n === 1 ? '' : 's'}`;
  return t(
    `可带 ${usual} 位同行人${others.map((one) => `，${one.cardClass} 类可带 ${one.companions} 位`).join('')}；与持卡人一同到场`,
    `Up to ${people(usual)}${others.map((one) => `, class ${one.cardClass} up to ${one.companions}`).join('')}; they come along with you`,
  );
}

/** Puts the page, matrix and rules of a channel together from what is its own. */
export function channel(
  group: WriteChannel['group'],
  use: WriteChannel['use'],
  sketch: Sketch,
): Omit<DemoChannel, 'number'> {
  const { name, summary, provider, content, limit, window, who, hotline, terms, venues, booking, more } =
    sketch;
  return {
    group,
    use,
    name: t(...name),
    summary: t(...summary),
    provider: t(...provider),
    blocks: {
      content: t(...content),
      who: who ?? (terms.some((one) => one.cardKind === 'youth') ? ALL_AND_YOUTH : ALL),
      flow: FLOWS[use],
      limit: t(...limit),
      window: t(...window),
    },
    venues: venues ?? [],
    hotline,
    officialLink: null,
    companionRule: companionRuleOf(terms),
    booking: booking ?? null,
    // A place that was booked is worth letting somebody in for, network or not; medical ones want to be sure.
    offline: use === 'code' || group === 'sport' || group === 'travel' ? 'allowed' : 'online-only',
    sensitive: null,
    audience: { provincialCard: false, foreignersOnly: false },
    fundingGroup: null,
    perVenue: false,
    documentNumber: null,
    status: 'published',
    terms,
    ...more,
  };
}
