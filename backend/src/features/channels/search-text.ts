import type { LocalizedText } from '@talent-card/shared/common/schema';
import { pinyin } from 'pinyin-pro';

/** Without tones, `ü` as `v`, as people type it; runs of other letters stay whole. */
const OPTIONS = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const;

const joined = (parts: readonly string[]): string => parts.join('').replace(/\s+/g, '');

/** `客轮优先` → `kelunyouxian` and `klyx`: what is typed on a phone without choosing characters. */
function soundsOf(text: string): string[] {
  const syllables = pinyin(text, OPTIONS).filter((part) => /[\p{L}\p{N}]/u.test(part));
  return [joined(syllables), joined(syllables.map((part) => (/^\d/.test(part) ? part : part.charAt(0))))];
}

/** What a search looks through: the texts, their full pinyin and its initials; lower case, parted by spaces. */
export function searchText(texts: readonly LocalizedText[]): string {
  const parts = texts.flatMap(({ zh, en }) => [zh, ...soundsOf(zh), en]);
  return [...new Set(parts.map((part) => part.trim().toLowerCase()).filter((part) => part !== ''))].join(' ');
}
