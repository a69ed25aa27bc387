/** Deeper than any body of ours; beyond it whoever walks the value would run out of stack. */
const MAX_DEPTH = 20;
export const TOO_DEEP = Symbol('too deep');

/**
 * What nobody types and nobody sees, but a reviewer is fooled by: control characters (SQLite ends a text at NUL), marks
 * that turn the reading direction around, invisible spaces, halves of a character. Line ends and tabs stay, and so do the
 * joiners of emoji and of some scripts.
 */
const INVISIBLE =
  /(?![\t\n\r])[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/** A parsed body without invisible characters in its texts; `TOO_DEEP` when it is nested as no client of ours does. */
export function cleanJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(INVISIBLE, '');
  if (value === null || typeof value !== 'object') return value;
  if (depth === MAX_DEPTH) return TOO_DEEP;
  const entries = Object.entries(value).map(([key, part]) => [key, cleanJson(part, depth + 1)] as const);
  if (entries.some(([, part]) => part === TOO_DEEP)) return TOO_DEEP;
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}
