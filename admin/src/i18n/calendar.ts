import type { CalendarDay } from '@talent-card/shared/calendar/schema';
import { defineTexts } from './index.js';

export const calendarTexts = defineTexts(
  {
    year: '{year} 年',
    previous: '上一年',
    next: '下一年',
    published: '节假日按国务院公布的安排。',
    notPublished: '这一年的放假安排尚未收录，只按周末计算。公布后请在这里补上。',
    legend: '图例',
    overridden: '本单位调整过',
    today: '今天',
    explain: '办理期限按这里的工作日计算。修改只影响今天起的日子。',
    editTitle: '{date} {weekday}',
    now: '现在是：{kind}',
    setTo: '改为',
    name: '名称',
    namePlaceholder: '例如：春节、台风停工',
    effect: '这一天是否算工作日会影响所有在办申请的期限。',
    takeBack: '取消调整，恢复公布的安排',
    past: '过去的日子不能再改。',
    saved: '已修改 {date}',
    restored: '{date} 已恢复公布的安排',
    workingDays: '{count} 个工作日',
    weekdays: '一二三四五六日',
    readOnly: '您可以查看；修改需要“维护工作日历”权限。',
  },
  {
    year: '{year}',
    previous: 'Year before',
    next: 'Year after',
    published: 'Holidays as published by the State Council. ',
    notPublished:
      'The holidays of this year are not known yet; only weekends count. Enter them here once published.',
    legend: 'Legend',
    overridden: 'changed by this office',
    today: 'Today',
    explain: 'Due dates count the working days shown here. Changes touch days from today on. ',
    editTitle: '{date}, {weekday}',
    now: 'Now: {kind}',
    setTo: 'Make it',
    name: 'Name',
    namePlaceholder: 'Such as: Spring Festival, typhoon',
    effect: 'Whether this day counts moves the due dates of all open applications.',
    takeBack: 'Take the change back, as published',
    past: 'Days in the past cannot be changed.',
    saved: 'Changed: {date}',
    restored: 'As published again: {date}',
    workingDays: '{count} working {count:day|days}',
    weekdays: 'MTWTFSS',
    readOnly: 'You may look; changing needs the permission “Keep the calendar”.',
  },
);

export const dayKindTexts = defineTexts(
  {
    workday: '工作日',
    weekend: '周末',
    holiday: '节假日',
    'make-up-workday': '调休上班',
  } satisfies Record<CalendarDay['kind'], string>,
  {
    workday: 'Working day',
    weekend: 'Weekend',
    holiday: 'Holiday',
    'make-up-workday': 'Make-up working day',
  },
);
