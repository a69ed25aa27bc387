import type { MessageKind, MessageParam } from '@talent-card/shared/messages/schema';
import { inShanghai, serviceDate } from '../../platform/clock/shanghai.js';
import type { TemplateSetting, TemplateValue } from '../../platform/wechat/template-setting.js';

export type MessageParams = Readonly<Partial<Record<MessageParam, string | number>>>;
/** Texts for the ways out of the app. Chinese only: so are WeChat's templates and the registered SMS texts. */
export type MessageValues = Partial<Record<TemplateValue, string>>;

/** At most five characters: what WeChat's `phrase` takes. */
const STATUS: Readonly<Partial<Record<MessageKind, string>>> = {
  'booking-booked': '预约成功',
  'booking-cancelled': '已取消',
  'booking-reminder': '即将开始',
  'booking-lapsed': '已失效',
  'waiting-offered': '有名额了',
  vacancy: '有空位',
  'card-issued': '已发放',
  'card-suspended': '已暂停',
  'card-restored': '已恢复',
  'card-revoked': '已注销',
  'application-returned': '需要补正',
  'application-approved': '已通过',
  'application-rejected': '未通过',
  'appeal-answered': '已答复',
  'dispute-answered': '已答复',
  'rating-answered': '已答复',
  'request-returned': '需要补正',
  'request-approved': '已办结',
  'request-rejected': '未通过',
};
/** At most twenty characters: what WeChat's `thing` takes. */
const NOTE: Readonly<Partial<Record<MessageKind, string>>> = {
  'booking-booked': '请准时前往并出示英才卡码',
  'booking-cancelled': '次数已退还，可另选时段',
  'booking-reminder': '请准时前往，不去请先取消',
  'booking-lapsed': '名额已释放，可重新预约',
  'waiting-offered': '名额为您保留，请尽快确认',
  vacancy: '先到先得，打开小程序预约',
  'card-issued': '打开小程序查看您的英才卡',
  'card-suspended': '打开小程序查看原因',
  'card-restored': '您的英才卡可以继续使用',
  'card-revoked': '打开小程序查看原因',
  'application-returned': '打开小程序查看补正要求',
  'application-approved': '打开小程序查看办理结果',
  'application-rejected': '打开小程序查看原因',
  'appeal-answered': '打开小程序查看答复',
  'dispute-answered': '打开小程序查看答复',
  'rating-answered': '打开小程序查看答复',
  'request-returned': '打开小程序查看补正要求',
  'request-approved': '打开小程序查看办理结果',
  'request-rejected': '打开小程序查看原因',
};
/** What a message is about where no channel is. */
const WHAT: Readonly<Partial<Record<MessageKind, string>>> = {
  'card-issued': '威海英才卡',
  'card-suspended': '威海英才卡',
  'card-restored': '威海英才卡',
  'card-revoked': '威海英才卡',
  'application-returned': '英才卡申请',
  'application-approved': '英才卡申请',
  'application-rejected': '英才卡申请',
  'request-returned': '服务事项',
  'request-approved': '服务事项',
  'request-rejected': '服务事项',
  'appeal-answered': '预约申诉',
  'dispute-answered': '用卡异议',
  'rating-answered': '服务评价',
};
/** Their moment is that of the visit; for the others it is when it happened. */
const OF_A_VISIT: readonly MessageKind[] = [
  'booking-booked',
  'booking-cancelled',
  'booking-reminder',
  'booking-lapsed',
  'waiting-offered',
  'vacancy',
];

/** `2026年11月24日 09:00` in Asia/Shanghai, as WeChat's `time` takes it. */
function timeOf(moment: Date): string {
  const [year, month, day] = serviceDate(moment).split('-').map(Number);
  return `${year}年${month}月${day}日 ${clockOf(moment)}`;
}
/** `09:00` in Asia/Shanghai. */
const clockOf = (moment: Date): string => inShanghai(moment).slice(11);

/** What may be said of a message outside the app. A value that is not known is left out. */
export function valuesOf(kind: MessageKind, params: MessageParams, happenedAt: Date): MessageValues {
  const text = (param: MessageParam): string | undefined =>
    params[param] === undefined ? undefined : String(params[param]);
  const visit = text('startsAt');
  const moment = OF_A_VISIT.includes(kind) ? visit && new Date(visit) : happenedAt;
  const values = {
    what: text('channelZh') ?? WHAT[kind],
    where: text('venueZh'),
    when: moment ? timeOf(moment) : undefined,
    status: STATUS[kind],
    number: text('number'),
    note: noteOf(kind, text('offeredUntil')),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as MessageValues;
}

function noteOf(kind: MessageKind, offeredUntil: string | undefined): string | undefined {
  if (kind !== 'waiting-offered' || offeredUntil === undefined) return NOTE[kind];
  const until = new Date(offeredUntil);
  const [, month, day] = serviceDate(until).split('-').map(Number);
  return `请在${month}月${day}日${clockOf(until)}前确认`;
}

/** WeChat's limits by type of field; a longer value is refused with 47003. Characters, not bytes. */
const LONGEST: Readonly<Record<string, number>> = { thing: 20, phrase: 5, character_string: 32 };

/** Values in the fields of a template, cut to what each takes; or the first value that is not known. */
export function fillTemplate(
  template: TemplateSetting,
  values: MessageValues,
): { readonly data: Record<string, string> } | { readonly missing: TemplateValue } {
  const data: Record<string, string> = {};
  for (const [field, name] of Object.entries(template.fields)) {
    const value = values[name];
    if (!value) return { missing: name };
    const type = field.replace(/\d+$/, '');
    data[field] = type === 'date' ? (value.split(' ')[0] ?? value) : cut(value, LONGEST[type]);
  }
  return { data };
}

function cut(value: string, longest: number | undefined): string {
  const characters = [...value];
  if (longest === undefined || characters.length <= longest) return value;
  return `${characters.slice(0, longest - 1).join('')}…`;
}
