import { fillText, placesOf } from './fill-text.js';

/**
 * What reads wrong in an English text once its numbers are 1: a plural written as `day(s)`, or a noun that stays
 * plural. For the tests of the dictionaries. Verbs after a number are not nouns.
 */
export function wrongPlurals(text: string): string[] {
  const ones = Object.fromEntries(placesOf(text).map((name) => [name, 1]));
  const nouns =
    /(?<![\w.,/])1 (?:more |working |calendar )?(?!(?:is|was|has|asks|agrees|names|types|did|us|fits|opens|lifts)\b)(?:\w+[^s\W]s|people)\b/g;
  return [...(text.match(/\w+\((?:s|es|ies)\)/g) ?? []), ...(fillText(text, ones).match(nouns) ?? [])];
}
