// Measures what issue and docs promise in figures, on both databases where MariaDB is installed, and writes them down:
// docs/benchmarks/<date>.md. Say what else the machine does: its load is noted, and part of every figure.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { build, install } from './lib/prepare.mjs';
import { fail, requireNode, root } from './lib/shell.mjs';

requireNode();
await install();
await build(['backend']);

const backend = join(root, 'backend');
const { mariaDbInstalled, startMariaDb } = await import(join(backend, 'test/mariadb.mjs'));

const load = () => loadavg()[0].toFixed(1);
const lines = [];
function say(line = '') {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}

function measured(script, args, env = {}) {
  const { status, stdout } = spawnSync(process.execPath, [join('bench', script), ...args], {
    cwd: backend,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) fail(`bench/${script} failed`);
  return stdout.trim();
}

function table(database, loadBefore, { rows, steps }) {
  for (const one of steps) {
    const cells = [
      database,
      one.name,
      one.seconds.toFixed(1),
      one.cpuSeconds.toFixed(1),
      one.peakMb.toFixed(0),
      one.loopMaxMs.toFixed(0),
      one.signInP50Ms.toFixed(0),
      one.signInP99Ms.toFixed(0),
      one.signInMaxMs.toFixed(0),
      loadBefore,
    ];
    say(`| ${cells.join(' | ')} |`);
  }
  return rows;
}

/** Bookings over HTTP, and beside them what the database and HTTP alone can do at the same time. */
function bookingsOn(database, env) {
  const before = load();
  const { steps } = JSON.parse(measured('bookings.mjs', ['--json'], env));
  const limits = JSON.parse(measured('limits.mjs', ['--json'], env));
  for (const one of steps) {
    const cells = [
      database,
      one.name,
      Math.round(one.acceptedPerSecond),
      Math.round(one.answersPerSecond),
      one.accepted,
      one.refused,
      one.p50Ms.toFixed(0),
      one.p90Ms.toFixed(0),
      one.p99Ms.toFixed(0),
      one.maxMs.toFixed(0),
      ((one.cpuSeconds / one.requests) * 1000).toFixed(2),
      before,
    ];
    say(`| ${cells.join(' | ')} |`);
  }
  return [
    ...Object.entries(limits.database).map(
      ([name, rate]) => `${database}, driver alone, ${name}: ${Math.round(rate)} bookings/s`,
    ),
    `bare Fastify hello beside ${database}: ${Math.round(limits.hello.perSecond)}/s, p99 ${limits.hello.p99Ms.toFixed(0)} ms`,
  ];
}

/** A MariaDB with durable commits and an empty database. */
async function onMariaDb(work) {
  const server = await startMariaDb({ durable: true });
  try {
    spawnSync('mariadb', [
      '--no-defaults',
      `--socket=${server.socket}`,
      '--user=root',
      '-e',
      'CREATE DATABASE bench CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    ]);
    return await work({ DATABASE_URL: server.url('bench') });
  } finally {
    await server.stop();
  }
}

const date = new Date().toISOString().slice(0, 10);
say(`# Figures of ${date}`);
say();
say(
  `Made by \`pnpm bench\` on ${cpus().length} × ${cpus()[0].model.trim()} (${arch()}, ${Math.round(totalmem() / 2 ** 30)} GiB), Node ${process.versions.node}; load of the machine at the start ${load()}.`,
);
say();
say('## Import of a roster of 20,000 rows, with a sandbox sign-in over HTTP every 50 ms');
say();
say(
  '| database | step | s | s of processor | peak RSS so far, MB | event loop max, ms | sign-in p50, ms | p99 | max | load before |',
);
say('| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: |');
const importOn = (database, env) => {
  const before = load();
  table(database, before, JSON.parse(measured('roster-import.mjs', ['--json'], env)));
};
importOn('SQLite', { DATABASE_URL: '' });
if (mariaDbInstalled()) {
  await onMariaDb((env) => importOn('MariaDB', env));
} else say('| MariaDB | not installed | | | | | | | | |');
say();
say(`## Units of work a second (load before ${load()})`);
say();
for (const line of measured('units.mjs', ['3']).split('\n')) say(`- ${line}`);

say();
say('## Bookings over HTTP, 200 in flight, with durable commits');
say();
say(
  'Everything is included: session, eligibility, quota, place, audit, outbox, idempotency. Before a figure is written, what was answered was held against the rows: exactly as many bookings as places, every refusal `SLOT_FULL`, every book agreeing.',
);
say();
say(
  '| database | slots | bookings/s | answers/s | accepted | refused | p50, ms | p90 | p99 | max | ms of processor each | load before |',
);
say('| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
const limits = bookingsOn('SQLite', { DATABASE_URL: '' });
if (mariaDbInstalled()) limits.push(...(await onMariaDb((env) => bookingsOn('MariaDB', env))));
say();
for (const line of limits) say(`- ${line}`);

say();
say('## Readings over HTTP, 200 in flight');
say();
say(
  'Thirty channels, a page with three venues, and 84 slots of a week with their places left. Each answer is read from the database after its call has arrived; calls that arrive together share a reading. Whole, compressed, and not changed since (304); the access log is written.',
);
say();
say('| database | what | readings/s | p50, ms | p99 | max | ms of processor each | bytes | load before |');
say('| --- | --- | --: | --: | --: | --: | --: | --: | --: |');
function readingsOn(database, env) {
  const before = load();
  for (const one of JSON.parse(measured('reading.mjs', ['--json'], env)).steps) {
    const cells = [
      database,
      one.name,
      Math.round(one.perSecond),
      one.p50Ms.toFixed(0),
      one.p99Ms.toFixed(0),
      one.maxMs.toFixed(0),
      ((one.cpuSeconds / one.requests) * 1000).toFixed(3),
      one.bytes,
      before,
    ];
    say(`| ${cells.join(' | ')} |`);
  }
}
readingsOn('SQLite', { DATABASE_URL: '' });
if (mariaDbInstalled()) await onMariaDb((env) => readingsOn('MariaDB', env));

const folder = join(root, 'docs', 'benchmarks');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, `${date}.md`), `${lines.join('\n')}\n`);
