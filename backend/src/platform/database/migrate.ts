import type { DataSources } from './data-sources.js';

/** The database was migrated by a newer version of this program, which this one would only damage. */
export class NewerDatabaseError extends Error {
  constructor(readonly unknown: string[]) {
    super(`the database is newer than this program (${unknown.join(', ')}): start the newer version`);
  }
}

/** Brings the database up to this program's schema. @throws NewerDatabaseError */
export async function migrate(sources: DataSources): Promise<void> {
  const { write } = sources;
  const runner = write.createQueryRunner();
  try {
    if (await runner.hasTable('migrations')) {
      const rows = (await runner.query('SELECT name FROM migrations')) as { name: string }[];
      const known = new Set(
        write.migrations.map((migration) => migration.name ?? migration.constructor.name),
      );
      const unknown = rows.map((row) => row.name).filter((name) => !known.has(name));
      if (unknown.length > 0) throw new NewerDatabaseError(unknown);
    }
  } finally {
    await runner.release();
  }
  await write.runMigrations();
}
