import { type Checked, fine, wrong } from './problem.js';

/** Full-width ASCII (，Ａ１) to half-width, the ideographic space to a space, outer white space removed. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .replace(/[\u200B-\u200D\uFEFF]/g, '')
    .trim();
}

/**
 * A person's name as identity documents write it: Han characters with `·` between parts, or Latin letters with
 * spaces, hyphens, apostrophes and dots. The many dots that keyboards offer for `·` are unified.
 */
export function checkPersonName(input: string): Checked<string> {
  const value = toHalfWidth(input)
    .replace(/[•‧・．∙⋅]/g, '·')
    .replace(/\s+/g, ' ');
  if (value === '') return wrong('REQUIRED');
  if (value.length < 2) return wrong('TOO_SHORT');
  if (value.length > 50) return wrong('TOO_LONG');
  const compact = /\p{Script=Han}/u.test(value) ? value.replace(/ /g, '') : value;
  return /^[\p{Script=Han}\u3007·]+$/u.test(compact) ||
    /^[\p{Script=Latin}][\p{Script=Latin}\p{M} .'’-]*$/u.test(compact)
    ? fine(compact)
    : wrong('NAME_CHARACTERS');
}

/** `林海清` → `林**`, `Anna Berg` → `A***`: the family name's first character and no hint of the length beyond three. */
export function maskName(name: string): string {
  const [first = ''] = [...name];
  return /\p{Script=Han}/u.test(first)
    ? first + '*'.repeat(Math.min(Math.max([...name].length - 1, 1), 2))
    : `${first}***`;
}

/** Keeps the first `head` and last `tail` characters; shorter texts are starred whole. */
export function maskMiddle(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return '*'.repeat(text.length);
  return text.slice(0, head) + '*'.repeat(text.length - head - tail) + text.slice(text.length - tail);
}
