import type { Dictionary } from '@/platform/i18n';

/** The page that shows the card's code. */
export const codeTexts = {
  title: ['出示码', 'My code'],
  picture: ['{name}的英才码，每分钟更新', 'Card code of {name}, renewed every minute'],
  refreshIn: ['{n} 秒后自动更新', 'New code in {n} {n:second|seconds}'],
  offlineFine: [
    '没有网络也能用 · 码中不含全名和证件号',
    'Works without network · holds neither full name nor ID number',
  ],
  onlineOnly: [
    '这个浏览器要联网取码，每分钟一次。在微信小程序里，没有网络也能出示。',
    'This browser fetches each code and needs the network. In the WeChat mini-program it works without.',
  ],
  aim: ['把码对准扫码器，屏幕已调亮', 'Hold it to the scanner; your screen is at its brightest'],
  aimBrowser: ['请把屏幕调亮，把码对准扫码器', 'Turn up the brightness and hold it to the scanner'],
  chooseCard: ['选择要出示的卡', 'Card to show'],
  wallet: ['卡包', 'Wallet'],
  walletNote: ['看全部的卡，可挂失', 'All your cards; report one lost'],
  devices: ['出示码的手机', 'Phones with my code'],
  screenshot: [
    '截图很快失效，也可能被别人冒用。请当面出示，不要转发。',
    'A screenshot lapses in a minute and might be misused. Show the code in person, do not pass it on.',
  ],
  endsSoon: [
    '离线出示可用到 {day}。连上网络后会自动续期。',
    'Without network it works until {day}. It renews itself once you are online.',
  ],
  sessionOver: ['登录已过期，码还能用到 {day}。', 'Your sign-in has expired; the code works until {day}.'],
  signInAgain: ['重新登录', 'Sign in again'],

  making: ['正在准备你的码', 'Preparing your code'],
  makingText: [
    '第一次在这台手机上出示，会生成一把只属于它的钥匙，几秒就好。',
    'The first time, this phone makes a key of its own. It takes a few seconds.',
  ],
  guestTitle: ['登录后出示英才码', 'Sign in to show your code'],
  guestText: [
    '登录一次就好，以后没有网络也能出示。',
    'Once is enough: after that it works without network too.',
  ],
  signIn: ['登录', 'Sign in'],
  namelessTitle: ['完成实名认证，才有可出示的卡', 'Prove your name to have a card to show'],
  namelessText: [
    '人才库里已有你的记录时，认证后马上发卡。',
    'If the talent roster knows you, the card comes at once.',
  ],
  prove: ['去认证', 'Prove my name'],
  noCardTitle: ['还没有可出示的卡', 'No card to show yet'],
  noCardText: [
    '领到英才卡后，码就在这里。几分钟就能申领。',
    'Your code appears here with your card. Applying takes minutes.',
  ],
  apply: ['申领英才卡', 'Apply for the card'],
  openCard: ['看原因和办法', 'See why and what to do'],
  'state-suspended': ['这张卡已暂停使用', 'This card is suspended'],
  'stateText-suspended': [
    '窗口现在会拒绝它。恢复后，码会自动回来。',
    'Windows refuse it for now. Once it is restored, the code comes back by itself.',
  ],
  'state-lost': ['这张卡已挂失', 'This card is reported lost'],
  'stateText-lost': [
    '挂失期间谁都不能出示。卡还在你手里，可解除挂失。',
    'Nobody can show it meanwhile. If you have it, lift the report.',
  ],
  'state-revoked': ['这张卡已注销', 'This card is revoked'],
  'stateText-revoked': ['仍符合条件的，可以重新申领。', 'If you still qualify, you may apply again.'],
  'state-expired': ['这张卡已到期', 'This card has expired'],
  'stateText-expired': ['仍符合条件的，可以重新申领。', 'If you still qualify, you may apply again.'],

  otherTitle: ['这张卡正在另一台手机上出示', 'Another phone shows this card'],
  otherText: [
    '{device}，{day} 起。一张卡只在一台手机上出示：换到这台后，那台的码马上失效。那台要是丢了，请再把卡挂失。',
    '{device}, since {day}. A card is shown on one phone only: once it is this one, the code there stops working. If that phone is lost, report the card too.',
  ],
  useThisPhone: ['换到这台手机', 'Use this phone instead'],
  showOnline: ['不换，这次联网出示', 'Keep it there; show a code from the network once'],
  freshTitle: ['换手机前，请再登录一次', 'Please sign in once more to change phones'],
  freshText: [
    '为了不让捡到手机的人换走你的码，需要十分钟之内的登录。登录后会回到这里。',
    'So that nobody who finds a phone can take your code, this needs a sign-in of the last ten minutes. You come back here afterwards.',
  ],
  noNetworkFirst: ['第一次出示，需要一次网络', 'The first time needs the network once'],
  noNetworkFirstText: [
    '连上网络打开这一页，以后一周内没有网络也能出示。着急时，请出示实体卡或身份证件。',
    'Open this page once with network; then it works without for a week. In a hurry, show the physical card or your ID.',
  ],
  noNetworkAgain: ['要连一次网络，才能继续出示', 'Your code needs the network once more'],
  noNetworkAgainText: [
    '离线出示的期限已过。连上网络就会自动续期；着急时，请出示实体卡或身份证件。',
    'Its time without network has run out and renews as soon as you are online. In a hurry, show the physical card or your ID.',
  ],
  noNetworkOnline: ['没有网络，取不到码', 'No network, no code'],
  noNetworkOnlineText: [
    '这个浏览器每次出示都要网络。请连网后重试，或在微信小程序里出示。',
    'This browser needs the network each time. Connect and try again, or use the WeChat mini-program.',
  ],
  signedOutTitle: ['请重新登录，再出示', 'Please sign in again to show it'],
  signedOutText: [
    '登录已过期。登录后会回到这里。',
    'Your sign-in has expired. You come back here afterwards.',
  ],
  revokedTitle: ['这台手机的码已停用', 'The code on this phone was stopped'],
  revokedText: [
    '换了手机、自己停用，或窗口代为停用时会这样。要在这台手机上出示，可以重新启用。',
    'This happens when another phone took over, or when you or a window stopped it. You can start it again here.',
  ],
  startAgain: ['在这台手机上重新启用', 'Start again on this phone'],
  retry: ['重试', 'Try again'],
  failedTitle: ['码没有准备好', 'The code is not ready'],
} as const satisfies Dictionary;
