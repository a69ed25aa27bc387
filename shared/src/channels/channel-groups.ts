import type { LocalizedText } from '../common/schema.js';

/** 出行, 医疗, … as the city groups its green channels. */
export const CHANNEL_GROUPS = [
  'travel',
  'medical',
  'culture',
  'sport',
  'education',
  'family',
  'settling',
  'entry-exit',
  'foreign-experts',
  'housing',
  'finance',
  'government',
  'career',
  'general',
] as const;
export type ChannelGroup = (typeof CHANNEL_GROUPS)[number];

export const CHANNEL_GROUP_NAMES: Record<ChannelGroup, LocalizedText> = {
  travel: { zh: '出行', en: 'Travel' },
  medical: { zh: '医疗', en: 'Medical' },
  culture: { zh: '文旅', en: 'Culture' },
  sport: { zh: '健身', en: 'Sport' },
  education: { zh: '教育', en: 'Schools' },
  family: { zh: '家属', en: 'Family' },
  settling: { zh: '落户', en: 'Residence' },
  'entry-exit': { zh: '出入境', en: 'Entry and exit' },
  'foreign-experts': { zh: '外专', en: 'Foreign experts' },
  housing: { zh: '住房', en: 'Housing' },
  finance: { zh: '金融', en: 'Finance' },
  government: { zh: '政务', en: 'Government' },
  career: { zh: '职业', en: 'Career' },
  general: { zh: '综合', en: 'General' },
};

/** How a channel is used: show the code, book a slot, ask a service officer, file a case, follow an official link. */
export const CHANNEL_USES = ['code', 'book', 'officer', 'case', 'link'] as const;
export type ChannelUse = (typeof CHANNEL_USES)[number];

/** Within which time a number of uses is counted. Days, weeks (from Monday), months and years follow Asia/Shanghai. */
export const QUOTA_WINDOWS = ['use', 'day', 'week', 'month', 'year', 'lifetime'] as const;
export type QuotaWindow = (typeof QUOTA_WINDOWS)[number];
