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
  'code-device-enrolled': ['英才码换到了另一部手机', 'Your code moved to another phone'],
  'booking-booked': ['预约成功', 'Booked'],
  'booking-held': ['已为你留位，等待审核', 'A place is kept while your booking is reviewed'],
  'booking-cancelled': ['预约已取消', 'Booking cancelled'],
  'booking-rescheduled': ['预约已改期', 'Booking moved'],
  'booking-reminder': ['预约快到了', 'Your booking is coming up'],
  'booking-lapsed': ['留位已到期', 'The place kept for you has lapsed'],
  'booking-no-show': ['有一次预约没有到场', 'A booking was missed'],
  'appeal-answered': ['申诉有了答复', 'Your appeal is answered'],
  'waiting-offered': ['轮到你了，有空位', 'Your turn: a place is free'],
  'waiting-lapsed': ['候补已结束', 'Your place in line has ended'],
  'waiting-passed-over': ['候补先跳过你', 'Passed over in line for now'],
  vacancy: ['有空位了', 'Places are free'],
  'use-recorded': ['已使用一次', 'Used once'],
  'use-refunded': ['一次使用已退回', 'A use was given back'],
  'use-refused': ['一次使用没有计入', 'A use was not counted'],
  'dispute-answered': ['你提出的异议有了答复', 'Your objection is answered'],
  'rating-answered': ['你的评价有了回访', 'Your rating was followed up'],
  'request-submitted': ['已提交，等待办理', 'Handed in'],
  'request-returned': ['办理事项需要补正', 'Your request needs a correction'],
  'request-approved': ['办理完成', 'Your request is granted'],
  'request-rejected': ['没有办成', 'Your request was not granted'],
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
  'code-device-enrolled': [
    '原来的手机不能再亮码。如不是你本人操作，请马上停用。',
    'The old phone shows no code any more. If that was not you, stop it at once.',
  ],
  'booking-booked': [
    '到时出示英才码即可。要改要退，点开办理。',
    'Show your code when you come. Open it to move or cancel.',
  ],
  'booking-held': [
    '审核有结果会告诉你，位置先留着。',
    'We tell you the result; the place is kept meanwhile.',
  ],
  'booking-cancelled': ['次数已退回，可以另约时间。', 'The use was given back; you can book another time.'],
  'booking-rescheduled': [
    '新的时间在预约里，请看一眼。',
    'The new time stands in the booking: please have a look.',
  ],
  'booking-reminder': [
    '请按时到场；来不了，请提前取消，把位置留给别人。',
    'Please be on time; if you cannot come, cancel early.',
  ],
  'booking-lapsed': [
    '没有在期限内定下来，次数已退回。可以另约时间。',
    'It was not decided in time. The use was given back; you can book again.',
  ],
  'booking-no-show': [
    '记 1 分，到期自动消除。有原因的，点开申诉。',
    'It counts one point, which goes by itself. If there was a reason, open it to appeal.',
  ],
  'appeal-answered': ['点开查看结果。', 'Open it to see the result.'],
  'waiting-offered': [
    '请在期限内确认，过时会让给下一位。',
    'Please confirm in time; else it goes to the next in line.',
  ],
  'waiting-lapsed': ['可以看看别的时段，或重新排队。', 'See other times, or join the line again.'],
  'waiting-passed-over': [
    '为你留的位置已让给下一位，你的排位还在。点开看原因。',
    'What was kept for you went to the next; you keep your place in line. Open it to see why.',
  ],
  vacancy: ['空位没有为你保留，想约请尽快。', 'Nothing is kept for you: book soon if you want one.'],
  'use-recorded': [
    '点开可以评价；不是你本人用的，可以提出异议。',
    'Open it to rate; if it was not you, object there.',
  ],
  'use-refunded': ['次数已还给你，随时可以再用。', 'The use is yours again.'],
  'use-refused': ['点开看看原因。有疑问可以问场馆。', 'Open it to see why. If in doubt, ask the venue.'],
  'dispute-answered': ['点开查看结果。', 'Open it to see the result.'],
  'rating-answered': [
    '点开查看答复；不满意还可以申诉一次。',
    'Open it to read the answer; you may appeal once.',
  ],
  'request-submitted': [
    '进度和预计办结的日子，随时可以查看。',
    'Progress and due date can be seen at any time.',
  ],
  'request-returned': [
    '请看需要改什么，已填的内容都还在。',
    'See what to change; all you entered is still there.',
  ],
  'request-approved': ['点开查看答复和下一步。', 'Open it to read the answer and what comes next.'],
  'request-rejected': [
    '点开查看原因。情况有变化时，可以再提。',
    'Open it to see why. You may ask again when things have changed.',
  ],
};
/** Where the words depend on what happened: who cancelled, until when an offer stands, why somebody is passed over. */
export const bodyVariants: Readonly<Record<string, Text>> = {
  'booking-cancelled:venue': [
    '场馆取消了这个预约，次数已退回。很抱歉，请另约时间。',
    'The place cancelled it and the use was given back. We are sorry: please book another time.',
  ],
  'waiting-lapsed:card': [
    '你现在没有有效的卡，所以结束了。重新领到卡后，可以再排。',
    'It ended because you hold no valid card. With a new card you may join again.',
  ],
  'waiting-passed-over:card': [
    '你的卡暂停或挂失了，位置先让给下一位。卡恢复后，仍按原来的次序轮到你。',
    'Your card is suspended or reported lost, so the place went to the next. Once it works again, you go on where you stood.',
  ],
  'waiting-passed-over:channel': [
    '这个通道现在不对你开放，位置先让给下一位。重新开放后，仍按原来的次序轮到你。',
    'This service is not open to you now, so the place went to the next. Once it is, you go on where you stood.',
  ],
  'waiting-passed-over:quota': [
    '你的次数已用完，或都留给了别的预约，位置先让给下一位。次数退回后，仍按原来的次序轮到你。',
    'Your uses are spent or held for another place, so this one went to the next. Give one back and you go on where you stood.',
  ],
  'waiting-passed-over:overlap': [
    '你在这个时间另有预约或空位待确认，位置先让给下一位。取消或让出那一个后，仍按原来的次序轮到你。',
    'You have another booking or offer at that time, so this place went to the next. Give that one up and you go on where you stood.',
  ],
  'waiting-passed-over:pause': [
    '因爽约，你的预约暂停了，位置先让给下一位。恢复后，仍按原来的次序轮到你。',
    'Booking is paused for you after missed visits, so the place went to the next. Afterwards you go on where you stood.',
  ],
  'waiting-offered:until': [
    '请在{until} 前确认，过时会让给下一位。',
    'Please confirm by {until}; after that it goes to the next in line.',
  ],
};
export const reasonText: Text = ['原因：{reason}', 'Reason: {reason}'];
