// Measures a roster import of 20,000 rows on the built service: time of dry run and import, memory of the process, and
// how long a small write waits meanwhile.
//
//   pnpm --filter @talent-card/backend build && node bench/roster-import.mjs            # SQLite
//   DATABASE_URL=mysql://… node bench/roster-import.mjs                                 # MariaDB, an empty database
import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.argv[1] = new URL('../dist/src/main.js', import.meta.url).pathname;
const built = (path) => import(new URL(`../dist/src/${path}.js`, import.meta.url).href);
const { createApp } = await built('app');
const { loadConfig } = await built('platform/config/config');
const { UnitOfWork } = await built('platform/database/unit-of-work');
const { Jobs } = await built('platform/jobs/jobs');
const { RosterImports } = await built('core/people/roster/import/roster-imports.service');
const { madeUpPerson } = await built('core/people/sandbox/made-up-people');
const { rosterContentOf } = await built('core/people/sandbox/personas');
const { buildRosterWorkbook, rosterCells } = await built('core/people/sandbox/roster-workbook');

const ROWS = Number(process.env.ROWS ?? 20_000);
if (process.env.WRITE_WORKBOOK) {
  const rows = Array.from({ length: ROWS }, (_, i) => rosterCells(rosterContentOf(madeUpPerson(i))));
  writeFileSync(process.env.WRITE_WORKBOOK, await buildRosterWorkbook(rows));
  process.exit(0);
}
const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
// Made in a process of its own, so that its memory does not count as the import's.
const workbook = join(dataDir, 'bench.xlsx');
execFileSync(process.execPath, [import.meta.filename], { env: { ...process.env, WRITE_WORKBOOK: workbook } });
// `test` keeps timers still, so that only the import works.
const app = await createApp(
  loadConfig({ ...process.env, APP_ENV: 'test', LOG_LEVEL: 'error', DATA_DIR: dataDir }),
);
await app.init();
await app.getHttpAdapter().getInstance().ready();
const imports = app.get(RosterImports);
const jobs = app.get(Jobs);

const staff = {
  type: 'staff',
  staffId: '01BENCH0000000000000000001',
  sessionId: '01BENCH0000000000000000002',
  role: 'city-reviewer',
  zoneCode: '371000',
  displayName: 'bench',
};
const key = () => ({ owner: 's:bench', key: randomUUID(), route: 'BENCH', requestHash: 'x' });

const bytes = readFileSync(workbook);
globalThis.gc?.();
const idle = process.memoryUsage().rss;

let peak = 0;
const waits = [];
let watching = true;
// A sign-in's size of write, over and over, as somebody else would send them.
const neighbour = (async () => {
  while (watching) {
    const before = performance.now();
    await app.get(UnitOfWork).run(async (tx) => {
      await tx.manager.query('SELECT 1');
    });
    waits.push(performance.now() - before);
    peak = Math.max(peak, process.memoryUsage().rss);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
})();

const at = (share) => Math.round(waits.sort((a, b) => a - b)[Math.floor((waits.length - 1) * share)] ?? 0);
async function timed(name, work) {
  waits.length = 0;
  const before = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const seconds = ((performance.now() - before) / 1000).toFixed(2);
  const { user, system } = process.cpuUsage(cpu);
  process.stdout.write(
    `${name}: ${seconds} s (${((user + system) / 1e6).toFixed(2)} s of processor); a small write waits p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${at(1)} ms\n`,
  );
}

let batch;
await timed('dry run', async () => {
  batch = await imports.upload(staff, { fileName: 'bench.xlsx', bytes }, key());
  await jobs.runNow('roster.import');
});
batch = await imports.get(staff, batch.batchId);
await timed('import', async () => {
  await imports.apply(staff, batch.batchId, batch.version, key());
  await jobs.runNow('roster.import');
});
batch = await imports.get(staff, batch.batchId);
process.stdout.write(
  `${batch.status}, ${batch.rowsApplied} of ${batch.rowsTotal} rows; memory ${Math.round(peak / 1e6)} MB at most (${Math.round(idle / 1e6)} MB idle); file ${Math.round(bytes.length / 1000)} kB\n`,
);
await timed('undo', async () => {
  await imports.undo(staff, batch.batchId, batch.version, key());
  await jobs.runNow('roster.import');
});
watching = false;
await neighbour;
await app.close();
rmSync(dataDir, { recursive: true, force: true });
