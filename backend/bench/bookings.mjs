// Bookings a second over HTTP with durable commits, everything included: session, eligibility, quota, place, audit,
// outbox, idempotency. One hot slot, then a thousand slots; what was answered is held against the rows. Some bookings of
// another slot come before, since a slot opens on a service that has been up for days, with its code compiled.
//
//   node bench/bookings.mjs [--json]                          SQLite            (after a build)
//   DATABASE_URL=mysql://… node bench/bookings.mjs [--json]   MariaDB, an empty database
//   BENCH_PEOPLE=5000 BENCH_IN_FLIGHT=50 node bench/bookings.mjs
//   BENCH_NODE_FLAGS=--max-semi-space-size=32 node bench/bookings.mjs
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { percentile, post, sendAll } from './load.mjs';

const PEOPLE = Number(process.env.BENCH_PEOPLE ?? 12_000);
const HOT_PLACES = Number(process.env.BENCH_HOT_PLACES ?? Math.min(10_000, Math.floor(PEOPLE * 0.9)));
const SLOT_PLACES = Math.ceil((PEOPLE / 1_000) * 0.95);
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? PEOPLE);
const IN_FLIGHT = Number(process.env.BENCH_IN_FLIGHT ?? 200);

const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-bench-'));
const { NODE_OPTIONS: _, ...environment } = process.env;
const service = fork(new URL('./bookings-service.mjs', import.meta.url), {
  // `development` keeps what production keeps: durable commits, timers, the outbox worker, the audit seals.
  env: {
    MALLOC_ARENA_MAX: '2',
    ...environment,
    APP_ENV: 'development',
    DEMO_DATA: 'none',
    LOG_LEVEL: 'error',
    DATA_DIR: dataDir,
    BENCH_PEOPLE: String(PEOPLE),
    BENCH_HOT_PLACES: String(HOT_PLACES),
    BENCH_SLOT_PLACES: String(SLOT_PLACES),
    BENCH_WARM_UP: String(WARM_UP),
  },
  execArgv: [
    ...(process.env.BENCH_NODE_FLAGS?.split(' ') ?? []),
    ...(process.env.BENCH_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : []),
  ],
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

const { port, cityFile } = await answer();
const { tokens, slotIds } = JSON.parse(readFileSync(cityFile, 'utf8'));
const [hot, warm, ...others] = slotIds;
const places = (slotId) => (slotId === hot ? HOT_PLACES : slotId === warm ? WARM_UP : SLOT_PLACES);

const booking = (person, slotId) =>
  post(
    '/api/v1/bookings',
    { authorization: `Bearer ${tokens[person]}`, 'idempotency-key': randomUUID() },
    { slotId, companions: 0 },
  );

function must(right, words) {
  if (!right) throw new Error(`the figures are worth nothing: ${words}`);
}

let verified = 0;
async function run(name, people, slotOf) {
  const wished = Array.from({ length: people }, (_, person) => slotOf(person));
  const texts = wished.map((slotId, person) => booking(person, slotId));
  await ask('begin');
  const { answers, seconds } = await sendAll(port, texts, IN_FLIGHT);
  const used = await ask('end');

  const accepted = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status !== 200);
  const codes = {};
  for (const { body, status } of refused) {
    const code = status === 0 ? 'none' : JSON.parse(body).code;
    codes[code] = (codes[code] ?? 0) + 1;
  }
  must(
    Object.keys(codes).every((code) => code === 'SLOT_FULL'),
    `refusals ${JSON.stringify(codes)}`,
  );
  const wishes = new Map();
  for (const slotId of wished) wishes.set(slotId, (wishes.get(slotId) ?? 0) + 1);
  const books = await ask('verify');
  for (const [slotId, count] of wishes) {
    const booked = books.bySlot[slotId] ?? 0;
    must(booked === Math.min(places(slotId), count), `slot ${slotId}: ${booked} for ${count}`);
  }
  verified += accepted.length;
  for (const book of ['taken', 'claims', 'spent', 'audit', 'outbox', 'done'])
    must(books[book] === verified, `${book}: ${books[book]} instead of ${verified}`);
  must(books.oversold === 0, 'oversold');

  const untilLast = Math.max(...accepted.map(({ at }) => at)) / 1000;
  const ms = answers.map((one) => one.ms);
  return {
    name,
    requests: answers.length,
    accepted: accepted.length,
    refused: refused.length,
    acceptedPerSecond: accepted.length / untilLast,
    answersPerSecond: answers.length / seconds,
    p50Ms: percentile(ms, 0.5),
    p90Ms: percentile(ms, 0.9),
    p99Ms: percentile(ms, 0.99),
    maxMs: percentile(ms, 1),
    ...used,
  };
}

try {
  await run('warm-up', WARM_UP, () => warm);
  const steps = [
    await run('one hot slot', PEOPLE, () => hot),
    // A step that shares no factor with the number of slots: all of them, in no order that a batch would like.
    await run('1,000 slots', PEOPLE, (person) => others[(person * 617) % others.length]),
  ];
  if (process.argv.includes('--json')) process.stdout.write(JSON.stringify({ steps, inFlight: IN_FLIGHT }));
  else {
    for (const one of steps) {
      process.stdout.write(
        `${one.name}: ${Math.round(one.acceptedPerSecond)} bookings/s (${Math.round(one.answersPerSecond)} answers/s), ` +
          `${one.accepted} accepted, ${one.refused} refused; p50 ${one.p50Ms.toFixed(0)}, p90 ${one.p90Ms.toFixed(0)}, ` +
          `p99 ${one.p99Ms.toFixed(0)}, max ${one.maxMs.toFixed(0)} ms; ${one.cpuSeconds.toFixed(1)} s of processor\n`,
      );
    }
  }
} finally {
  if (service.connected) service.send('stop');
  await gone;
  rmSync(dataDir, { recursive: true, force: true });
}
