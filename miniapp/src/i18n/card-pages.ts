import type { Dictionary } from '@/platform/i18n';
import { cardsTexts } from './cards';
import { documentTexts } from './documents';

/** The page of a card with what can be done with it, and the page that says what the card is. */
export const cardPageTexts = {
  ...cardsTexts,
  ...documentTexts,

  cardTitle: ['我的卡', 'My card'],
  cardNumber: ['卡号', 'Card number'],
  category: ['申领类别', 'Category'],
  'category-1': ['第一类：持有山东惠才卡', '1: holder of the Shandong Huicai card'],
  'category-2': ['第二类：市级人才工程人选', '2: chosen for a municipal programme'],
  'category-3': ['第三类：带着人才称号引进', '3: brought in with a programme title'],
  'category-4': [
    '第四类：企业高管、紧缺博士、正高职称等',
    '4: executives, doctors in scarce fields, senior titles',
  ],
  cardClass: ['人才层次', 'Class'],
  history: ['这张卡的经过', 'What happened to this card'],
  historyIssued: ['发卡', 'Issued'],
  'historyNow-active': ['使用中', 'In use'],
  'historyNow-suspended': ['暂停使用', 'Suspended'],
  'historyNow-lost': ['已挂失', 'Reported lost'],
  'historyNow-revoked': ['已注销', 'Revoked'],
  'historyNow-expired': ['已到期', 'Expired'],
  historyRenewal: ['可以续期', 'Renewal opens'],
  historyRenewalNote: ['开放后可在这里办理续期。', 'You can renew here from then on.'],
  historyEnd: ['有效期满', 'End of validity'],
  renewalOpen: [
    '续期已经开放，请在到期前办理；现在可到服务窗口办。',
    'Renewal is open: please renew before the card expires, for now at a service window.',
  ],
  'reason-suspended': ['这张卡已暂停使用', 'This card is suspended'],
  'todo-suspended': [
    '如有疑问，请带身份证件到服务窗口，问清后即可恢复。',
    'Please take your ID to a service window: once settled, the card works again.',
  ],
  'reason-lost': ['这张卡已挂失，现在谁都不能用', 'This card is reported lost and nobody can use it'],
  'todo-lost': [
    '找到了？输入证件号码就能解除挂失，马上可用；也可以带证件到服务窗口办。',
    'Found it? Lift the report with your document number and it works again at once, or take the document to a service window.',
  ],
  'reason-revoked': ['这张卡已注销', 'This card is revoked'],
  'todo-revoked': ['仍符合条件的，可以重新申领。', 'If you still qualify, you may apply again.'],
  'reason-expired': ['这张卡已到期', 'This card has expired'],
  'todo-expired': ['仍符合条件的，可以重新申领。', 'If you still qualify, you may apply again.'],
  reasonGiven: ['原因：{reason}', 'Reason: {reason}'],
  reportLost: ['挂失', 'Report as lost'],
  reportLostTitle: ['把{name} {number} 挂失？', 'Report {name} {number} as lost?'],
  reportLostText: [
    '挂失后，窗口和场馆都会拒绝这张卡。找到后，输入证件号码就能自己解除。',
    'Windows and venues will refuse it. Once found, you can lift the report yourself with your document number.',
  ],
  reportedLost: ['已挂失', 'Reported as lost'],
  reportFound: ['找到了，解除挂失', 'Found it: lift the report'],
  reportFoundTitle: ['解除{name} {number} 的挂失？', 'Lift the report on {name} {number}?'],
  reportFoundText: [
    '请确认手机没有被别人用过。为了确认是你本人，请输入实名认证时的{document}号码。',
    'Please make sure that nobody else used your phone. To show that it is you, enter the number of the document you proved your name with: {document}.',
  ],
  numberKept: [
    '号码只用来核对这一次，手机和系统都不留存。',
    'The number is compared this once; neither phone nor service keeps what you typed.',
  ],
  numberWrong: [
    '和实名认证的号码对不上，今天还可以试 {n} 次',
    'Not the number you proved your name with. You may try {n} more {n:time|times} today',
  ],
  reportedFound: ['已解除挂失，卡可以用了', 'The card works again'],

  aboutTitle: ['英才卡是什么', 'What the card is'],
  aboutLead: [
    '威海英才卡是威海市给各类人才的服务凭证。凭卡办事有专窗、有专人。',
    'The Weihai Talent Card shows that the city vouches for you: with it there is a window and a person to help.',
  ],
  aboutFor: ['谁可以领', 'Who may hold it'],
  aboutDirect: ['直接颁发', 'Issued directly'],
  aboutReviewed: ['审核颁发（即将开放线上办理）', 'After review (online soon)'],
  aboutHow: ['怎么领', 'How to get it'],
  aboutStep1: ['登录，完成实名认证', 'Sign in and prove your name'],
  aboutStep1Note: [
    '与人才库完全一致的，卡片当场到账',
    'If the roster names you exactly, the card is there at once',
  ],
  aboutStep2: ['其他人填写申领表', 'Everybody else fills in the form'],
  aboutStep2Note: ['随填随存，缺什么会提示', 'Saved as you go; it tells you what is missing'],
  aboutStep3: ['等待发卡', 'Wait for the card'],
  aboutStep3Note: [
    '与人才库一致的当场发卡，其余 3 个工作日内答复',
    'At once where the roster agrees, else within 3 working days',
  ],
  aboutSample: ['卡面示例', 'Sample card'],
  sampleName: ['林海清', 'Lin Haiqing'],
  aboutStart: ['我要申领', 'Apply now'],
} as const satisfies Dictionary;
