import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMariaDb } from './mariadb.mjs';

/** Once a run: the database server of the MariaDB lane, and a folder for migrated templates. */
export default async function globalSetup() {
  process.env.TEST_RUN_DIR = mkdtempSync(join(tmpdir(), 'talent-card-run-'));
  if (process.env.TEST_DATABASE !== 'mariadb') return;
  const server = await startMariaDb();
  process.env.TEST_MARIADB_URL = server.url();
  globalThis.testMariaDb = server;
}
