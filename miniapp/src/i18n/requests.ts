import type { CaseState } from '@talent-card/shared/casework/case-state';
import type { CaseEventKind } from '@talent-card/shared/casework/schema';
import type { RequestDocumentType, RequestType } from '@talent-card/shared/requests/schema';
import type { Dictionary, Text } from '@/platform/i18n';

/** Asking a service officer, filing a case of a channel, and how it stands. */
export const requestsTexts = {
  formTitle: ['提交事项', 'Your request'],
  correctTitle: ['补正', 'Correct it'],
  'lead-officer': [
    '写清楚想办什么，专员会联系你，陪你办完。',
    'Say what you need: an officer contacts you and sees it through.',
  ],
  'lead-case': [
    '写清楚情况，附上证明材料，由部门审核。',
    'Say what it is about and add proof; the office decides.',
  ],
  subject: ['想办什么', 'What you need'],
  subjectHint: [
    '一句话，比如“孩子转学到高区小学”',
    'In one line, such as "school place in the High-tech Zone"',
  ],
  details: ['具体情况', 'The details'],
  detailsHint: ['时间、地点、人，和你已经做了什么', 'When, where, who, and what you have done so far'],
  mobile: ['联系电话', 'Your phone'],
  mobileHint: ['专员用这个号码联系你', 'The officer calls this number'],
  documents: ['材料', 'Documents'],
  documentsLead: [
    '选填，有证明办得更快。每份不超过 10 MB。',
    'Optional; proof makes it faster. Up to 10 MB each.',
  ],
  kept: ['已存在这台手机上，还没有提交', 'Kept on this phone, not handed in yet'],
  send: ['提交', 'Hand in'],
  resend: ['重新提交', 'Hand in again'],
  uploading: ['材料上传完再提交', 'Please wait for the documents'],
  checkFields: ['有几处要改，请看标红的地方', 'Some entries need a change: see the ones in red'],
  fromOffice: ['需要改：{note}', 'To change: {note}'],
  notOpen: ['这一项不能在线提交', 'Nothing to hand in here'],
  notOpenText: ['请看通道说明，或打热线问一问。', 'See the channel, or call the hotline.'],
  seeChannel: ['看通道说明', 'See the channel'],
  tooMany: ['材料最多 {n} 份', 'At most {n} {n:document|documents}'],
  pickFailed: ['没能打开这个文件，请换一个再试。', 'The file did not open. Please try another.'],
  viewFailed: ['没能打开“{name}”：{why}', '"{name}" did not open: {why}'],
  removed: ['已移除“{name}”', '"{name}" removed'],
  notReturned: ['这一项现在不用补正', 'Nothing to correct now'],
  seeProgress: ['查看进度', 'See progress'],

  listTitle: ['我的办理', 'My requests'],
  emptyTitle: ['还没有办理事项', 'No requests yet'],
  emptyText: [
    '需要专员陪办，或要部门审核的服务，都在服务大厅里。',
    'Services with an officer or a review are in the service hall.',
  ],
  emptyAct: ['去服务大厅', 'To the service hall'],
  submittedOn: ['{when} 提交', 'Handed in {when}'],
  waitingFor: ['等待{step}', 'Waiting for: {step}'],
  waitingAny: ['正在办理', 'Under way'],
  due: ['预计 {day} 前答复', 'Answer by {day}'],
  daysLeft: ['还有 {n} 个工作日', '{n} working {n:day|days} left'],
  dueToday: ['今天答复', 'Due today'],
  overdue: ['已超过期限，正在催办', 'Overdue; we are pressing for it'],
  returnedNow: ['请补正后重新提交', 'Please correct it and hand it in again'],

  detailTitle: ['办理进度', 'Progress'],
  fresh: ['已提交', 'Handed in'],
  freshText: ['有答复或需要补正，都会在消息里告诉你。', 'Answers and corrections come to your messages.'],
  returnedText: [
    '请按下面的意见修改，已填的内容都还在。',
    'Please change what is named below; all you entered is still there.',
  ],
  correct: ['去补正', 'Correct it'],
  approvedTitle: ['办好了', 'Done'],
  rejectedTitle: ['没有办成', 'Not granted'],
  withdrawnTitle: ['你已撤回', 'You have withdrawn it'],
  answer: ['答复', 'Answer'],
  again: ['再提一次', 'Ask again'],
  progress: ['办理经过', 'What has happened'],
  filledIn: ['你提交的内容', 'What you handed in'],
  seeBooking: ['查看预约', 'See the booking'],
  noDocuments: ['没有附材料', 'No documents'],
  viewFile: ['查看{name}', 'View {name}'],
  withdraw: ['撤回', 'Withdraw'],
  withdrawTitle: ['撤回“{subject}”？', 'Withdraw "{subject}"?'],
  withdrawText: ['办理会停止。以后可以再提交。', 'It is stopped. You may hand it in again later.'],
  withdrawn: ['已撤回', 'Withdrawn'],
  byApplicant: ['本人', 'You'],
  bySystem: ['系统', 'System'],
  inProgress: ['办理中', 'In progress'],
  stepDays: ['{n} 个工作日内', 'Within {n} working {n:day|days}'],
  waitsForYou: ['等你补正', 'Waiting for you'],
} as const satisfies Dictionary;

export const requestTypeTexts: Record<RequestType, Text> = {
  'officer-request': ['服务专员', 'Service officer'],
  'channel-case': ['事项申请', 'Request'],
  'booking-review': ['预约审核', 'Review of a booking'],
};
export const requestStateTexts: Record<CaseState, Text> = {
  'in-review': ['办理中', 'Under way'],
  returned: ['待补正', 'To correct'],
  approved: ['已办好', 'Done'],
  rejected: ['没有办成', 'Not granted'],
  withdrawn: ['已撤回', 'Withdrawn'],
};
export const requestDocumentTexts: Record<RequestDocumentType, Text> = {
  proof: ['证明材料', 'Proof'],
  other: ['其他材料', 'Other documents'],
};
export const requestEventTexts: Record<CaseEventKind, Text> = {
  submitted: ['提交', 'Handed in'],
  resubmitted: ['补正后重新提交', 'Corrected and handed in again'],
  'document-added': ['补充了材料', 'Documents added'],
  returned: ['退回补正', 'Returned for correction'],
  'step-approved': ['完成一步', 'One step done'],
  approved: ['办好了', 'Done'],
  rejected: ['没有办成', 'Not granted'],
  withdrawn: ['撤回', 'Withdrawn'],
  overdue: ['超过承诺时间', 'Later than promised'],
};
