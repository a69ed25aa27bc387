import type { MessageKind } from '@talent-card/shared/messages/schema';
import type { Dictionary, Text } from '@/platform/i18n';

export const messagesTexts = {
  title: ['消息', 'Messages'],
  readAll: ['全部已读', 'Mark all as read'],
  unread: ['未读', 'Unread'],
  unreadCount: ['{n} 条未读', '{n} unread'],
  guestTitle: ['登录后查看消息', 'Sign in to read your messages'],
  guestText: ['申请有进展、卡有变化，都会在这里告诉你。', 'Progress and changes to your card are told here.'],
  signIn: ['登录', 'Sign in'],
  emptyTitle: ['没有消息', 'No messages'],
  emptyText: ['申请有进展、卡有变化，都会在这里告诉你。', 'Progress and changes to your card are told here.'],
  emptyAct: ['去首页', 'Go to the home page'],
  open: ['查看', 'Open'],
  item: ['{state}{title}，{when}', '{state}{title}, {when}'],
} as const satisfies Dictionary;

/** What a message says, by its kind: its title and what happens next. `params` of the message fill in. */
export const messageTitles: Record<MessageKind, Text> = {
  'card-issued': ['你的英才卡已发放', 'Your talent card is issued'],
  'card-suspended': ['你的英才卡已暂停使用', 'Your talent card is suspended'],
  'card-restored': ['你的英才卡恢复使用', 'Your talent card works again'],
  'card-revoked': ['你的英才卡已注销', 'Your talent card is revoked'],
  'application-submitted': ['申请已提交', 'Application submitted'],
  'application-returned': ['申请需要补正', 'Your application needs a correction'],
  'application-approved': ['申请已通过', 'Application approved'],
  'application-rejected': ['申请未通过', 'Application not approved'],
  'security-session-revoked': ['一次登录已被结束', 'A sign-in was ended'],
};
export const messageBodies: Record<MessageKind, Text> = {
  'card-issued': [
    '已放进卡包，现在就可以用，不用到窗口领取。',
    'It is in your wallet and works now; nothing to collect.',
  ],
  'card-suspended': [
    '打开卡片查看原因。如有疑问，请带身份证件到服务窗口。',
    'Open the card to see why. If in doubt, take your ID to a service window.',
  ],
  'card-restored': ['现在又可以正常使用了。', 'You can use it as before.'],
  'card-revoked': [
    '打开卡片查看原因。仍符合条件的，可以重新申领。',
    'Open the card to see why. If you still qualify, you may apply again.',
  ],
  'application-submitted': [
    '我们已收到。进度和预计办结的日子，随时可以查看。',
    'We have it. Progress and due date can be seen at any time.',
  ],
  'application-returned': [
    '请看需要改什么，已填的内容都还在。',
    'See what to change; all you entered is still there.',
  ],
  'application-approved': ['英才卡随后放进卡包。', 'The card goes to your wallet next.'],
  'application-rejected': [
    '打开申请查看原因。情况有变化时，可以再次申领。',
    'Open it to see why. You may apply again when things have changed.',
  ],
  'security-session-revoked': [
    '发现登录凭证被重复使用，为安全已让它失效。如不是你本人操作，请查看登录设备。',
    'A sign-in was used twice and is void now. If that was not you, please check your devices.',
  ],
};
export const reasonText: Text = ['原因：{reason}', 'Reason: {reason}'];
