import type { Permission } from '@talent-card/shared/accounts/permissions';
import type { BookingState } from '@talent-card/shared/bookings/booking-state';
import type { CardState } from '@talent-card/shared/cards/card-state';
import type { CardCategory, CardKind } from '@talent-card/shared/cards/categories';
import type { CardDocumentType } from '@talent-card/shared/cards/schema';
import type { CaseState } from '@talent-card/shared/casework/case-state';
import type { CaseEventKind } from '@talent-card/shared/casework/schema';
import type { FactKind, FactSource } from '@talent-card/shared/people/schema';
import type { UseState } from '@talent-card/shared/uses/use-state';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { defineTexts } from './index.js';

export const categoryTexts = defineTexts(
  {
    '1': '第一类 · 持山东惠才卡',
    '2': '第二类 · 市级人才工程',
    '3': '第三类 · 引进人才工程',
    '4': '第四类 · 高层次及紧缺',
  } satisfies Record<CardCategory, string>,
  {
    '1': 'Category 1 · provincial card',
    '2': 'Category 2 · city programme',
    '3': 'Category 3 · brought in by a programme',
    '4': 'Category 4 · senior and scarce skills',
  },
);

export const categoryShortTexts = defineTexts(
  { '1': '第一类', '2': '第二类', '3': '第三类', '4': '第四类' } satisfies Record<CardCategory, string>,
  { '1': 'Category 1', '2': 'Category 2', '3': 'Category 3', '4': 'Category 4' },
);

export const cardKindTexts = defineTexts(
  { talent: '英才卡', youth: '青年人才卡' } satisfies Record<CardKind, string>,
  { talent: 'Talent card', youth: 'Youth talent card' },
);

export const cardStateTexts = defineTexts(
  {
    active: '有效',
    suspended: '已暂停',
    lost: '已挂失',
    revoked: '已注销',
    expired: '已到期',
  } satisfies Record<CardState, string>,
  { active: 'Active', suspended: 'Suspended', lost: 'Reported lost', revoked: 'Revoked', expired: 'Expired' },
);

export const caseStateTexts = defineTexts(
  {
    'in-review': '审核中',
    returned: '待补正',
    approved: '已通过',
    rejected: '未通过',
    withdrawn: '已撤回',
  } satisfies Record<CaseState, string>,
  {
    'in-review': 'Under review',
    returned: 'Returned for correction',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
  },
);

export const caseEventTexts = defineTexts(
  {
    submitted: '本人提交',
    resubmitted: '本人补正后重新提交',
    'document-added': '本人补充材料',
    returned: '退回补正',
    'step-approved': '本步骤通过',
    approved: '审核通过',
    rejected: '审核未通过',
    withdrawn: '本人撤回',
    overdue: '办理超时',
  } satisfies Record<CaseEventKind, string>,
  {
    submitted: 'Submitted by the applicant',
    resubmitted: 'Corrected and submitted again',
    'document-added': 'Document added by the applicant',
    returned: 'Returned for correction',
    'step-approved': 'Step approved',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn by the applicant',
    overdue: 'Overdue',
  },
);

export const identityTypeTexts = defineTexts(
  {
    'resident-id': '居民身份证',
    passport: '护照',
    'permanent-residence': '外国人永久居留身份证',
  } satisfies Record<IdentityType, string>,
  {
    'resident-id': 'Resident ID card',
    passport: 'Passport',
    'permanent-residence': 'Foreign permanent resident ID card',
  },
);

export const factKindTexts = defineTexts(
  {
    degree: '学位学历',
    employment: '就业参保',
    business: '企业登记',
    'provincial-card': '山东惠才卡',
    programme: '人才工程',
    'roster-entry': '人才库记录',
  } satisfies Record<FactKind, string>,
  {
    degree: 'Degree',
    employment: 'Employment',
    business: 'Business registration',
    'provincial-card': 'Provincial talent card',
    programme: 'Talent programme',
    'roster-entry': 'Talent roster entry',
  },
);

export const factSourceTexts = defineTexts(
  {
    roster: '人才库',
    'identity-check': '实名核验',
    'education-registry': '学信网',
    'social-insurance': '社保',
    'business-registry': '工商登记',
    window: '窗口核验',
    self: '本人填写',
  } satisfies Record<FactSource, string>,
  {
    roster: 'Talent roster',
    'identity-check': 'Identity check',
    'education-registry': 'Education registry',
    'social-insurance': 'Social insurance',
    'business-registry': 'Business registry',
    window: 'Checked at the window',
    self: 'The person’s own word',
  },
);

