import type { EntityManager } from 'typeorm';
import type { Tx } from './tx.js';

/** Statements come in a few lengths only: SQLite's side keeps each one prepared for ever. */
const PIECE = 25;

type Value = string | number | null | Date;

const bound = (value: Value): string | number | null =>
  value instanceof Date ? value.toISOString().slice(0, 23).replace('T', ' ') : value;

/**
 * Inserts many rows by statements of 25. TypeORM's builder costs several times the insert itself in processor and
 * garbage, which only matters where thousands of rows go in.
 *
 * @param columns names of columns and properties alike; never anything from outside
 */
export async function insertRows<K extends string>(
  tx: Tx,
  table: string,
  columns: readonly K[],
  rows: readonly Readonly<Record<K, Value>>[],
): Promise<void> {
  const names = columns.map((column) => `\`${column}\``).join(', ');
  const one = `(${columns.map(() => '?').join(', ')})`;
  for (let at = 0; at < rows.length; at += PIECE) {
    const piece = rows.slice(at, at + PIECE);
    await tx.manager.query(
      `INSERT INTO ${table} (${names}) VALUES ${piece.map(() => one).join(', ')}`,
      piece.flatMap((row) => columns.map((column) => bound(row[column]))),
    );
  }
}

/**
 * Runs a statement whose `:list` stands for many values.
 *
 * @param before values of the place holders before the list; none may follow it
 */
export async function queryList<T>(
  manager: EntityManager,
  sql: string,
  before: readonly Value[],
  values: readonly string[],
): Promise<T[]> {
  const last = values.at(-1);
  if (last === undefined) return [];
  // Filled up by repeating the last, so that a few lengths serve all.
  const length = Math.ceil(values.length / PIECE) * PIECE;
  const list = Array.from({ length }, (_, i) => values[i] ?? last);
  const found: unknown = await manager.query(sql.replace(':list', list.map(() => '?').join(', ')), [
    ...before.map(bound),
    ...list,
  ]);
  return found as T[];
}
