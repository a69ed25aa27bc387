import type { Dictionary } from '@/platform/i18n';

/** The card and the wallet: what tab pages and the code page say of it. */
export const cardsTexts = {
  talentCard: ['威海英才卡', 'Weihai Talent Card'],
  youthCard: ['威海青年人才卡', 'Weihai Youth Card'],
  class: ['{class} 类', 'Class {class}'],
  holder: ['持卡人', 'Holder'],
  validUntil: ['有效期至', 'Valid until'],
  'state-active': ['有效', 'Valid'],
  'state-suspended': ['暂停使用', 'Suspended'],
  'state-lost': ['已挂失', 'Reported lost'],
  'state-revoked': ['已注销', 'Revoked'],
  'state-expired': ['已到期', 'Expired'],
  faceLabel: [
    '{name}，卡号 {number}，持卡人 {holder}，有效期至 {until}，{state}',
    '{name}, number {number}, holder {holder}, valid until {until}, {state}',
  ],

  walletTitle: ['卡包', 'Wallet'],
  walletPast: ['过往的卡', 'Earlier cards'],
  guestTitle: ['登录后查看你的卡', 'Sign in to see your cards'],
  guestText: ['英才卡领到后就在这里，随时可以出示。', 'Once issued, your card is here whenever you need it.'],
  signIn: ['登录', 'Sign in'],
  namelessTitle: ['完成实名认证，卡就在这里', 'Prove your name and your card is here'],
  namelessText: [
    '人才库里已有你的记录时，认证后马上发卡。',
    'If the talent roster knows you, the card comes at once.',
  ],
  prove: ['去认证', 'Prove my name'],
  emptyTitle: ['还没有卡', 'No card yet'],
  emptyText: ['看看你符合哪一类，几分钟就能申领。', 'See which category fits; applying takes minutes.'],
  apply: ['申领英才卡', 'Apply for the card'],
  applicationUnderWay: ['申请正在办理', 'Application under way'],
  seeProgress: ['查看进度', 'See progress'],
} as const satisfies Dictionary;
