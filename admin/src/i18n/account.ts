import { defineTexts } from './index.js';

export const accountTexts = defineTexts(
  {
    about: '账号信息',
    username: '用户名',
    role: '角色',
    may: '可以做',
    password: '修改密码',
    passwordDone: '密码已修改，其他设备上的登录已退出',
    recovery: '恢复码',
    recoveryLeft: '还剩 {count} 个没用过的恢复码',
    recoveryFew: '快用完了，建议重新生成',
    renew: '重新生成',
    renewTitle: '重新生成恢复码',
    renewText: '旧的恢复码会立即全部作废。新的只显示一次。',
    recoveryText: '手机丢失时，用恢复码代替验证码登录。换手机请联系系统管理员重置登录。',
  },
  {
    about: 'Account',
    username: 'User name',
    role: 'Role',
    may: 'You may',
    password: 'Change password',
    passwordDone: 'Password changed; other devices were signed out',
    recovery: 'Recovery codes',
    recoveryLeft: 'Unused recovery codes left: {count}',
    recoveryFew: 'Nearly used up; make new ones',
    renew: 'Make new ones',
    renewTitle: 'Make new recovery codes',
    renewText: 'The old codes become void at once. The new ones are shown once.',
    recoveryText:
      'If your phone is lost, a recovery code signs you in. For a new phone, ask the administrator to reset your access.',
  },
);
