// Units of work a second on both engines, with durable commits: node bench/units.mjs [seconds]   (after a build)
//
// A unit here is what a small citizen write is made of: an effect, an audit entry, an outbox row, and the guard row
// (operation id, or idempotency key).
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { createConnection } from 'mysql2/promise';
import { system } from '../dist/src/platform/accounts/principal.js';
import { AuditTrail } from '../dist/src/platform/audit/audit-trail.js';
import { SystemClock } from '../dist/src/platform/clock/clock.js';
import { loadConfig } from '../dist/src/platform/config/config.js';
import { FieldCipher } from '../dist/src/platform/crypto/field-cipher.js';
import { closeDataSources, openDataSources } from '../dist/src/platform/database/data-sources.js';
import { IdempotencyStore } from '../dist/src/platform/database/idempotency-store.js';
import { migrate } from '../dist/src/platform/database/migrate.js';
import { TransactionalUnitOfWork } from '../dist/src/platform/database/transactional-unit-of-work.js';
import { Outbox } from '../dist/src/platform/outbox/outbox.js';
import { schema } from '../dist/src/schema.js';
import { mariaDbInstalled, startMariaDb } from '../test/mariadb.mjs';

const SECONDS = Number(process.argv[2] ?? 5);
const CALLERS = 32;

const keyring = {
  current: 1,
  keys: new Map([[1, Buffer.alloc(32, 7)]]),
  indexKey: Buffer.alloc(32, 7),
  indexDigest: 'sha256',
};
const cipher = new FieldCipher({ keyring, reload: () => keyring });
const clock = new SystemClock();

async function measure(name, environment) {
  const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
  const sources = await openDataSources(
    loadConfig({ APP_ENV: 'development', DATA_DIR: dataDir, ...environment }),
    schema,
  );
  try {
    await migrate(sources);
    const units = new TransactionalUnitOfWork(sources, clock, new IdempotencyStore(cipher));
    const outbox = new Outbox(units);
    const audit = new AuditTrail();
    const work = async (tx) => {
      await outbox.publish(tx, 'bench', { id: 'x' });
      await audit.record(tx, system('bench'), { action: 'bench.write', objectType: 'bench', objectId: null });
      return { done: true };
    };
    const kinds = {
      'empty unit': () => units.run(async () => undefined),
      'effect + audit': () => units.run(work),
      'effect + audit + key': () =>
        units.run(work, {
          idempotency: { owner: 'c:bench', key: randomUUID(), route: 'POST /bench', requestHash: 'x' },
        }),
    };
    for (const [kind, once] of Object.entries(kinds)) {
      const waits = [];
      const began = performance.now();
      const cpu = process.cpuUsage();
      const until = began + SECONDS * 1000;
      await Promise.all(
        Array.from({ length: CALLERS }, async () => {
          while (performance.now() < until) {
            const start = performance.now();
            await once();
            waits.push(performance.now() - start);
          }
        }),
      );
      const perSecond = waits.length / ((performance.now() - began) / 1000);
      const { user, system: kernel } = process.cpuUsage(cpu);
      const cpuMs = (user + kernel) / 1000 / waits.length;
      waits.sort((a, b) => a - b);
      const p99 = waits[Math.floor(waits.length * 0.99)];
      process.stdout.write(
        `${name}, ${kind}: ${Math.round(perSecond)}/s, ${cpuMs.toFixed(2)} ms of our CPU each, p99 ${p99.toFixed(0)} ms with ${CALLERS} callers\n`,
      );
    }
  } finally {
    await closeDataSources(sources);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What the driver alone does: one row inserted and committed, over and over, by one caller. */
async function measureBare(name, insert) {
  const until = performance.now() + SECONDS * 1000;
  const began = performance.now();
  let rows = 0;
  for (; performance.now() < until; rows += 1) await insert(rows);
  const perSecond = rows / ((performance.now() - began) / 1000);
  process.stdout.write(`${name}, bare driver, one caller: ${Math.round(perSecond)}/s\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
const bare = new Database(join(folder, 'bare.sqlite'));
bare.pragma('journal_mode = WAL');
bare.pragma('synchronous = FULL');
bare.exec('CREATE TABLE bare (id INTEGER PRIMARY KEY, text TEXT)');
const statement = bare.prepare('INSERT INTO bare VALUES (?, ?)');
await measureBare('SQLite', (id) => statement.run(id, 'x'.repeat(200)));
bare.close();
rmSync(folder, { recursive: true, force: true });
// `development` commits durably, as production does.
await measure('SQLite', {});
if (!mariaDbInstalled()) {
  process.stdout.write('MariaDB: not installed\n');
  process.exit(0);
}
const server = await startMariaDb({ durable: true });
try {
  const connection = await createConnection(server.url());
  await connection.query('CREATE DATABASE bench CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await connection.query('CREATE TABLE bench.bare (id INT PRIMARY KEY, text VARCHAR(255))');
  await measureBare('MariaDB', (id) =>
    connection.query('INSERT INTO bench.bare VALUES (?, ?)', [id, 'x'.repeat(200)]),
  );
  await connection.query('DROP TABLE bench.bare');
  await connection.end();
  await measure('MariaDB', { DATABASE_URL: server.url('bench') });
} finally {
  await server.stop();
}
