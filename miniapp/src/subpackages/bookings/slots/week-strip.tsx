import type { SlotWeek } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { bookingsTexts } from '@/i18n/bookings';
import { inShanghai } from '@/platform/clock';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { a11y, Icon } from '@/ui';
import { type DayState, stateOfDay } from './slot-rules';
import type { SlotPicker } from './use-slot-picker';

/** Seven days with what is free on each, and the weeks beside. */
export function WeekStrip({ picker }: { picker: SlotPicker }) {
  const t = useT(bookingsTexts);
  const { week, before, after } = picker;
  if (!week.data) return null;
  return (
    <View className={week.isPlaceholderData ? 'week week--old' : 'week'}>
      <Turn icon="back" label={t('weekBefore')} onTap={before} />
      <View className="week__days" {...a11y({ role: 'radiogroup', label: t('week') })}>
        {week.data.days.map((day) => (
          <DayCell key={day.date} day={day} picker={picker} />
        ))}
      </View>
      <Turn icon="right" label={t('weekAfter')} onTap={after} />
    </View>
  );
}

function Turn({ icon, label, onTap }: { icon: 'back' | 'right'; label: string; onTap: (() => void) | null }) {
  return (
    <View
      className="week__turn"
      onClick={() => onTap?.()}
      {...a11y({ role: 'button', label, disabled: onTap === null, focusable: onTap !== null })}
    >
      <Icon name={icon} size={20} colour={onTap ? 'sea' : 'line'} />
    </View>
  );
}

function DayCell({ day, picker }: { day: SlotWeek['days'][number]; picker: SlotPicker }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const on = picker.day?.date === day.date;
  const state = stateOfDay(day, picker.cardClass);
  const words = stateWords(state, t);
  const weekday = dates.weekday(day.date);
  const className = ['day', `day--${state.kind}`, on && 'day--on'].filter(Boolean).join(' ');
  return (
    <View
      className={className}
      onClick={() => picker.chooseDay(day.date)}
      {...a11y({
        role: 'radio',
        checked: on,
        focusable: true,
        label: t('dayLabel', { day: dates.comingDay(day.date), state: words }),
      })}
    >
      <View className="day__week">{locale === 'en' ? weekday.slice(0, 3) : weekday.slice(1)}</View>
      <View className="day__n tabular">{inShanghai(`${day.date}T00:00:00+08:00`).day}</View>
      <View className="day__left tabular">{words}</View>
    </View>
  );
}

/** A day is narrow: more than that is simply many. */
const MOST_COUNTED = 99;

function stateWords(
  state: DayState,
  t: (key: keyof typeof bookingsTexts, params?: Record<string, number>) => string,
): string {
  switch (state.kind) {
    case 'free':
      return state.left > MOST_COUNTED ? t('dayMany') : t('dayFree', { n: state.left });
    case 'full':
      return t('dayFull');
    case 'later':
      return t('dayLater');
    case 'closed':
      return t('dayClosed');
    case 'none':
      return t('dayNone');
  }
}
