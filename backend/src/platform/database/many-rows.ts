import type { EntityManager } from 'typeorm';
import type { Dialect, Statement, Tx } from './tx.js';

/** Statements come in a few lengths only: SQLite's side keeps each one prepared for ever. */
const PIECE = 25;
/** MariaDB's side prepares nothing, and pays for each statement with a round trip. */
const MYSQL_PIECE = 500;

type Value = string | number | boolean | null | Date;
type Rows<K extends string> = readonly Readonly<Record<K, Value>>[];

const bound = (value: Value): string | number | null => {
  if (value instanceof Date) return value.toISOString().slice(0, 23).replace('T', ' ');
  return typeof value === 'boolean' ? Number(value) : value;
};

/** A moment as a plain query answers it: text on SQLite, a Date on MariaDB. */
export const momentOf = (value: Date | string): Date =>
  value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);

const pieceOf = (dialect: Dialect): number => (dialect === 'mysql' ? MYSQL_PIECE : PIECE);

async function inPieces<K extends string>(
  tx: Tx,
  columns: readonly K[],
  rows: Rows<K>,
  sql: (values: string) => string,
): Promise<void> {
  const one = `(${columns.map(() => '?').join(', ')})`;
  const length = pieceOf(tx.dialect);
  const statements: Promise<void>[] = [];
  for (let at = 0; at < rows.length; at += length) {
    const end = Math.min(at + length, rows.length);
    // A plain loop into a list of its final size: a batch of bookings binds some six thousand values, and lists that grow
    // made an import peak 30 MB higher.
    const values = new Array<unknown>((end - at) * columns.length);
    let filled = 0;
    for (const row of rows.slice(at, end)) {
      for (const column of columns) {
        values[filled] = bound(row[column]);
        filled += 1;
      }
    }
    statements.push(tx.write(sql(`${one}${`, ${one}`.repeat(end - at - 1)}`), values));
  }
  await Promise.all(statements);
}

const namesOf = (columns: readonly string[]): string => columns.map((column) => `\`${column}\``).join(', ');

/**
 * Inserts many rows by few statements. TypeORM's builder costs several times the insert itself in processor and
 * garbage, which only matters where thousands of rows go in.
 *
 * @param columns names of columns and properties alike; never anything from outside
 */
export async function insertRows<K extends string>(
  tx: Tx,
  table: string,
  columns: readonly K[],
  rows: Rows<K>,
): Promise<void> {
  const names = namesOf(columns);
  await inPieces(tx, columns, rows, (values) => `INSERT INTO ${table} (${names}) VALUES ${values}`);
}

/** Up to so many kinds of change are a statement each; what differs in more is joined with a table of the changes. */
const KINDS = 4;

/**
 * Changes many existing rows, locked before, by few statements. What is counted is added to what the row says now, so
 * that its CHECK speaks even where somebody forgot the lock.
 *
 * @param keys columns of the primary key
 * @param added columns that grow by the value given
 * @param set columns that get the value given
 */
export async function changeRows<K extends string>(
  tx: Tx,
  table: string,
  keys: readonly K[],
  added: readonly K[],
  set: readonly K[],
  rows: Rows<K>,
): Promise<void> {
  const [key, ...otherKeys] = keys;
  const kinds = otherKeys.length === 0 ? kindsOf(rows, [...added, ...set]) : [];
  if (key === undefined || kinds.length === 0 || kinds.length > KINDS) {
    await joinChanges(tx, table, keys, added, set, rows);
    return;
  }
  // A hundred bookings change a hundred counters alike: a list is less for the engine than a join of a hundred selects.
  const changes = [
    ...added.map((column) => `\`${column}\` = \`${column}\` + ?`),
    ...set.map((column) => `\`${column}\` = ?`),
  ];
  await Promise.all(
    kinds.map((kind) => {
      const { sql, values } = withList(
        `UPDATE ${table} SET ${changes.join(', ')} WHERE \`${key}\` IN (:list)`,
        [...added, ...set].map((column) => kind[0]?.[column] ?? null),
        kind.map((row) => String(row[key])),
      );
      return tx.write(sql, values);
    }),
  );
}

