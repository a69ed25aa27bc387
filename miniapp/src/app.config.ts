export default defineAppConfig({
  // The main package holds the tab pages, the code page, which opens without a network, and the wallet, whose address
  // is older than its place behind the tabs.
  pages: [
    'pages/home/index',
    'pages/services/index',
    'pages/code/index',
    'pages/messages/index',
    'pages/me/index',
    'pages/wallet/index',
  ],
  subPackages: [
    {
      root: 'subpackages/auth',
      pages: ['welcome/index', 'consent/index', 'sign-in/index', 'real-name/index'],
    },
    { root: 'subpackages/cards', pages: ['detail/index', 'about/index'] },
    {
      root: 'subpackages/apply',
      pages: ['form/index', 'documents/index', 'result/index', 'detail/index', 'list/index'],
    },
    { root: 'subpackages/services', pages: ['channel/index'] },
    {
      root: 'subpackages/bookings',
      pages: ['slots/index', 'list/index', 'detail/index', 'waiting/index', 'standing/index'],
    },
    { root: 'subpackages/uses', pages: ['list/index', 'detail/index', 'rating/index'] },
    { root: 'subpackages/requests', pages: ['form/index', 'list/index', 'detail/index'] },
    {
      root: 'subpackages/settings',
      pages: [
        'settings/index',
        'profile/index',
        'privacy/index',
        'erase/index',
        'sessions/index',
        'devices/index',
        'help/index',
      ],
    },
    { root: 'subpackages/staff', pages: ['window/index', 'arrivals/index', 'unsent/index'] },
  ],
  preloadRule: {
    // A clerk may stand where there is no network when the staff pages are first opened.
    'subpackages/auth/sign-in/index': { network: 'all', packages: ['subpackages/staff'] },
    'pages/me/index': { network: 'all', packages: ['subpackages/staff'] },
    'pages/services/index': { network: 'all', packages: ['subpackages/services', 'subpackages/bookings'] },
    'pages/home/index': { network: 'all', packages: ['subpackages/auth', 'subpackages/cards'] },
  },
  // On h5 the sliding pages leave a page blank when one goes back within their 300 ms: the timer that hides it fires
  // after it was shown again (@tarojs/router 4.2.1, PageHandler.hide).
  ...(process.env.TARO_ENV === 'h5' ? { animation: false } : {}),
  darkmode: true,
  themeLocation: 'theme.json',
  window: {
    navigationStyle: 'custom',
    navigationBarTitleText: '威海英才卡',
    navigationBarBackgroundColor: '@bar',
    navigationBarTextStyle: '@barText',
    backgroundColor: '@page',
  } as Taro.Config['window'],
  tabBar: {
    custom: true,
    color: '@tabText',
    selectedColor: '@tabOn',
    backgroundColor: '@tab',
    borderStyle: '@tabLine' as 'white',
    list: [
      { pagePath: 'pages/home/index', text: '首页' },
      { pagePath: 'pages/services/index', text: '服务' },
      { pagePath: 'pages/messages/index', text: '消息' },
      { pagePath: 'pages/me/index', text: '我的' },
    ],
  },
  // Declared because WeChat disables whatever is not; the service asks for no location, camera or address book.
  __usePrivacyCheck__: true,
  lazyCodeLoading: 'requiredComponents',
  networkTimeout: { request: 15_000, uploadFile: 60_000 },
});
