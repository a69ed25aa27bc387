import type { Locale } from '@talent-card/shared/common/locale';
import type { ConditionReason } from '@talent-card/shared/eligibility/codes';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import type { Text } from '@/platform/i18n';
import { reasonInWords } from './condition-words';

/** Apart from the reasons of applications: the service hall, which everybody loads, needs these alone. */
export const cardReasonTexts = {
  'HOLDS_CARD.HELD': ['{kind}有效，到{until}', 'Your {kind} is valid until {until}'],
  'HOLDS_CARD.SUSPENDED': [
    '你的{kind}暂停使用。请到卡包打开卡片，看看原因和办法。',
    'Your {kind} is suspended. Open it in the wallet to see why and what to do.',
  ],
  'HOLDS_CARD.LOST': [
    '你的{kind}已挂失。找到后请到卡包解除挂失，马上可用。',
    'Your {kind} is reported lost. If you have found it, lift the report in the wallet.',
  ],
  'HOLDS_CARD.NONE': [
    '还没有卡。几分钟就能申领，符合条件的当场发卡。',
    'You have no card yet. Applying takes minutes; where the record fits, it comes at once.',
  ],
  'HOLDS_CARD.NOT_CHECKED': [
    '登录并完成实名认证后，就知道你的卡能不能用。',
    'Sign in and prove your name to see whether your card opens this.',
  ],
  'CARD_CLASS_SERVED.SERVED': ['你的卡可以用这一项', 'Your card opens this'],
  'CARD_CLASS_SERVED.OTHER_CLASS': [
    '这一项面向 {classes} 类，你的卡是 {cardClass} 类。有疑问请打热线问一问。',
    'This is for class {classes}; yours is {cardClass}. If in doubt, call the hotline.',
  ],
  'CARD_CLASS_SERVED.NOT_TODAY': [
    '这一项现在没有开放{from}，请过些日子再来看看。',
    'This is not on offer now{from}. Please look again later.',
  ],
  'IS_FOREIGNER.YES': ['已核对：持外国人证件', 'Confirmed: you hold a document of foreigners'],
  'IS_FOREIGNER.NO': [
    '这一项只面向外国人。请看看同组的其他服务。',
    'This is for foreigners only. Please see the other services of the group.',
  ],
  'HOLDS_PROVINCIAL_CARD.HELD': ['已核对：惠才卡有效', 'Confirmed: your Huicai Card is valid'],
  'HOLDS_PROVINCIAL_CARD.EXPIRED': [
    '登记的惠才卡{until}已到期。请先续期，再请窗口登记新卡。',
    'The card on record expired on {until}. Renew it, then have a window record the new one.',
  ],
} as const satisfies Partial<Record<ConditionReason, Text>>;

/** Said otherwise beside a channel than in an application: there is no form to be filled here. */
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

/** Why a channel is or is not open to somebody, and what to do about it. */
export function explainForChannel(condition: Pick<Condition, 'reason' | 'params'>, locale: Locale): string {
  return reasonInWords({ ...cardReasonTexts, ...channelReasonTexts }, condition, locale);
}