/** Rows that say the same in these columns, together. */
function kindsOf<K extends string>(rows: Rows<K>, columns: readonly K[]): Rows<K>[] {
  const kinds = new Map<string, Readonly<Record<K, Value>>[]>();
  for (const row of rows) {
    const kind = columns.map((column) => `${typeof row[column]} ${String(bound(row[column]))}`).join('\0');
    const known = kinds.get(kind);
    if (known) known.push(row);
    else kinds.set(kind, [row]);
  }
  return [...kinds.values()];
}

async function joinChanges<K extends string>(
  tx: Tx,
  table: string,
  keys: readonly K[],
  added: readonly K[],
  set: readonly K[],
  rows: Rows<K>,
): Promise<void> {
  const columns = [...keys, ...added, ...set];
  const target = tx.dialect === 'mysql' ? `${table}.` : '';
  const changes = [
    ...added.map((column) => `${target}\`${column}\` = ${table}.\`${column}\` + made.\`${column}\``),
    ...set.map((column) => `${target}\`${column}\` = made.\`${column}\``),
  ].join(', ');
  const match = keys.map((key) => `${table}.\`${key}\` = made.\`${key}\``).join(' AND ');
  const first = `SELECT ${columns.map((column) => `? AS \`${column}\``).join(', ')}`;
  const other = ` UNION ALL SELECT ${columns.map(() => '?').join(', ')}`;
  const length = pieceOf(tx.dialect);
  for (let at = 0; at < rows.length; at += length) {
    const piece = rows.slice(at, at + length);
    const made = `(${first}${other.repeat(piece.length - 1)}) AS made`;
    await tx.write(
      tx.dialect === 'mysql'
        ? `UPDATE ${table} JOIN ${made} ON ${match} SET ${changes}`
        : `UPDATE ${table} SET ${changes} FROM ${made} WHERE ${match}`,
      piece.flatMap((row) => columns.map((column) => bound(row[column]))),
    );
  }
}

/** Inserts the rows that are not there yet; on MariaDB those that are there are locked like new ones. */
export async function insertMissingRows<K extends string>(
  tx: Tx,
  table: string,
  keys: readonly K[],
  columns: readonly K[],
  rows: Rows<K>,
): Promise<void> {
  const names = namesOf(columns);
  const [key] = keys;
  // Not INSERT IGNORE, which lets other faults pass too.
  const action =
    tx.dialect === 'mysql'
      ? `ON DUPLICATE KEY UPDATE \`${key}\` = \`${key}\``
      : `ON CONFLICT (${namesOf(keys)}) DO NOTHING`;
  await inPieces(tx, columns, rows, (values) => `INSERT INTO ${table} (${names}) VALUES ${values} ${action}`);
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
  if (values.length === 0) return [];
  const statement = withList(sql, before, values);
  const found: unknown = await manager.query(statement.sql, [...statement.values]);
  return found as T[];
}

/** Filled up by repeating the last, so that a few lengths serve all. */
function withList(sql: string, before: readonly Value[], values: readonly string[]): Statement {
  const length = Math.ceil(values.length / PIECE) * PIECE;
  const list = Array.from({ length }, (_, i) => values[i] ?? values.at(-1));
  return {
    sql: sql.replace(':list', list.map(() => '?').join(', ')),
    values: [...before.map(bound), ...list],
  };
}

/**
 * Runs a statement whose `:pairs` stands for `(left = ? AND right = ?) OR …`, which both engines look up pair by pair
 * in an index on the two columns.
 */
export async function queryPairs<T>(
  manager: EntityManager,
  sql: string,
  columns: readonly [string, string],
  pairs: readonly (readonly [string, string])[],
): Promise<T[]> {
  const last = pairs.at(-1);
  if (last === undefined) return [];
  const one = `(\`${columns[0]}\` = ? AND \`${columns[1]}\` = ?)`;
  const length = Math.ceil(pairs.length / PIECE) * PIECE;
  const list = Array.from({ length }, (_, i) => pairs[i] ?? last);
  const found: unknown = await manager.query(
    sql.replace(':pairs', list.map(() => one).join(' OR ')),
    list.flat(),
  );
  return found as T[];
}
