import type { Dictionary } from '@/platform/i18n';
import { documentTexts } from './documents';

/** Welcome, consent, sign-in and real name. */
export const authTexts = {
  ...documentTexts,

  welcomeTitle: ['一张卡，安心在威海', 'One card to feel at home in Weihai'],
  welcomeText: [
    '威海英才卡为在威海工作的人才办实事：线上申领，随时出示，进度一目了然。',
    'The Weihai Talent Card serves people who work in Weihai: apply online, show it any time, and see where things stand.',
  ],
  welcomeApply: ['线上申领', 'Apply online'],
  welcomeApplyNote: ['符合条件的当场发卡，少跑一趟', 'Issued at once where the record fits'],
  welcomeTrack: ['进度透明', 'See every step'],
  welcomeTrackNote: ['谁在办、何时办完，都看得到', 'Who decides, and by when'],
  welcomePrivate: ['信息可控', 'Your data, your say'],
  welcomePrivateNote: [
    '每项用途单独同意，可撤回、可导出、可注销',
    'Consent per purpose; withdraw, export or erase',
  ],
  start: ['开始使用', 'Get started'],
  lookAround: ['先看看英才卡是什么', 'First see what the card is'],
  office: ['威海市人才服务', 'Weihai talent service'],

  consentTitle: ['个人信息授权', 'Your personal information'],
  consentLead: [
    '登录前，请了解我们为什么、怎样使用你的信息。',
    'Before you sign in: why and how your information is used.',
  ],
  consentVersion: ['版本 {version}', 'Version {version}'],
  consentNowTitle: ['现在需要', 'Needed now'],
  'purpose-account': ['建立和登录账号', 'Your account'],
  'purposeText-account': [
    '使用微信给出的用户标识，让你下次登录还是你自己；记录登录的设备和时间，用来保护账号。',
    'We use the identifier WeChat gives us so that you stay you, and keep sign-in times and devices to protect the account.',
  ],
  consentLaterTitle: ['用到时再单独问你', 'Asked separately, when needed'],
  'purpose-real-name': ['实名认证', 'Proving your name'],
  'purposeText-real-name': [
    '核对姓名和证件号，确认是你本人。证件号加密保存，页面上只显示开头两位。',
    'Your name and document number are checked. The number is stored encrypted and shown only in part.',
  ],
  'purpose-card-application': ['申领英才卡', 'Applying for the card'],
  'purposeText-card-application': [
    '把你填写的内容和材料交给受理部门审核。',
    'What you enter and upload goes to the office that decides.',
  ],
  'purpose-data-matching': ['数据比对', 'Matching records'],
  'purposeText-data-matching': [
    '向学信网、社保、市场监管核对学历、参保和单位信息，你就不用跑去开证明。',
    'Degree, insurance and employer are matched with their registers, which saves you the certificates.',
  ],
  'purpose-channel-health': ['医疗健康信息', 'Health information'],
  'purposeText-channel-health': [
    '预约医疗类服务时，把预约内容告诉接诊的医院，只用于这次服务。',
    'When you book a medical service, the hospital learns what you booked, for that service only.',
  ],
  'purpose-channel-minor': ['未成年子女信息', 'Information about your children'],
  'purposeText-channel-minor': [
    '办理入学、转学等事项时，把子女信息交给受理部门，只用于这件事。',
    'For schooling and the like, the office learns what you enter about your child, for that matter only.',
  ],
  consentRights: [
    '不同意也可以浏览。同意之后，随时可以在“设置 › 隐私与我的数据”里撤回、导出或注销。',
    'You may look around without agreeing. Later you can withdraw, export or erase under "Settings › Privacy and my data".',
  ],
  consentAgree: ['同意并继续', 'Agree and continue'],
  consentRefuse: ['不同意，先看看', 'Do not agree, just look around'],
  consentRefused: [
    '没有登录。你可以先浏览，想办事时再同意。',
    'Not signed in. Look around; you can agree whenever you like.',
  ],

  signInTitle: ['登录', 'Sign in'],
  signInLead: ['登录后，就能申领和查看你的英才卡。', 'Sign in to apply for your card and see it.'],
  signInReturn: ['登录后会回到你刚才要去的页面。', 'You will return to the page you wanted.'],
  wechatSignIn: ['微信一键登录', 'Sign in with WeChat'],
  wechatOnly: ['请在微信里打开', 'Please open this in WeChat'],
  wechatOnlyText: [
    '在微信搜索小程序“威海英才卡”，登录更方便也更安全。',
    'Look for the mini-program of the Weihai talent card in WeChat: signing in there is simple and safe.',
  ],
  sandboxTitle: ['沙箱·演示：没有连接微信', 'Sandbox demo: WeChat is not connected'],
  sandboxText: [
    '请选一位演示人物登录。人物和证件全部虚构，请不要输入真实信息。',
    'Choose a demo person to sign in as. All of them are invented; please enter nothing real.',
  ],
  signInAs: ['以{name}登录：{story}', 'Sign in as {name}: {story}'],

  realNameTitle: ['实名认证', 'Prove your name'],
  realNameLead: [
    '填写一次就好。人才库里已有你的记录时，认证后英才卡会直接发到卡包。',
    'Once is enough. If the talent roster already knows you, your card appears in the wallet at once.',
  ],
  identityType: ['证件类型', 'Document'],
  name: ['姓名', 'Name'],
  nameHint: ['与证件一致；少数民族姓名请带上“·”', 'As on the document'],
  nameHintForeign: ['与证件一致，拉丁字母，姓在前', 'As on the document, Latin letters, family name first'],
  birthDate: ['出生日期', 'Date of birth'],
  nationality: ['国籍', 'Nationality'],
  nationalityHint: ['与证件一致', 'As on the document'],
  countryTitle: ['选择国籍', 'Choose your nationality'],
  countrySearch: ['搜索国家或地区', 'Search countries and regions'],
  countrySearchHint: ['中文、英文或三位代码都可以', 'In Chinese or English, or by code'],
  countryFound: ['找到 {n} 个', '{n} found'],
  countryNone: [
    '没有找到。换一种写法，或输入护照上的三位代码。',
    'Nothing found. Try another spelling, or the three-letter code in your passport.',
  ],
  countryClose: ['关闭', 'Close'],
  realNameConsent: [
    '同意将姓名和证件号用于实名认证（版本 {version}）',
    'I agree that name and number are used to prove who I am (version {version})',
  ],
  realNameConsentNeeded: ['请先勾选同意，再提交', 'Please tick the box before you go on'],
  prove: ['提交认证', 'Prove my name'],
  proved: ['认证完成', 'Your name is proved'],
  later: ['以后再说', 'Later'],
  encrypted: [
    '证件号加密保存，任何页面都只显示开头两位。',
    'The number is stored encrypted and never shown in full.',
  ],
  alreadyProvedTitle: ['你已完成实名认证', 'Your name is already proved'],
  goOn: ['继续', 'Carry on'],
  windowHelp: [
    '不方便线上办？带证件到服务窗口，工作人员当面核验。',
    'Rather in person? Take your document to a service window.',
  ],
} as const satisfies Dictionary;
