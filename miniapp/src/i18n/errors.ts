import type { Locale } from '@talent-card/shared/common/locale';
import { type AnyErrorCode, ApiError } from '@/platform/api-error';
import { type Text, textIn } from '@/platform/i18n';

/** Every outcome of a call that a phone may meet, in words that say what to do next. */
export const errorTexts: Record<AnyErrorCode, Text> = {
  NETWORK_UNREACHABLE: [
    '网络连不上。请检查网络后重试，已填的内容还在。',
    'No connection. Check your network and try again; what you typed is still here.',
  ],
  NETWORK_TIMEOUT: [
    '网络太慢，等不到回应。请稍后重试，不会重复提交。',
    'The connection is too slow. Try again in a moment; nothing is submitted twice.',
  ],
  ANSWER_UNREADABLE: [
    '服务的回应读不懂。请稍后重试，仍不行请联系服务窗口。',
    'The answer made no sense. Try again later, or contact the service window.',
  ],
  UNSENT_USES: [
    '这台手机上还有没同步的核验记录，退出会丢失。请连上网络，先在工作人员页面同步。',
    'This phone holds uses that were not sent and would be lost. Please connect and sync them on the staff page first.',
  ],

  VALIDATION_FAILED: [
    '有几处需要改一下，请看标红的地方。',
    'Some entries need a change: please look at the ones in red.',
  ],
  UNAUTHENTICATED: ['请先登录，再继续。', 'You are not signed in. Please sign in to go on.'],
  SESSION_EXPIRED: ['登录已过期，请重新登录。', 'Your sign-in has expired. Please sign in again.'],
  FORBIDDEN: [
    '你的账号不能办这一项。如有疑问，请联系服务窗口。',
    'Your account may not do this. Please ask the service window.',
  ],
  NOT_FOUND: [
    '没有找到，可能已被移走。请返回刷新后再看。',
    'Not found; it may have moved. Go back and refresh.',
  ],
  METHOD_NOT_ALLOWED: [
    '当前版本不支持这个操作，请更新后重试。',
    'This version cannot do that. Please update and try again.',
  ],
  RATE_LIMITED: ['操作太频繁了，请过一分钟再试。', 'That was a bit fast. Please try again in a minute.'],
  PAYLOAD_TOO_LARGE: [
    '提交的内容太大。请减少文字，或换小一点的文件再试。',
    'That is too much at once. Shorten the text or choose a smaller file.',
  ],
  UNSUPPORTED_MEDIA_TYPE: [
    '不支持这种文件。请换成 PDF、JPG 或 PNG。',
    'This kind of file is not accepted. Please use PDF, JPG or PNG.',
  ],
  IDEMPOTENCY_KEY_MISSING: ['提交没有成功，请再点一次。', 'It was not submitted. Please tap once more.'],
  IDEMPOTENCY_KEY_REUSED: ['内容改过了，请再提交一次。', 'The content has changed. Please submit once more.'],
  STALE_VERSION: [
    '这里刚刚有了新的变化。请刷新，看过再决定。',
    'This has just changed. Please refresh and look before you decide.',
  ],
  CONSENT_REQUIRED: [
    '办理这一项需要你的同意。请在“隐私与我的数据”里查看并同意。',
    'This needs your consent. You can read and give it under "Privacy and my data".',
  ],
  CONSENT_VERSION_OUTDATED: [
    '授权说明已更新。请看过新的内容，同意后继续。',
    'The consent text has changed. Please read the new one and agree to go on.',
  ],
  INTERNAL: [
    '服务出了点问题，我们已记下。请稍后重试。',
    'Something went wrong on our side and is on record. Please try again later.',
  ],
  SERVICE_UNAVAILABLE: [
    '服务正在维护，请过几分钟再来。',
    'The service is being maintained. Please come back in a few minutes.',
  ],
  UPSTREAM_UNAVAILABLE: [
    '核验系统暂时没有回应，请稍后重试；着急请到服务窗口办理。',
    'The checking system does not answer just now. Try again later, or go to a service window.',
  ],

  WECHAT_CODE_INVALID: [
    '微信登录已失效，请再点一次登录。',
    'The WeChat sign-in has lapsed. Please tap sign-in again.',
  ],
  WECHAT_ACCOUNT_BLOCKED: [
    '微信暂时限制了这个账号登录。请在微信里解除限制，或到服务窗口办理。',
    'WeChat has restricted this account. Lift the restriction in WeChat, or go to a service window.',
  ],
  WECHAT_RATE_LIMITED: [
    '此刻登录的人太多，请过一分钟再试。',
    'Too many people are signing in. Please try again in a minute.',
  ],
  PHONE_CODE_INVALID: [
    '手机号授权已失效，请再点一次授权。',
    'The phone permission has lapsed. Please tap it again.',
  ],
  REFRESH_TOKEN_INVALID: ['登录已过期，请重新登录。', 'Your sign-in has expired. Please sign in again.'],
  REFRESH_TOKEN_REUSED: [
    '为了安全，这次登录已结束。请重新登录；如不是你本人操作，请查看登录设备。',
    'For your safety this sign-in was ended. Sign in again, and check your devices if it was not you.',
  ],
  ACCOUNT_ERASED: [
    '这个账号已注销。请重新登录，建立新账号。',
    'This account has been erased. Please sign in to open a new one.',
  ],

  REAL_NAME_REQUIRED: [
    '请先完成实名认证，再办理这一项。',
    'This needs your real name. Please prove it first.',
  ],
  REAL_NAME_NOT_FOUND: [
    '没有查到这个证件。请核对证件类型和号码；无误仍不通过，请带证件到服务窗口。',
    'This document was not found. Check its type and number; if both are right, take it to a service window.',
  ],
  REAL_NAME_MISMATCH: [
    '姓名和证件号对不上。请照证件逐字核对后重试。',
    'Name and number do not belong together. Compare them with your document and try again.',
  ],
  REAL_NAME_TOO_MANY_TRIES: [
    '今天试的次数太多了。请明天再试，或带证件到服务窗口办理。',
    'Too many tries for today. Please try tomorrow, or take your document to a service window.',
  ],
  REAL_NAME_BOUND_ELSEWHERE: [
    '这个身份已绑定另一个微信。请用那个微信登录；换了微信，请带证件到服务窗口解绑。',
    'This identity is bound to another WeChat account. Sign in with that one, or have it released at a service window.',
  ],
  REAL_NAME_ALREADY_PROVED: [
    '你已完成实名认证，不用再做一次。请返回继续。',
    'Your real name is already proved. Please go back and carry on.',
  ],

  STAFF_DISABLED: [
    '这个账号已停用，请联系系统管理员。',
    'This account is disabled. Please contact the administrator.',
  ],
  TOTP_CHALLENGE_EXPIRED: ['登录等待太久，请重新登录。', 'The sign-in took too long. Please start again.'],

  FILE_TOO_LARGE: [
    '文件超过 10 MB。请压缩后再上传。',
    'The file is over 10 MB. Please make it smaller and upload again.',
  ],
  FILE_TYPE_NOT_ALLOWED: [
    '只收 PDF、JPG 和 PNG，请换一种格式。',
    'Only PDF, JPG and PNG are accepted. Please use one of them.',
  ],
  FILE_CONTENT_MISMATCH: [
    '文件内容和它的格式不符。请重新导出或拍照后上传。',
    'The file is not what its name says. Please export or photograph it again.',
  ],
  FILE_UNREADABLE: [
    '文件打不开，可能已损坏或加了密码。请换一个文件。',
    'The file cannot be opened; it may be damaged or locked. Please choose another.',
  ],
  FILE_LINK_EXPIRED: ['链接已过期，请重新打开文件。', 'The link has expired. Please open the file again.'],

  CASE_STATE_CONFLICT: [
    '申请的状态刚刚变了。请刷新，看过再办。',
    'The application has just moved on. Please refresh and look again.',
  ],
  CASE_STEP_NOT_YOURS: [
    '这一步由别的部门办理，请等候他们的答复。',
    'Another office handles this step. Please wait for its answer.',
  ],
  CASE_FOUR_EYES: ['需要另一位同事复核，请转给他们。', 'A second person must check this. Please pass it on.'],
  CASE_INCOMPLETE: [
    '材料还不齐。请按提示补上，再提交。',
    'Something is still missing. Please complete it and submit again.',
  ],
  CASE_DOCUMENT_LIMIT: [
    '材料件数已到上限。请删去不需要的，再上传。',
    'There are too many documents. Remove one before you add another.',
  ],
  APPLICATION_ALREADY_OPEN: [
    '你已有一份申请在办理。请到“我的申请”查看进度。',
    'You already have an application under way. See "My applications".',
  ],
  APPLICATION_CATEGORY_NOT_OPEN: [
    '这一类的线上申领即将开放。现在可到服务窗口咨询。',
    'Online application for this category opens soon. Meanwhile a service window can help.',
  ],
  CARD_ALREADY_VALID: [
    '你已有一张有效的卡，不用再申领。请到卡包查看。',
    'You already hold a valid card. You will find it in the wallet.',
  ],
  CARD_STATE_CONFLICT: [
    '卡的状态刚刚变了。请刷新，看过再操作。',
    'The card has just changed. Please refresh and look again.',
  ],
  CARD_CLASS_UNKNOWN: ['没有这个人才层次，请重新选择。', 'There is no such class. Please choose again.'],
  IDENTITY_NUMBER_WRONG: [
    '和实名认证时的证件号对不上。请照证件逐位核对后重试。',
    'Not the number that you proved your name with. Compare it with your document and try again.',
  ],
  IDENTITY_NUMBER_TOO_MANY_TRIES: [
    '输错的次数太多了。请带证件到服务窗口，当场就能解除挂失；也可以改天再试。',
    'Too many wrong numbers. Take your document to a service window: it lifts the report at once. Or try again another day.',
  ],

  QUOTA_GONE: [
    '这一项的次数用完了。可以看看什么时候恢复，或换一项服务。',
    'Nothing is left of this one. See when it renews, or choose another service.',
  ],
  FUNDED_ELSEWHERE: [
    '同一件事已由别的通道出过资，不能再用一次。请看看其他服务。',
    'Another channel has paid for the same already. Please see the other services.',
  ],
  NOT_ENTITLED: [
    '你的卡现在用不了这一项。请看通道页上还差哪些条件。',
    'Your card does not open this yet. The channel page says what is missing.',
  ],
  COMPANIONS_TOO_MANY: [
    '同行人超过了规定人数，请减少后再试。',
    'Too many companions. Please bring fewer and try again.',
  ],
  CHANNEL_NOT_OPEN: [
    '这条通道暂时停用，请看看其他服务，或打热线问一问。',
    'This channel is closed for now. See the other services, or call the hotline.',
  ],

  SLOT_FULL: [
    '这个时段刚刚约满。看看别的时段，或排队候补。',
    'This time has just filled up. See another one, or join the line.',
  ],
  SLOT_NOT_OPEN_YET: [
    '这个时段还没有开放预约，请到开放时间再来。',
    'Booking for this time is not open yet. Please come back when it opens.',
  ],
  SLOT_CLOSED: ['这个时段已停止预约，请换一个时段。', 'This time is closed. Please choose another one.'],
  SLOT_PAST: [
    '这个时段已经过了预约时间，请选晚一点的。',
    'It is too late for this time. Please choose a later one.',
  ],
  BOOKING_OVERLAP: [
    '你在同一时间另有预约。请先改期或取消那一个，再约。',
    'You have another booking at that time. Move or cancel it first.',
  ],
  BOOKING_EXISTS: [
    '这个时段你已经约过了，请到“我的预约”查看。',
    'You have booked this time already. See "My bookings".',
  ],
  BOOKING_STATE_CONFLICT: [
    '预约刚刚有了变化。请刷新，看过再操作。',
    'The booking has just changed. Please refresh and look again.',
  ],
  BOOKING_TOO_LATE: [
    '已过了可以自己改动的时间。请直接打电话给场馆。',
    'It is too late to change this yourself. Please call the venue.',
  ],
  BOOKING_PAUSED: [
    '多次约了没有来，预约暂停了。可以看爽约记录，有原因的请申诉。',
    'Booking is paused after missed visits. See your record; appeal if there was a reason.',
  ],
  BOOKING_CONSENT_REQUIRED: [
    '这一项涉及敏感信息，需要你单独同意。请看过说明，同意后再约。',
    'This touches sensitive data and needs a consent of its own. Please read it, then book.',
  ],
  BOOKING_OTHER_DAY: [
    '这个预约不是今天的，请核对日期再办。',
    'This booking is for another day. Please check the date.',
  ],
  BOOKING_ALREADY_ARRIVED: [
    '今天的预约已经签到，不用再记一次。',
    'The booking of today is checked in already; there is nothing more to record.',
  ],
  WAITING_NOT_NEEDED: [
    '现在还有空位，不用排队，可以直接预约。',
    'There are places now: no need to wait, you can book.',
  ],
  WAITING_EXISTS: [
    '你已经在这个时段排队了，请到“我的预约”查看。',
    'You are in this line already. See "My bookings".',
  ],
  REQUESTS_TOO_MANY: [
    '你有 10 件申请正在办理。请等其中一件办结，或先撤回一件。',
    'You have 10 open requests. Wait for an answer to one, or withdraw one first.',
  ],
  WAITING_TOO_MANY: [
    '同时最多在 5 个时段排队。请先到“我的预约”退出一个。',
    'You can stand in 5 lines at a time. Leave one in "My bookings" first.',
  ],
  OFFER_ENDED: [
    '为你留的位置已经过时。可以看看别的时段，或重新排队。',
    'The place kept for you has been passed on. See other times, or join the line again.',
  ],
  APPEAL_NOT_POSSIBLE: [
    '这一项现在不能申诉，或已经申诉过。请到原处查看结果。',
    'There is nothing to appeal here now. If you have done so, see the answer there.',
  ],

  CODE_FRESH_SIGN_IN_REQUIRED: [
    '换手机亮码需要先重新登录，确认是你本人。',
    'Showing the code on a new phone needs a fresh sign-in. Please sign in again.',
  ],
  CODE_DEVICE_REVOKED: [
    '这部手机已不能亮码。持卡人重新登录后，可以再启用一次。',
    'This phone may not show the code any more. Its holder signs in again, then sets it up once more.',
  ],
  CODE_DEVICE_SIGNATURE: [
    '这部手机的密钥对不上。请重新启用亮码，再试。',
    'The key of this phone does not fit. Please set up the code again.',
  ],
  CODE_CLOCK_WRONG: [
    '手机时间不准。请在系统设置里打开自动时间，再试。',
    'The time of your phone is off. Please switch automatic time on, then try again.',
  ],
  CARD_NOT_VALID: [
    '这张卡现在不能用。请打开卡片，看看原因。',
    'This card cannot be used now. Open it to see why.',
  ],
  CLERK_CODE_INVALID: [
    '启用码不对或已过期，请向管理员要一个新的。',
    'The code is wrong or too old. Please ask the administrator for a new one.',
  ],
  CLERK_DEVICE_REVOKED: [
    '这台核验设备已停用，请联系管理员重新启用。',
    'This device may not check cards any more. Please ask the administrator.',
  ],
  LOOK_ENDED: ['核验已过两分钟，请重新扫码。', 'Two minutes have passed. Please scan the code again.'],
  CODE_ALREADY_USED: [
    '这个码已经用过，请持卡人刷新后再扫。',
    'This code was used. Ask the holder to refresh, then scan again.',
  ],
  VENUE_NOT_YOURS: [
    '这个场馆不归你的岗位管，请换一个场馆。',
    'This venue is not yours. Please choose another.',
  ],
  USE_STATE_CONFLICT: [
    '这次使用刚刚有了变化。请刷新，看过再办。',
    'This use has just changed. Please refresh and look again.',
  ],

  RATING_EXISTS: [
    '这一次已经评价过，可以到“我的使用”查看。',
    'You have rated this visit. See it under "My uses".',
  ],
  RATING_NOT_POSSIBLE: [
    '这一次现在不能评价，请等窗口核对完再看。',
    'This visit cannot be rated now. Please look again once the window has settled it.',
  ],
};

/** What went wrong, for whoever reads `locale`. Anything that is not an ApiError is a fault of this app. */
export function explain(error: unknown, locale: Locale): string {
  const code: AnyErrorCode = error instanceof ApiError ? error.code : 'INTERNAL';
  const known: Text | undefined = errorTexts[code];
  return textIn(locale, known ?? errorTexts.INTERNAL);
}
