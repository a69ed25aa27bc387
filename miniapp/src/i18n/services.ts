import type { ChannelUse, QuotaWindow } from '@talent-card/shared/channels/channel-groups';
import type { Dictionary } from '@/platform/i18n';

/** The service hall, and what is left of a channel wherever it is said. */
export const servicesTexts = {
  title: ['服务大厅', 'Services'],
  search: ['搜索服务、场馆，或拼音首字母', 'Search services, or by pinyin'],
  searchLabel: ['搜索服务', 'Search services'],
  clear: ['清空', 'Clear'],
  all: ['全部', 'All'],
  groups: ['按类别', 'By group'],
  zone: ['区域', 'District'],
  wholeCity: ['全市', 'Whole city'],
  zoneTitle: ['看哪个区的服务？', 'Services of which district?'],
  zoneClose: ['关闭', 'Close'],
  found: ['找到 {n} 项', '{n} found'],
  count: ['共 {n} 项绿色通道', '{n} green channels'],
  recent: ['最近看过', 'Seen lately'],
  emptyTitle: ['没有找到合适的服务', 'Nothing found'],
  emptyText: [
    '换个词试试，比如“体检”或“tj”；也可以看看全部服务。',
    'Try another word, such as "health" or "tj", or see all services.',
  ],
  emptyAct: ['看全部服务', 'See all services'],
  noneTitle: ['服务还没有上线', 'No services yet'],
  noneText: [
    '绿色通道开通后都在这里，请过些日子再来。',
    'Green channels appear here when they open. Please come back later.',
  ],
  noneAct: ['去首页', 'Go to the home page'],
  myBookings: ['我的预约', 'My bookings'],
  myUses: ['我的使用', 'My uses'],
  myRequests: ['我的办理', 'My requests'],
  listKept: [
    '网络不通，下面是上次看到的服务，余次未知。下拉可重试。',
    'No connection. These are the services as last seen, without balances; pull down to try again.',
  ],
  balancesFailed: [
    '没能查到你的余次，下面先看服务内容。',
    'Your balances did not load; the services are below.',
  ],

  'leftBefore-day': ['今天还可用', 'Left today'],
  'leftBefore-week': ['本周还可用', 'Left this week'],
  'leftBefore-month': ['本月还可用', 'Left this month'],
  'leftBefore-year': ['今年还可用', 'Left this year'],
  'leftBefore-lifetime': ['还可用', 'Left'],
  leftAfter: ['次', ''],
  leftOf: ['共 {n} 次', 'of {n}'],
  'gone-day': ['今天已用完', 'Used up for today'],
  'gone-week': ['本周已用完', 'Used up for this week'],
  'gone-month': ['本月已用完', 'Used up for this month'],
  'gone-year': ['今年已用完', 'Used up for this year'],
  'gone-lifetime': ['已用完', 'Used up'],
  renews: ['{day}恢复', 'renews {day}'],
  unlimited: ['不限次', 'No limit'],
  withCompanions: ['可带 {n} 人', 'plus {n} {n:companion|companions}'],
  fundedBy: ['已由“{name}”出资', 'Already paid for by "{name}"'],
  notYours: ['还差条件', 'Not open to you yet'],

  'use-code': ['亮码', 'Code'],
  'use-book': ['预约', 'Book'],
  'use-officer': ['专员', 'Officer'],
  'use-case': ['申请', 'Apply'],
  'use-link': ['办理', 'Link'],

  'act-code': ['出示英才码', 'Show my code'],
  'act-book': ['选择时间', 'Choose a time'],
  'act-officer': ['找服务专员', 'Ask a service officer'],
  'act-case': ['开始申请', 'Start a request'],
  'act-link': ['打开办理页面', 'Open the official page'],

  limits: ['次数说明', 'How often'],
  'most-use': ['每次最多 {n} 人（含本人）', 'At most {n} {n:person|people} at a time, you included'],
  'most-day': ['每天 {n} 次，已用 {used} 次', '{n} a day, {used} used'],
  'most-week': ['每周 {n} 次，已用 {used} 次', '{n} a week, {used} used'],
  'most-month': ['每月 {n} 次，已用 {used} 次', '{n} a month, {used} used'],
  'most-year': ['每年 {n} 次，已用 {used} 次', '{n} a year, {used} used'],
  'most-lifetime': ['一共 {n} 次，已用 {used} 次', '{n} in all, {used} used'],
} as const satisfies Dictionary;

type Windows = Exclude<QuotaWindow, 'use'>;
/** Keys that are put together from the contract's words: a missing one does not compile. */
export type HallKey = keyof typeof servicesTexts;
export const wayKey = (use: ChannelUse): HallKey => `use-${use}`;
export const actKey = (use: ChannelUse): HallKey => `act-${use}`;
export const leftKey = (window: Windows): HallKey => `leftBefore-${window}`;
export const goneKey = (window: Windows): HallKey => `gone-${window}`;
