import type { EntityManager } from 'typeorm';

export type Dialect = 'sqlite' | 'mysql';

/**
 * One transaction, passed on explicitly to everything that writes. It is over when the function given to
 * `unitOfWork.run` returns; keeping it longer is a mistake that the database answers with an error.
 */
export interface Tx {
  readonly manager: EntityManager;
  readonly dialect: Dialect;
  /** Moment of the transaction; one value for every row it writes. */
  readonly now: Date;
  /** Runs a statement that nobody needs the result of. */
  write(sql: string, values: readonly unknown[]): Promise<void>;
  /**
   * The same transaction for what nobody in it reads any more, such as its entry in the audit log: what is written
   * through this one (`insertRows(tx.atCommit, …)`) waits and goes to the database together with COMMIT, in the order of
   * asking. Where a statement of it fails, the unit fails and nothing of it stays. The manager acts at once here too.
   */
  readonly atCommit: Tx;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** A transaction over a manager. `end` answers what was left for its COMMIT; later statements are refused. */
export function txOver(
  manager: EntityManager,
  dialect: Dialect,
  now: Date,
): { tx: Tx; end: () => readonly Statement[] } {
  const statements: Statement[] = [];
  let over = false;
  const late: Tx = {
    manager,
    dialect,
    now,
    write: async (sql, values) => {
      if (over) throw new Error('a statement after the end of its unit of work');
      statements.push({ sql, values });
    },
    get atCommit() {
      return late;
    },
  };
  const write = async (sql: string, values: readonly unknown[]): Promise<void> => {
    await manager.query(sql, values as unknown[]);
  };
  const end = (): readonly Statement[] => {
    over = true;
    return statements;
  };
  return { tx: { manager, dialect, now, write, atCommit: late }, end };
}