/** Values of facts that are codes. */
export const factValueTexts = defineTexts(
  {
    doctor: '博士',
    master: '硕士',
    bachelor: '学士',
    college: '大专',
    'legal-representative': '法定代表人',
    shareholder: '股东',
    executive: '高管',
    municipal: '市级',
    provincial: '省级',
    national: '国家级',
    doubleFirstClass: '“双一流”高校',
    until: '{since} 至 {until}',
    since: '{since} 起',
    validUntil: '有效期至 {date}',
    graduatedOn: '{date} 毕业',
    registeredOn: '{date} 登记',
    inYear: '{year} 年',
    'category.1': '列入第一类名单',
    'category.2': '列入第二类名单',
    'category.3': '列入第三类名单',
    'category.4': '列入第四类名单',
  },
  {
    doctor: 'Doctorate',
    master: 'Master’s degree',
    bachelor: 'Bachelor’s degree',
    college: 'College diploma',
    'legal-representative': 'Legal representative',
    shareholder: 'Shareholder',
    executive: 'Executive',
    municipal: 'municipal',
    provincial: 'provincial',
    national: 'national',
    doubleFirstClass: '“Double First-Class” university',
    until: '{since} to {until}',
    since: 'since {since}',
    validUntil: 'valid until {date}',
    graduatedOn: 'graduated {date}',
    registeredOn: 'registered {date}',
    inYear: '{year}',
    'category.1': 'named for category 1',
    'category.2': 'named for category 2',
    'category.3': 'named for category 3',
    'category.4': 'named for category 4',
  },
);

export const bookingStateTexts = defineTexts(
  {
    held: '审核中',
    booked: '已预约',
    arrived: '已到场',
    cancelled: '已取消',
    'no-show': '未到',
    excused: '未到已谅解',
    lapsed: '已失效',
  } satisfies Record<BookingState, string>,
  {
    held: 'Under review',
    booked: 'Booked',
    arrived: 'Arrived',
    cancelled: 'Cancelled',
    'no-show': 'Did not come',
    excused: 'Excused',
    lapsed: 'Lapsed',
  },
);

export const useStateTexts = defineTexts(
  {
    used: '已使用',
    'to-settle': '待处理',
    disputed: '有异议',
    refunded: '已退回',
    refused: '不计入',
  } satisfies Record<UseState, string>,
  {
    used: 'Used',
    'to-settle': 'To be settled',
    disputed: 'Disputed',
    refunded: 'Given back',
    refused: 'Not counted',
  },
);

/** Fields of the application form and its kinds of document: what a correction may name. */
export const formFieldTexts = defineTexts(
  {
    subject: '事项',
    details: '具体需求',
    category: '申领类别',
    zoneCode: '工作所在区市',
    employer: '工作单位',
    creditCode: '统一社会信用代码',
    position: '岗位',
    employedSince: '入职日期',
    mobile: '手机号',
    provincialCardNumber: '惠才卡号',
    programme: '人才工程',
    programmeDocumentNumber: '认定文号',
    achievements: '业绩说明',
    offlineMaterial: '涉密材料线下交',
    'provincial-card': '惠才卡照片',
    'programme-notice': '入选文件',
    'employment-contract': '劳动合同',
    'degree-certificate': '学位证书',
    'title-certificate': '职称证书',
    achievement: '业绩证明',
    other: '其他材料',
  } satisfies Record<CardDocumentType, string> & Record<string, string>,
  {
    subject: 'Subject',
    details: 'What is needed',
    category: 'Category',
    zoneCode: 'District of work',
    employer: 'Employer',
    creditCode: 'Credit code',
    position: 'Position',
    employedSince: 'Employed since',
    mobile: 'Mobile number',
    provincialCardNumber: 'Provincial card number',
    programme: 'Talent programme',
    programmeDocumentNumber: 'Document number',
    achievements: 'Achievements',
    offlineMaterial: 'Classified material on paper',
    'provincial-card': 'Picture of the provincial card',
    'programme-notice': 'Notice of selection',
    'employment-contract': 'Employment contract',
    'degree-certificate': 'Degree certificate',
    'title-certificate': 'Title certificate',
    achievement: 'Proof of achievements',
    other: 'Other document',
  },
);

