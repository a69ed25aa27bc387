export type TextParams = Readonly<Record<string, string | number>>;

/**
 * Fills the places of a text: `{name}` with a value, `{n:day|days}` with the word that the number of `n` asks for. One
 * place that has no value is what `missing` makes of it; left as it stands, unless told otherwise.
 *
 * English has one form for exactly one and one for the rest, so two words are all there is to choose from; the number
 * itself stands in a place of its own. Not `Intl.PluralRules`: the phones of the mini-program do not all have it.
 */
export function fillText(
  text: string,
  params: TextParams = {},
  missing: (place: string) => string = (place) => place,
): string {
  return text.replace(
    /\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g,
    (place, name: string, one?: string, many?: string) => {
      const value = params[name];
      if (value === undefined) return missing(place);
      if (one === undefined || many === undefined) return String(value);
      return Math.abs(Number(value)) === 1 ? one : many;
    },
  );
}

/** The places of a text by name, each once: what has to be given to fill it. */
export function placesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[:}]/g)].flatMap((match) => match[1] ?? []))].sort();
}
