import { fillText, type TextParams } from '@talent-card/shared/common/fill-text';
import type { Locale } from '@talent-card/shared/common/locale';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { useCallback, useMemo } from 'react';
import { useSettings } from '../settings.js';

type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/**
 * One area of the dictionary: the same keys in both languages, `{name}` filled when shown; English picks its word by a
 * number with `{days:day|days}`.
 */
export interface Texts<Z extends Record<string, string> = Record<string, string>> {
  readonly zh: Z;
  readonly en: Readonly<Record<keyof Z, string>>;
}

export function defineTexts<const Z extends Record<string, string>>(
  zh: Z,
  en: Readonly<Record<keyof NoInfer<Z>, string>>,
): Texts<Z> {
  return { zh, en };
}

export type Translate<Z extends Record<string, string>> = <K extends keyof Z & string>(
  key: K,
  ...params: [Placeholder<Z[K]>] extends [never] ? [] : [Readonly<Record<Placeholder<Z[K]>, string | number>>]
) => string;

export function textOf<Z extends Record<string, string>>(texts: Texts<Z>, locale: Locale): Translate<Z> {
  const dictionary: Readonly<Record<string, string>> = locale === 'en' ? texts.en : texts.zh;
  return (key, ...params) => fillText(dictionary[key] ?? key, params[0]);
}

/** The texts of one area in the language of the console: `const t = useText(rosterTexts)`. */
export function useText<Z extends Record<string, string>>(texts: Texts<Z>): Translate<Z> {
  const locale = useSettings((settings) => settings.locale);
  return useMemo(() => textOf(texts, locale), [texts, locale]);
}

/** Words for a code that came from the server; a code we have no words for is shown as it is. */
export type Word = (code: string, params?: TextParams) => string;
function wordOf(texts: Texts, locale: Locale): Word {
  const dictionary = locale === 'en' ? texts.en : texts.zh;
  return (code, params) =>
    fillText(Object.hasOwn(dictionary, code) ? (dictionary[code] ?? code) : code, params);
}
export function useWord(texts: Texts): Word {
  const locale = useSettings((settings) => settings.locale);
  return useMemo(() => wordOf(texts, locale), [texts, locale]);
}

/** Picks the language of a text that the server sends in both. */
export function useLocalized(): (text: LocalizedText | null | undefined) => string {
  const locale = useSettings((settings) => settings.locale);
  return useCallback((text) => (text ? (locale === 'en' ? text.en : text.zh) : ''), [locale]);
}
