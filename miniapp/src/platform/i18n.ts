import { fillText, type TextParams } from '@talent-card/shared/common/fill-text';
import type { Locale } from '@talent-card/shared/common/locale';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import Taro from '@tarojs/taro';
import { useCallback } from 'react';
import { create } from 'zustand';
import { clock, daysBetween, inShanghai, serviceDay } from './clock';
import { readStored, writeStored } from './storage';

/** One text in Chinese and English. `{name}` is filled in; `{n:day|days}` picks the English word by the number. */
export type Text = readonly [zh: string, en: string];
export type Dictionary = Readonly<Record<string, Text>>;
export type Params = TextParams;

const CHOICE_KEY = 'locale';

/** The language of the phone; anything that is not Chinese reads English. */
function systemLocale(): Locale {
  try {
    const language = process.env.TARO_ENV === 'h5' ? navigator.language : Taro.getAppBaseInfo().language;
    return (language ?? '').toLowerCase().startsWith('en') || !/^zh/i.test(language ?? 'zh') ? 'en' : 'zh-CN';
  } catch {
    return 'zh-CN';
  }
}

interface LocaleState {
  locale: Locale;
  /** What the person chose; null follows the phone. */
  choice: Locale | null;
}

const stored = readStored<Locale>(CHOICE_KEY);
export const useLocale = create<LocaleState>(() => ({ choice: stored, locale: stored ?? systemLocale() }));

export function chooseLocale(choice: Locale | null): void {
  writeStored(CHOICE_KEY, choice);
  useLocale.setState({ choice, locale: choice ?? systemLocale() });
}

const nothing = () => '';

/** Days by their name, such as `Today, 14:20`, begin a line in capitals; within a sentence English writes them small. */
const smallWithin = (text: string): string =>
  text.replace(/([a-z,] )(Today|Tomorrow|Yesterday)\b/g, (_, before: string, day: string) => {
    return before + day.toLowerCase();
  });

export function textIn(locale: Locale, text: Text, params?: Params): string {
  // A place that the caller leaves empty is a part of the sentence that is not there, such as an office nobody knows.
  const filled = fillText(text[locale === 'en' ? 1 : 0], params, nothing);
  return locale === 'en' ? smallWithin(filled) : filled;
}

/** `const t = useT(homeTexts); t('greeting', { name })` */
export function useT<D extends Dictionary>(dictionary: D): (key: keyof D, params?: Params) => string {
  const locale = useLocale((state) => state.locale);
  return useCallback(
    (key, params) => textIn(locale, dictionary[key] ?? ['', ''], params),
    [locale, dictionary],
  );
}

/** Words for a text that the service sends in both languages. */
export function useLocalized(): (text: LocalizedText) => string {
  const locale = useLocale((state) => state.locale);
  return useCallback((text) => (locale === 'en' ? text.en : text.zh), [locale]);
}

const WEEKDAYS: readonly Text[] = [
  ['周日', 'Sunday'],
  ['周一', 'Monday'],
  ['周二', 'Tuesday'],
  ['周三', 'Wednesday'],
  ['周四', 'Thursday'],
  ['周五', 'Friday'],
  ['周六', 'Saturday'],
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface DateWords {
  /** `11月24日` or `24 Nov`, with the year when it is not this one. Takes a service day or an instant. */
  day: (value: string) => string;
  /** `2031年5月20日` or `20 May 2031`. */
  fullDay: (value: string) => string;
  /** `周二`. */
  weekday: (value: string) => string;
  /** `11月24日 09:12`. */
  moment: (instant: string) => string;
  /** `今天 09:12`, `昨天 09:12`, else as `moment`. */
  recent: (instant: string) => string;
  /** `14:00`. */
  time: (instant: string) => string;
  /** `今天`, `明天`, else `周三 11月25日`: a day that is to come, as people say it. */
  comingDay: (value: string) => string;
  /** `明天 14:00`, `周三 11月25日 14:00`. */
  comingMoment: (instant: string) => string;
  /** `明天 14:00–15:00`, `周三 11月25日 14:00–15:00`. */
  span: (from: string, to: string) => string;
}

/** Days and times in words, in Asia/Shanghai and the language chosen. */
export function useDates(): DateWords {
  const locale = useLocale((state) => state.locale);
  return datesIn(locale);
}

export function datesIn(locale: Locale): DateWords {
  const english = locale === 'en';
  const parts = (value: string) => inShanghai(value.length === 10 ? `${value}T00:00:00+08:00` : value);
  const fullDay = (value: string) => {
    const { year, month, day } = parts(value);
    return english ? `${day} ${MONTHS[month - 1]} ${year}` : `${year}年${month}月${day}日`;
  };
  const day = (value: string) => {
    const { year, month, day: number } = parts(value);
    if (year !== inShanghai(clock.now()).year) return fullDay(value);
    return english ? `${number} ${MONTHS[month - 1]}` : `${month}月${number}日`;
  };
  const time = (instant: string) => {
    const { hour, minute } = parts(instant);
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  };
  const moment = (instant: string) => `${day(instant)} ${time(instant)}`;
  const weekday = (value: string) => textIn(locale, WEEKDAYS[parts(value).weekday] ?? ['', '']);
  const comingDay = (value: string) => {
    const ahead = daysBetween(serviceDay(clock.now()), value.length === 10 ? value : serviceDay(value));
    if (ahead === 0) return english ? 'Today' : '今天';
    if (ahead === 1) return english ? 'Tomorrow' : '明天';
    return english ? `${weekday(value).slice(0, 3)} ${day(value)}` : `${weekday(value)} ${day(value)}`;
  };
  const comingMoment = (instant: string) => `${comingDay(instant)}${english ? ',' : ''} ${time(instant)}`;
  return {
    day,
    fullDay,
    weekday,
    moment,
    time,
    comingDay,
    comingMoment,
    span: (from, to) => `${comingMoment(from)}–${time(to)}`,
    recent: (instant) => {
      const ago = daysBetween(serviceDay(instant), serviceDay(clock.now()));
      if (ago === 0) return `${english ? 'Today' : '今天'} ${time(instant)}`;
      if (ago === 1) return `${english ? 'Yesterday' : '昨天'} ${time(instant)}`;
      return moment(instant);
    },
  };
}