export const permissionTexts = defineTexts(
  {
    public: '公开',
    'citizen.session': '市民登录',
    'citizen.self': '市民本人账号',
    'citizen.person': '市民实名业务',
    'staff.session': '登录管理台',
    'workbench.read': '查看工作台',
    'people.read': '查看人员',
    'people.reveal-identity': '查看完整证件号（留痕）',
    'people.record-fact': '登记与比对事实',
    'people.unbind': '解绑微信',
    'roster.read': '查看人才库',
    'roster.import': '导入人才库',
    'cases.read': '查看申请',
    'cases.decide': '审核申请',
    'cards.read': '查看卡片',
    'cards.suspend': '暂停卡片',
    'cards.restore': '恢复卡片',
    'cards.revoke': '注销卡片',
    'cards.change-class': '调整层次',
    'staff.read': '查看工作人员',
    'staff.manage': '管理工作人员',
    'audit.read': '查看审计日志',
    'calendar.read': '查看工作日历',
    'calendar.manage': '维护工作日历',
    'channels.read': '查看绿色通道',
    'channels.edit': '编辑绿色通道',
    'venues.read': '查看场馆',
    'venues.create': '新增场馆',
    'venues.manage': '管理场馆与时段',
    'bookings.read': '查看预约',
    'bookings.check-in': '到场签到',
    'bookings.cancel-any': '取消预约',
    'bookings.decide-appeal': '处理未到申诉',
    'uses.record': '窗口核验使用',
    'uses.read': '查看使用记录',
    'uses.settle': '处理使用记录',
    'code-devices.revoke': '收回亮码手机',
    'clerk-devices.read': '查看核验设备',
    'clerk-devices.manage': '管理核验设备',
    'feedback.read': '查看评价',
    'feedback.handle': '回访差评',
    'feedback.decide-appeal': '处理评价申诉',
    'statistics.read': '查看统计',
    'exports.make': '导出数据',
    'messages.read-log': '查看消息记录',
    'messages.settle': '处理消息',
  } satisfies Record<Permission, string>,
  {
    public: 'Public',
    'citizen.session': 'Citizen session',
    'citizen.self': 'Citizen’s own account',
    'citizen.person': 'Citizen with a proven name',
    'staff.session': 'Sign in to the console',
    'workbench.read': 'See the workbench',
    'people.read': 'See people',
    'people.reveal-identity': 'Reveal identity numbers (logged)',
    'people.record-fact': 'Record and match facts',
    'people.unbind': 'Unbind WeChat',
    'roster.read': 'See the roster',
    'roster.import': 'Import the roster',
    'cases.read': 'See applications',
    'cases.decide': 'Decide applications',
    'cards.read': 'See cards',
    'cards.suspend': 'Suspend cards',
    'cards.restore': 'Restore cards',
    'cards.revoke': 'Revoke cards',
    'cards.change-class': 'Change classes',
    'staff.read': 'See staff',
    'staff.manage': 'Manage staff',
    'audit.read': 'Read the audit log',
    'calendar.read': 'See the calendar',
    'calendar.manage': 'Keep the calendar',
    'channels.read': 'See channels',
    'channels.edit': 'Edit channels',
    'venues.read': 'See venues',
    'venues.create': 'Add venues',
    'venues.manage': 'Manage venues and slots',
    'bookings.read': 'See bookings',
    'bookings.check-in': 'Check visitors in',
    'bookings.cancel-any': 'Cancel bookings',
    'bookings.decide-appeal': 'Decide no-show appeals',
    'uses.record': 'Record uses at a window',
    'uses.read': 'See uses',
    'uses.settle': 'Settle uses',
    'code-devices.revoke': 'Revoke code phones',
    'clerk-devices.read': 'See clerk devices',
    'clerk-devices.manage': 'Manage clerk devices',
    'feedback.read': 'See ratings',
    'feedback.handle': 'Call back after bad ratings',
    'feedback.decide-appeal': 'Decide rating appeals',
    'statistics.read': 'See statistics',
    'exports.make': 'Export data',
    'messages.read-log': 'See the message log',
    'messages.settle': 'Settle messages',
  },
);
