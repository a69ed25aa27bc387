import type { ClerkDevice, CodeDevice } from '@talent-card/shared/card-code/schema';
import { defineTexts } from './index.js';

export const clerkDeviceStateTexts = defineTexts(
  { invited: '待绑定', active: '使用中', revoked: '已停用' } satisfies Record<ClerkDevice['status'], string>,
  { invited: 'Invited', active: 'In use', revoked: 'Revoked' },
);

export const codePlatformTexts = defineTexts(
  { weapp: '微信小程序', h5: '网页' } satisfies Record<CodeDevice['platform'], string>,
  { weapp: 'WeChat mini-program', h5: 'Web page' },
);

export const devicesTexts = defineTexts(
  {
    listLabel: '核验设备列表',
    explain: '核验员用自己的手机扫码。每部手机绑定一次，断网也能核验；丢失或换人时请立即停用。',
    searchPlaceholder: '核验员或设备',
    staff: '核验员',
    device: '设备',
    notBound: '尚未绑定',
    invitedAt: '{time} 邀请',
    enrolledAt: '绑定时间',
    lastSeenAt: '最近在线',
    never: '从未',
    invite: '邀请绑定',
    inviteTitle: '邀请一位核验员绑定手机',
    inviteHelp: '只列出可以核验的在用账号。',
    inviteOk: '生成绑定码',
    staffPlaceholder: '姓名或用户名',
    codeTitle: '{name} 的绑定码',
    codeText: '请 {name} 在小程序“工作人员”页输入或扫描，{time} 前有效。关闭后不能再看到。',
    codeQr: '绑定码的二维码',
    copyCode: '复制绑定码',
    kept: '已告诉对方，关闭',
    revoke: '停用',
    revokeTitle: '停用 {name} 的核验设备（{device}）',
    revokeEffect:
      '立即不能再核验。停用之前断网放行、还没上传的记录，手机联网后会自动交上来，逐笔列为待处理；停用之后记的一律不收。',
    revoked: '已停用 {name} 的设备',
    revokedAt: '{time} 停用',
    emptyTitle: '还没有核验设备',
    emptyText: '邀请核验员绑定手机，就能在窗口扫码。',

    codeDevices: '亮码手机',
    codeNone: '还没有手机为这张卡亮码',
    codeEnrolled: '{time} 绑定',
    codeRenewed: '{time} 续期',
    codeRevokedAt: '{time} 收回',
    codeActive: '使用中',
    codeRevoked: '已收回',
    codeRevoke: '收回',
    codeRevokeTitle: '收回“{label}”的亮码权限',
    codeRevokeEffect:
      '这部手机的码立即失效；离线窗口最迟在更新名单后拒绝。持卡人可以在新手机上重新绑定。手机没锁屏就丢了的，捡到的人能重新登录绑定，请同时把卡挂失或暂停。',
    codeRevokeDone: '已收回“{label}”',
  },
  {
    listLabel: 'List of clerk devices',
    explain:
      'Clerks scan with their own phones. Each phone is enrolled once and verifies without network too; revoke it at once when it is lost or changes hands.',
    searchPlaceholder: 'Clerk or device',
    staff: 'Clerk',
    device: 'Device',
    notBound: 'not enrolled yet',
    invitedAt: 'invited {time}',
    enrolledAt: 'Enrolled',
    lastSeenAt: 'Last seen',
    never: 'never',
    invite: 'Invite a phone',
    inviteTitle: 'Invite a clerk to enrol a phone',
    inviteHelp: 'Active accounts that may verify.',
    inviteOk: 'Make the code',
    staffPlaceholder: 'Name or user name',
    codeTitle: 'Enrolment code for {name}',
    codeText:
      '{name} types or scans it on the staff page of the mini-program before {time}. It cannot be shown again.',
    codeQr: 'QR code of the enrolment code',
    copyCode: 'Copy the code',
    kept: 'Passed on, close',
    revoke: 'Revoke',
    revokeTitle: 'Revoke the device of {name} ({device})',
    revokeEffect:
      'It verifies nothing any more. What it let in before and has not sent is handed in once it has network, and each use is to be settled; what is signed afterwards is refused.',
    revoked: 'Revoked the device of {name}',
    revokedAt: 'revoked {time}',
    emptyTitle: 'No clerk devices yet',
    emptyText: 'Invite clerks to enrol their phones to scan at the window.',

    codeDevices: 'Phones that show the code',
    codeNone: 'No phone shows the code of this card yet',
    codeEnrolled: 'enrolled {time}',
    codeRenewed: 'renewed {time}',
    codeRevokedAt: 'revoked {time}',
    codeActive: 'in use',
    codeRevoked: 'revoked',
    codeRevoke: 'Revoke',
    codeRevokeTitle: 'Revoke “{label}”',
    codeRevokeEffect:
      'Its codes end at once; windows without network refuse them after their next list. The holder may enrol a new phone. Whoever found it unlocked can sign in and enrol it again: have the card reported lost or suspend it too.',
    codeRevokeDone: 'Revoked “{label}”',
  },
);
