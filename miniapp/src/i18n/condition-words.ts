import type { Locale } from '@talent-card/shared/common/locale';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import { datesIn, type Params, type Text, textIn } from '@/platform/i18n';

const LEVELS: Readonly<Record<string, Text>> = {
  doctor: ['博士', 'doctorate'],
  master: ['硕士', 'master degree'],
  bachelor: ['学士', 'bachelor degree'],
  college: ['大专', 'college diploma'],
};
const KINDS: Readonly<Record<string, Text>> = {
  talent: ['威海英才卡', 'Weihai Talent Card'],
  youth: ['威海青年人才卡', 'Weihai Youth Card'],
};
export const CATEGORY_NAMES: Readonly<Record<string, Text>> = {
  '1': ['第一类', 'Category 1'],
  '2': ['第二类', 'Category 2'],
  '3': ['第三类', 'Category 3'],
  '4': ['第四类', 'Category 4'],
};
const WORDS: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  level: LEVELS,
  known: LEVELS,
  kind: KINDS,
  category: CATEGORY_NAMES,
};

const FALLBACK: Text = [
  '这一项需要窗口看一看（{code}）。可以先提交，或联系服务窗口。',
  'A window needs to look at this ({code}). You may go on, or ask the service window.',
];

/** Beside a refusal: from when it holds, or nothing where no day is set. */
function fromWhen(day: string, locale: Locale): string {
  if (!day) return '';
  const words = datesIn(locale).fullDay(day);
  return locale === 'en' ? `, but from ${words}` : `，${words}起开放`;
}

function paramsInWords(params: Condition['params'], locale: Locale): Params {
  const dates = datesIn(locale);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const word = WORDS[name]?.[String(value)];
      if (name === 'from') return [name, fromWhen(String(value), locale)];
      if (word) return [name, textIn(locale, word)];
      if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return [name, dates.fullDay(value)];
      return [name, value];
    }),
  );
}

/** A reason in words; one that `texts` do not know says whom to ask and keeps its code. */
export function reasonInWords(
  texts: Readonly<Record<string, Text>>,
  { reason, params }: Pick<Condition, 'reason' | 'params'>,
  locale: Locale,
): string {
  const text = texts[reason];
  if (!text) return textIn(locale, FALLBACK, { code: reason });
  return textIn(locale, text, paramsInWords(params, locale));
}
