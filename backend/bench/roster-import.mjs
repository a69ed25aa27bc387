// Measures an import of a roster of 20,000 rows, from outside, over HTTP: how long dry run, import and undo take, the
// memory and processor of the service, and how long a sandbox sign-in waits meanwhile.
//
//   node bench/roster-import.mjs [--json]                          SQLite            (after a build)
//   DATABASE_URL=mysql://… node bench/roster-import.mjs [--json]   MariaDB, an empty database
//   ROWS=5000 node bench/roster-import.mjs                         another size
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const built = (path) => import(new URL(`../dist/src/${path}.js`, import.meta.url).href);
const { madeUpPerson } = await built('core/people/sandbox/made-up-people');
const { rosterContentOf } = await built('core/people/sandbox/personas');
const { buildRosterWorkbook, rosterCells } = await built('core/people/sandbox/roster-workbook');
const { CONSENT_VERSIONS } = await import('@talent-card/shared/accounts/consent-versions');

const ROWS = Number(process.env.ROWS ?? 20_000);
const SIGN_IN_EVERY_MS = 50;
const POLL_MS = 200;

const rows = Array.from({ length: ROWS }, (_, i) => rosterCells(rosterContentOf(madeUpPerson(i))));
const workbook = await buildRosterWorkbook(rows);

const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
const { NODE_OPTIONS: _, ...environment } = process.env;
const service = fork(new URL('./roster-service.mjs', import.meta.url), {
  // `development` keeps what production keeps: durable commits, timers, rate limits. MALLOC_ARENA_MAX as in start.mjs.
  env: {
    MALLOC_ARENA_MAX: '2',
    ...environment,
    APP_ENV: 'development',
    DEMO_DATA: 'none',
    LOG_LEVEL: 'error',
    DATA_DIR: dataDir,
  },
});
const gone = once(service, 'exit');
const answer = async () => {
  const [message] = await Promise.race([
    once(service, 'message'),
    gone.then(() => {
      throw new Error('the service ended');
    }),
  ]);
  return message;
};
const ask = (command) => {
  service.send(command);
  return answer();
};
const { port, accessToken } = await answer();
const api = `http://127.0.0.1:${port}/api/v1`;

async function call(method, path, body) {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(`${api}/admin/roster/imports${path}`, {
    method,
    headers: {
      authorization: `Bearer ${accessToken}`,
      'idempotency-key': randomUUID(),
      ...(json ? { 'content-type': 'application/json' } : {}),
    },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

let waits = [];
let calls = 0;
/** Signs somebody in, as from another phone each time: the limit of sign-ins counts addresses. */
async function signIn() {
  calls += 1;
  const before = performance.now();
  const response = await fetch(`${api}/sessions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-for': `10.1.${(calls >> 8) & 255}.${calls & 255}`,
    },
    body: JSON.stringify({ code: `sandbox:bench-${calls % 100}`, consentVersion: CONSENT_VERSIONS.account }),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`sign-in: ${response.status}`);
  waits.push(performance.now() - before);
}
let watching = true;
const neighbour = (async () => {
  while (watching) {
    await signIn();
    await delay(SIGN_IN_EVERY_MS);
  }
})();

async function step(name, start, wanted) {
  await ask('begin');
  waits = [];
  const began = performance.now();
  let batch = await start();
  while (batch.status !== wanted) {
    if (batch.status === 'failed') throw new Error(`import failed: ${batch.failureCode}`);
    await delay(POLL_MS);
    batch = await call('GET', `/${batch.batchId}`);
  }
  const seconds = (performance.now() - began) / 1000;
  const used = await ask('end');
  const sorted = waits.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  const measured = {
    name,
    seconds,
    ...used,
    signIns: sorted.length,
    signInP50Ms: at(0.5),
    signInP99Ms: at(0.99),
    signInMaxMs: at(1),
  };
  return { batch, measured };
}

try {
  // The first sign-ins compile what all the others run.
  const idle = await step('idle', () => delay(3000).then(() => ({ status: 'over' })), 'over');
  const dry = await step(
    'dry run',
    () => {
      const body = new FormData();
      body.append('file', new Blob([workbook]), 'bench.xlsx');
      return call('POST', '', body);
    },
    'checked',
  );
  const { batchId } = dry.batch;
  const move = (what, { version }) => call('POST', `/${batchId}/${what}`, { version });
  const applied = await step('import', () => move('apply', dry.batch), 'applied');
  if (applied.batch.rowsApplied !== ROWS) throw new Error(`applied ${applied.batch.rowsApplied} rows`);
  const undone = await step('undo', () => move('undo', applied.batch), 'undone');
  const steps = [idle, dry, applied, undone].map(({ measured }) => measured);
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ rows: ROWS, fileKb: workbook.length / 1000, steps })}\n`);
  } else {
    for (const one of steps) {
      process.stdout.write(
        `${one.name}: ${one.seconds.toFixed(1)} s, ${one.cpuSeconds.toFixed(1)} s of processor; memory ${one.rssMb.toFixed(0)} MB, peak so far ${one.peakMb.toFixed(0)} MB; event loop at most ${one.loopMaxMs.toFixed(0)} ms; ${one.signIns} sign-ins, p50 ${one.signInP50Ms.toFixed(0)} ms, p99 ${one.signInP99Ms.toFixed(0)} ms, max ${one.signInMaxMs.toFixed(0)} ms\n`,
      );
    }
  }
} finally {
  watching = false;
  await neighbour.catch((error) => process.stderr.write(`${error}\n`));
  if (service.connected) service.send('stop');
  await gone;
  rmSync(dataDir, { recursive: true, force: true });
}
