// What bookings could reach at most: the database alone, by its driver, without a service, and a Fastify that only says
// hello. Measured in the same run as bookings.mjs, since neighbours on the machine share every figure.
//
//   node bench/limits.mjs [--json]                          SQLite
//   DATABASE_URL=mysql://… node bench/limits.mjs [--json]   MariaDB
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { createPool } from 'mysql2/promise';
import { get, percentile, sendAll } from './load.mjs';

const SECONDS = 4;
const BATCH = 200;
const CONNECTIONS = 10;
const PAYLOAD = 'x'.repeat(300);
let ids = 0;
const nextId = () => {
  ids += 1;
  return String(ids).padStart(26, '0');
};

async function forSeconds(once_) {
  const began = performance.now();
  const until = began + SECONDS * 1000;
  let booked = 0;
  while (performance.now() < until) booked += await once_();
  return booked / ((performance.now() - began) / 1000);
}

async function mariaDb(url) {
  const pool = createPool({ uri: url, connectionLimit: CONNECTIONS });
  await pool.query('CREATE TABLE limit_pools (id VARCHAR(26) PRIMARY KEY, taken INT NOT NULL)');
  await pool.query(
    'CREATE TABLE limit_bookings (id VARCHAR(26) PRIMARY KEY, poolId VARCHAR(26) NOT NULL, payload VARCHAR(400) NOT NULL, INDEX (poolId))',
  );
  const pools = Array.from({ length: 1_000 }, (_, i) => `pool-${String(i).padStart(4, '0')}`);
  await pool.query('INSERT INTO limit_pools VALUES ?', [pools.map((id) => [id, 0])]);

  const batched = (some) => async () => {
    const connection = await pool.getConnection();
    const wanted = some();
    await connection.beginTransaction();
    await connection.query('SELECT id, taken FROM limit_pools WHERE id IN (?) ORDER BY id FOR UPDATE', [
      wanted,
    ]);
    const rows = Array.from({ length: BATCH }, (_, i) => [nextId(), wanted[i % wanted.length], PAYLOAD]);
    await connection.query('INSERT INTO limit_bookings VALUES ?', [rows]);
    await connection.query('UPDATE limit_pools SET taken = taken + ? WHERE id IN (?)', [
      BATCH / wanted.length,
      wanted,
    ]);
    await connection.commit();
    connection.release();
    return BATCH;
  };
  const one = (poolId) => async () => {
    const connection = await pool.getConnection();
    await connection.beginTransaction();
    await connection.query('UPDATE limit_pools SET taken = taken + 1 WHERE id = ?', [poolId()]);
    await connection.query('INSERT INTO limit_bookings VALUES (?, ?, ?)', [nextId(), poolId(), PAYLOAD]);
    await connection.commit();
    connection.release();
    return 1;
  };
  const together = async (work) => {
    const each = await Promise.all(Array.from({ length: CONNECTIONS }, () => forSeconds(work)));
    return each.reduce((sum, rate) => sum + rate, 0);
  };
  let turn = 0;
  const spread = () => {
    turn += 1;
    return pools[(turn * 617) % pools.length];
  };
  const figures = {
    'batches of 200, one slot': await forSeconds(batched(() => [pools[0]])),
    'batches of 200, 1,000 slots': await forSeconds(
      batched(() => Array.from({ length: BATCH }, spread).sort()),
    ),
    'one by one, one slot': await together(one(() => pools[0])),
    'one by one, 1,000 slots': await together(one(spread)),
  };
  await pool.query('DROP TABLE limit_bookings');
  await pool.query('DROP TABLE limit_pools');
  await pool.end();
  return figures;
}

async function sqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
  const database = new Database(join(folder, 'limits.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE pools (id TEXT PRIMARY KEY, taken INT NOT NULL)');
  database.exec('CREATE TABLE bookings (id TEXT PRIMARY KEY, poolId TEXT NOT NULL, payload TEXT NOT NULL)');
  database.exec("INSERT INTO pools VALUES ('pool', 0)");
  const take = database.prepare("UPDATE pools SET taken = taken + ? WHERE id = 'pool'");
  const insert = database.prepare("INSERT INTO bookings VALUES (?, 'pool', ?)");
  const commit = (count) => async () => {
    database.exec('BEGIN IMMEDIATE');
    take.run(count);
    for (let i = 0; i < count; i += 1) insert.run(nextId(), PAYLOAD);
    database.exec('COMMIT');
    return count;
  };
  const figures = {
    'batches of 200, one slot': await forSeconds(commit(BATCH)),
    'one by one, one slot': await forSeconds(commit(1)),
  };
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return figures;
}

async function hello() {
  const server = fork(new URL('./hello.mjs', import.meta.url));
  const [{ port }] = await once(server, 'message');
  const { answers, seconds } = await sendAll(port, Array(40_000).fill(get('/hello')), 200);
  server.disconnect();
  await once(server, 'exit');
  return {
    perSecond: answers.length / seconds,
    p99Ms: percentile(
      answers.map(({ ms }) => ms),
      0.99,
    ),
  };
}

const url = process.env.DATABASE_URL;
const measured = { database: url ? await mariaDb(url) : await sqlite(), hello: await hello() };
if (process.argv.includes('--json')) process.stdout.write(JSON.stringify(measured));
else {
  for (const [name, rate] of Object.entries(measured.database))
    process.stdout.write(`driver alone, ${name}: ${Math.round(rate)}/s\n`);
  process.stdout.write(
    `bare Fastify hello: ${Math.round(measured.hello.perSecond)}/s, p99 ${measured.hello.p99Ms.toFixed(0)} ms\n`,
  );
}
