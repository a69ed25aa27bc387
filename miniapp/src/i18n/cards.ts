import type { Dictionary } from '@/platform/i18n';

/** The card, the wallet and what can be done with a card. */
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
} as const satisfies Dictionary;
