import type { Dictionary } from '@/platform/i18n';

/** Words that belong to no page. */
export const commonTexts = {
  appName: ['威海英才卡', 'Weihai Talent Card'],
  tabHome: ['首页', 'Home'],
  tabWallet: ['卡包', 'Wallet'],
  tabMessages: ['消息', 'Messages'],
  tabMe: ['我的', 'Me'],
  tabUnread: ['{tab}，{n} 条未读', '{tab}, {n} unread'],
  back: ['返回', 'Back'],
  toHome: ['回首页', 'Home page'],
  cancel: ['取消', 'Cancel'],
  save: ['保存', 'Save'],
  saved: ['已保存', 'Saved'],
  next: ['下一步', 'Next'],
  retry: ['重试', 'Try again'],
  loading: ['正在加载', 'Loading'],
  loadMore: ['加载更多', 'Load more'],
  didNotWork: ['没能打开', 'This did not open'],
  requestId: ['问题编号 {id}', 'Reference {id}'],
  demoData: ['演示数据', 'Demo data'],
  sandbox: ['沙箱·演示', 'Sandbox demo'],
  optionalLabel: ['{label}（选填）', '{label} (optional)'],
  pleaseChoose: ['请选择', 'Please choose'],
  agree: ['同意', 'Agree'],
  refuse: ['不同意', 'Do not agree'],
  privacyTitle: ['使用前请了解隐私保护指引', 'Before you go on: your privacy'],
  privacyText: [
    '这一步要用到微信提供的信息（如手机号）。我们只把它用于你正在办的事。不同意也可以继续浏览，只是这一项用不了，以后可再同意。',
    'This step uses information that WeChat holds, such as your phone number. It serves only what you are doing now. You may refuse and go on; only this one thing will not work, and you can agree later.',
  ],
  privacyContract: ['查看《用户隐私保护指引》', 'Read the privacy guide'],
} as const satisfies Dictionary;
