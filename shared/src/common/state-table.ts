/** Which state may follow which: `{ from: [to, …] }`. Every thing with states has exactly one such table. */
export type StateTable<S extends string> = Readonly<Record<S, readonly S[]>>;

export function mayBecome<S extends string>(table: StateTable<S>, from: S, to: S): boolean {
  return table[from].includes(to);
}

/** The states from which `to` may be reached: the `WHERE status IN (…)` of a compare-and-set. */
export function statesBefore<S extends string>(table: StateTable<S>, to: S): S[] {
  return (Object.keys(table) as S[]).filter((from) => table[from].includes(to));
}

/** A state that nothing follows. */
export function isFinal<S extends string>(table: StateTable<S>, state: S): boolean {
  return table[state].length === 0;
}
