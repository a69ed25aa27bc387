// Readings a second over HTTP: channel list, channel page and the slots of a week, as everybody gets them alike; whole,
// compressed, and not changed since (304). The access log is written as in production.
//
//   node bench/reading.mjs [--json]                          SQLite            (after a build)
//   DATABASE_URL=mysql://… node bench/reading.mjs [--json]   MariaDB, an empty database
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { get, percentile, sendAll } from './load.mjs';

const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 40_000);
const IN_FLIGHT = Number(process.env.BENCH_IN_FLIGHT ?? 200);
const json = process.argv.includes('--json');

const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
const { NODE_OPTIONS: _, ...environment } = process.env;
const service = fork(new URL('./reading-service.mjs', import.meta.url), {
  env: { ...environment, APP_ENV: 'development', DEMO_DATA: 'none', DATA_DIR: dataDir },
  // The log goes nowhere, but is written.
  stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  execArgv: process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [],
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

const withHeaders = (path, headers) =>
  get(path).replace('\r\n\r\n', `\r\n${headers.map((line) => `${line}\r\n`).join('')}\r\n`);

async function measure(name, port, text, status) {
  const texts = (count) => new Array(count).fill(text);
  await sendAll(port, texts(REQUESTS / 10), IN_FLIGHT);
  await ask('begin');
  const { answers, seconds } = await sendAll(port, texts(REQUESTS), IN_FLIGHT);
  const used = await ask('end');
  const wrong = answers.find((one) => one.status !== status);
  if (wrong) throw new Error(`${name} answered ${wrong.status}: ${wrong.body.slice(0, 200)}`);
  const ms = answers.map((one) => one.ms);
  return {
    name,
    requests: REQUESTS,
    perSecond: REQUESTS / seconds,
    p50Ms: percentile(ms, 0.5),
    p99Ms: percentile(ms, 0.99),
    maxMs: Math.max(...ms),
    bytes: Buffer.byteLength(answers[0].body),
    ...used,
  };
}

const steps = [];
try {
  const { port, paths } = await answer();
  for (const [name, path] of Object.entries(paths)) {
    const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { 'accept-encoding': 'identity' },
    });
    steps.push(await measure(name, port, get(path), 200));
    steps.push(await measure(`${name}, br`, port, withHeaders(path, ['accept-encoding: br']), 200));
    const unchanged = withHeaders(path, [`if-none-match: ${headers.get('etag')}`]);
    steps.push(await measure(`${name}, unchanged`, port, unchanged, 304));
  }
  service.send('stop');
  await gone;
} finally {
  service.kill();
  rmSync(dataDir, { recursive: true, force: true });
}

if (json) process.stdout.write(`${JSON.stringify({ steps })}\n`);
else {
  for (const one of steps) {
    process.stdout.write(
      `${one.name}: ${Math.round(one.perSecond)}/s, p50 ${one.p50Ms.toFixed(1)} ms, p99 ${one.p99Ms.toFixed(1)} ms, ${one.cpuSeconds.toFixed(1)} s of processor\n`,
    );
  }
}
