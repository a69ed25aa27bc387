import type { ChannelUse, QuotaWindow } from '@talent-card/shared/channels/channel-groups';
import type { Dictionary, Text } from '@/platform/i18n';

/** The service hall and the page of a channel. */
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
  excess: [
    '另有 {n} 次离线超额使用，窗口会联系你',
    '{n} {n:use|uses} beyond the limit made offline; a window will contact you',
  ],
  discount: ['享 {percent}% 优惠', '{percent}% off'],
  cap: ['最高 {amount} 元', 'up to CNY {amount}'],
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
  copyLink: ['复制办理网址', 'Copy the address'],
  linkCopied: ['网址已复制，可在浏览器里打开', 'Copied: open it in your browser'],
  seeTimes: ['先看看时间', 'See the times first'],
  signInFirst: ['登录后使用', 'Sign in to use it'],
  proveFirst: ['完成实名认证后使用', 'Prove your name to use it'],
  applyFirst: ['申领英才卡', 'Apply for the card'],
  toWallet: ['到卡包看看', 'See my wallet'],

  channelTitle: ['绿色通道', 'Green channel'],
  conditions: ['你符合使用条件', 'This is open to you'],
  conditionsOpen: ['还差这些条件', 'What is still missing'],
  guestBalance: ['登录后看你的余次和条件', 'Sign in to see what is due to you'],
  balanceRetry: ['再查一次', 'Ask again'],
  balanceFailed: ['没能查到你的余次', 'Your balance did not load'],
  limits: ['次数说明', 'How often'],
  'most-use': ['每次最多 {n} 人（含本人）', 'At most {n} {n:person|people} at a time, you included'],
  'most-day': ['每天 {n} 次，已用 {used} 次', '{n} a day, {used} used'],
  'most-week': ['每周 {n} 次，已用 {used} 次', '{n} a week, {used} used'],
  'most-month': ['每月 {n} 次，已用 {used} 次', '{n} a month, {used} used'],
  'most-year': ['每年 {n} 次，已用 {used} 次', '{n} a year, {used} used'],
  'most-lifetime': ['一共 {n} 次，已用 {used} 次', '{n} in all, {used} used'],
  content: ['服务内容', 'What you get'],
  who: ['适用对象', 'Who it is for'],
  flow: ['办理流程', 'How it works'],
  limit: ['办理时限', 'How long it takes'],
  window: ['服务窗口', 'Where'],
  companionRule: ['同行人', 'Companions'],
  basis: ['依据：{document}', 'Basis: {document}'],
  venues: ['服务地点', 'Places'],
  openNow: ['正在营业，到 {time}', 'Open until {time}'],
  opensToday: ['今天 {time} 开门', 'Opens today at {time}'],
  opensOn: ['{day} {time} 开门', 'Opens: {day}, {time}'],
  closedNow: ['今天已休息', 'Closed for today'],
  'closed-weekly': ['今天休息', 'Closed today'],
  'closed-holiday': ['今天节假日休息', 'Closed today, a public holiday'],
  'closed-exception': ['今天临时关闭', 'Closed today'],
  closedWeek: ['近七天都不开门，请先打电话', 'Closed for the next seven days: please call first'],
  holidayAhead: ['{day} 节假日不开门', '{day}: closed, a public holiday'],
  exceptionAhead: ['{day} 关闭：{note}', '{day}: closed. {note}'],
  hours: ['开放时间', 'Opening hours'],
  closedDay: ['休息', 'Closed'],
  navigate: ['地图', 'Map'],
  mapOf: ['在地图上看{name}', 'See {name} on the map'],
  call: ['打电话给{name}', 'Call {name}'],
  callShort: ['电话', 'Call'],
  hotline: ['服务热线', 'Hotline'],
  copyAddress: ['复制地址', 'Copy address'],
  addressCopied: ['地址已复制', 'Address copied'],
} as const satisfies Dictionary;

/** Reasons that the application form words as something to fill in: on a channel there is no form. */
export const channelReasonTexts: Readonly<Record<string, Text>> = {
  'HOLDS_PROVINCIAL_CARD.NOT_KNOWN': [
    '这一项凭山东惠才卡使用，还没有你的记录。持卡的请到服务窗口登记。',
    'This needs the Shandong Huicai Card and none is on record. If you hold one, have a window record it.',
  ],
  'HOLDS_PROVINCIAL_CARD.SELF_DECLARED': [
    '你填的惠才卡还没有核对。请带卡到服务窗口核对，马上可用。',
    'Your Huicai Card is not checked yet. Show it at a service window and this opens at once.',
  ],
};

type Windows = Exclude<QuotaWindow, 'use'>;
/** Keys that are put together from the contract's words: a missing one does not compile. */
export type HallKey = keyof typeof servicesTexts;
export const wayKey = (use: ChannelUse): HallKey => `use-${use}`;
export const actKey = (use: ChannelUse): HallKey => `act-${use}`;
export const leftKey = (window: Windows): HallKey => `leftBefore-${window}`;
export const goneKey = (window: Windows): HallKey => `gone-${window}`;
