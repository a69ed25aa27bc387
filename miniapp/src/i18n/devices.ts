import type { Dictionary } from '@/platform/i18n';

/** The page of the phones that may show the code. */
export const deviceTexts = {
  devices: ['出示码的手机', 'Phones with my code'],
  devicesNote: ['手机丢了，在这里停用和挂失', 'Lost a phone? Stop its code and report the card here'],
  cardTail: ['尾号 {tail}', 'ending {tail}'],
  devicesLead: [
    '一张卡同时只在一台手机上出示。手机丢了，或有不认识的，请马上停用。',
    'Each card is shown on one phone at a time. Stop a phone that is lost or that you do not know.',
  ],
  devicesEmpty: ['还没有手机出示过你的码', 'No phone has shown your code yet'],
  devicesEmptyText: ['打开出示码，这台手机就会列在这里。', 'Open your code and this phone is listed here.'],
  openCode: ['打开出示码', 'Open my code'],
  deviceActive: ['正在使用', 'In use'],
  deviceRevoked: ['已停用', 'Stopped'],
  thisPhone: ['这台', 'This one'],
  deviceSince: ['{card} · {start} 启用 · 最近续期 {last}', '{card} · since {start} · last renewed {last}'],
  deviceEnded: ['{card} · {end} 停用', '{card} · stopped {end}'],
  earlier: ['以前用过的', 'Earlier ones'],
  revoke: ['停用', 'Stop'],
  revokeTitle: ['停用“{device}”上的码？', 'Stop the code on "{device}"?'],
  revokeText: [
    '这台手机马上不能再出示{card}。卡不受影响，可以在另一台手机上启用。',
    'That phone can no longer show {card}. The card itself stays valid, and you can start the code on another phone.',
  ],
  revoked: ['已停用', 'Stopped'],
  lostTitle: ['手机真丢了？把卡也挂失', 'Really lost? Report the card too'],
  lostText: [
    '没锁屏的手机，捡到的人能直接登录微信，重新出示码；挂失后，这张卡的码在谁手里都不能用。',
    'On an unlocked phone WeChat signs in whoever holds it, and the code can be shown anew; once the card is reported lost, no code of it works in any hands.',
  ],
  reportLost: ['去挂失：{card}', 'Report as lost: {card}'],
} as const satisfies Dictionary;
