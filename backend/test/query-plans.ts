import type { EntityManager } from 'typeorm';

/** What many rows share: an index led by one of them, or by a venue, answers with a good part of its table. */
const SHARED = /\((status|state|zoneCode)=\?\)|\(venueId=\?/;

/**
 * Steps of these statements that read more rows than they answer with, on SQLite, which keeps no statistics here: what
 * it says of an empty database it does in a full one. Of an index on a state and one on a person it takes either.
 */
export async function wastefulSteps(
  manager: EntityManager,
  statements: readonly string[],
): Promise<string[]> {
  const wasteful: string[] = [];
  for (const sql of new Set(statements)) {
    if (!/^\s*(SELECT|UPDATE|DELETE)/.test(sql)) continue;
    const steps: { detail: string }[] = await manager.query(`EXPLAIN QUERY PLAN ${sql}`);
    for (const { detail } of steps) {
      if (/^SCAN /.test(detail) || SHARED.test(detail)) wasteful.push(`${detail}: ${sql}`);
    }
  }
  return wasteful;
}

/** What a piece of work asks the database, each statement as often as it was asked. */
export async function statementsOf(
  manager: EntityManager,
  work: (manager: EntityManager) => Promise<unknown>,
): Promise<string[]> {
  const runner = manager.dataSource.createQueryRunner();
  const statements: string[] = [];
  const query = runner.query.bind(runner);
  runner.query = (...args: Parameters<typeof runner.query>) => {
    statements.push(args[0]);
    return query(...args);
  };
  try {
    await work(runner.manager);
  } finally {
    await runner.release();
  }
  return statements;
}
