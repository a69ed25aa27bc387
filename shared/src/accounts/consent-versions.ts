import type { LocalizedText } from '../common/schema.js';
import type { ConsentPurpose } from './schema.js';

/**
 * Version in force of each consent text. The clients show the text of this version and send it along; the server
 * answers CONSENT_VERSION_OUTDATED to any other. Raise it whenever the text changes in meaning.
 */
export const CONSENT_VERSIONS = {
  account: '2026-11',
  'real-name': '2026-11',
  'card-application': '2026-11',
  'data-matching': '2026-11',
  'channel-health': '2026-11',
  'channel-minor': '2026-11',
} as const satisfies Record<ConsentPurpose, string>;

/** What withdrawing each consent means, to be shown before it is withdrawn (PIPL art. 15). */
export const CONSENT_CONSEQUENCES: Readonly<Record<ConsentPurpose, LocalizedText>> = {
  account: {
    zh: '将在所有设备上退出登录。账号保留；再次登录时需重新同意。如需清除数据，请注销账号。',
    en: 'You are signed out on every device. The account stays and asks for your consent at the next sign-in. To remove your data, erase the account.',
  },
  'real-name': {
    zh: '已完成的实名认证保留，不再进行新的核验。如需清除，请注销账号。',
    en: 'The proof made stays; no new check of your identity is made. To remove it, erase the account.',
  },
  'card-application': {
    zh: '不能再提交新的申请。已提交的申请和已发的卡不受影响。',
    en: 'You cannot hand in new applications. Those handed in, and cards issued, are not affected.',
  },
  'data-matching': {
    zh: '不再向学信网、社保、工商查询您的信息，改由您上传材料。已查得的信息保留。',
    en: 'Education, insurance and business registers are no longer asked about you; you upload documents instead. What they answered stays.',
  },
  'channel-health': {
    zh: '不能再预约医疗类通道。已有的预约和使用记录不受影响。',
    en: 'You cannot book medical channels any more. Bookings and uses that exist are not affected.',
  },
  'channel-minor': {
    zh: '不能再提交涉及未成年子女的申请。已提交的不受影响。',
    en: 'You cannot hand in requests about your children any more. Those handed in are not affected.',
  },
};
