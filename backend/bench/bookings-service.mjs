// The service that bookings.mjs measures, with a city in its database: people with cards and sessions, a channel, one
// hot slot, one to warm up with and a thousand others. Started with an IPC channel, so that whoever measures shares nothing with it.
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// The service finds its package by the file it was started from.
process.argv[1] = new URL('../dist/src/main.js', import.meta.url).pathname;
const built = (path) => import(new URL(`../dist/src/${path}.js`, import.meta.url).href);
const { createApp } = await built('app');
const { loadConfig } = await built('platform/config/config');
const { UnitOfWork } = await built('platform/database/unit-of-work');
const { ReadDatabase } = await built('platform/database/read-database');
const { insertRows } = await built('platform/database/many-rows');
const { AccessTokens } = await built('platform/accounts/access-tokens');
const { Capacity } = await built('core/capacity/capacity.service');
const { addDays, serviceDate, startOfServiceDay } = await built('platform/clock/shanghai');
const { newId } = await built('platform/ids');

const PEOPLE = Number(process.env.BENCH_PEOPLE);
const HOT_PLACES = Number(process.env.BENCH_HOT_PLACES);
const SLOTS = 1_000;
const SLOT_PLACES = Number(process.env.BENCH_SLOT_PLACES);
const WARM_UP = Number(process.env.BENCH_WARM_UP);
const VENUES = 10;
const HOUR = 3_600_000;

const config = loadConfig(process.env);
const app = await createApp(config);
const units = app.get(UnitOfWork);
const { manager } = app.get(ReadDatabase);
const now = new Date();
const today = serviceDate(now);

const columnsOf = (row) => Object.keys(row);
async function insert(table, rows) {
  for (let at = 0; at < rows.length; at += 500) {
    const piece = rows.slice(at, at + 500);
    await units.run((tx) => insertRows(tx, table, columnsOf(piece[0]), piece));
  }
}
const ids = (count) => Array.from({ length: count }, () => newId(now));

const personIds = ids(PEOPLE);
const accountIds = ids(PEOPLE);
const sessionIds = ids(PEOPLE);
const cardIds = ids(PEOPLE);
await insert(
  'persons',
  personIds.map((id, i) => ({
    id,
    name: '演示',
    identityType: 'resident-id',
    identityNumber: 'bench',
    identityIndex: `bench-${i}`,
    birthDate: '1990-01-01',
    sex: null,
    nationality: 'CHN',
    zoneCode: '371002',
    verifiedAt: now,
    createdAt: now,
    updatedAt: now,
  })),
);
await insert(
  'accounts',
  accountIds.map((id, i) => ({
    id,
    status: 'active',
    openidSealed: 'bench',
    openidIndex: `bench-${i}`,
    personId: personIds[i],
    locale: 'zh-CN',
    createdAt: now,
  })),
);
await insert(
  'sessions',
  sessionIds.map((id, i) => ({
    id,
    kind: 'citizen',
    ownerId: accountIds[i],
    deviceLabel: 'WeChat · iPhone',
    startedAt: now,
    lastUsedAt: now,
    idleUntil: new Date(now.getTime() + 24 * HOUR),
    endsAt: new Date(now.getTime() + 24 * HOUR),
  })),
);
await insert(
  'cards',
  cardIds.map((id, i) => ({
    id,
    personId: personIds[i],
    kind: 'talent',
    number: String(1_000_000_000_000_000 + i),
    status: 'active',
    category: '1',
    cardClass: i % 3 === 0 ? 'A' : 'B',
    zoneCode: '371002',
    validFrom: addDays(today, -30),
    validUntil: addDays(today, 1_000),
    issuedAt: now,
    issuedMonth: today.slice(0, 7),
    demo: true,
    version: 1,
  })),
);
await insert(
  'card_class_periods',
  cardIds.map((cardId, i) => ({
    cardId,
    validFrom: addDays(today, -30),
    cardClass: i % 3 === 0 ? 'A' : 'B',
  })),
);
const venueIds = ids(VENUES);
await insert(
  'venues',
  venueIds.map((id, i) => ({
    id,
    nameZh: `场馆${i}`,
    nameEn: `Venue ${i}`,
    zoneCode: '371002',
    addressZh: '海滨北路 1 号',
    addressEn: '1 Haibin North Road',
    phone: '0631-5200000',
    openingHours: '[]',
    closedOnHolidays: false,
    status: 'open',
    demo: true,
    createdAt: now,
    version: 1,
    shapings: 0,
  })),
);
const [channelId] = ids(1);
const words = { zh: '说明', en: 'Text' };
await insert('channels', [
  {
    id: channelId,
    number: 18,
    channelGroup: 'sport',
    usedBy: 'book',
    status: 'published',
    nameZh: '游泳羽毛球',
    nameEn: 'Swimming and badminton',
    texts: JSON.stringify({ summary: words, provider: words, blocks: {}, companionRule: null }),
    search: '',
    hotline: '12345',
    booking: JSON.stringify({
      opensDaysAhead: 60,
      opensAt: '00:00',
      leadMinutes: 30,
      cancelMinutes: 60,
      rescheduleMinutes: 60,
      graceMinutes: 15,
      reviewed: false,
      offerMinutes: 60,
    }),
    offline: 'allowed',
    provincialCard: false,
    foreignersOnly: false,
    perVenue: false,
    demo: true,
    version: 1,
    updatedAt: now,
  },
]);
await insert(
  'channel_venues',
  venueIds.map((venueId, position) => ({ channelId, venueId, position })),
);
await insert(
  'channel_terms',
  ['A', null].map((cardClass, position) => ({
    id: newId(now),
    channelId,
    position,
    cardKind: 'talent',
    cardClass,
    effectiveFrom: '2020-01-01',
    effectiveTo: null,
    limits: JSON.stringify([{ window: 'month', most: 8 }]),
    companions: 1,
  })),
);

/** A slot of an hour; venue after venue, ten hours a day, from the third day on. */
function slotOf(i) {
  const day = addDays(today, 3 + Math.floor(i / (VENUES * 10)));
  const startsAt = new Date(startOfServiceDay(day).getTime() + (9 + (Math.floor(i / VENUES) % 10)) * HOUR);
  return { venueId: venueIds[i % VENUES], startsAt };
}
const alone = (hour) => ({
  venueId: venueIds[0],
  startsAt: new Date(startOfServiceDay(addDays(today, 2)).getTime() + hour * HOUR),
});
const placesOf = (i) => [HOT_PLACES, WARM_UP][i] ?? SLOT_PLACES;
const plans = [alone(9), alone(14), ...Array.from({ length: SLOTS }, (_, i) => slotOf(i))];
const pools = [];
for (let at = 0; at < plans.length; at += 500) {
  const capacities = plans
    .slice(at, at + 500)
    .map((_, i) => ({ capacity: placesOf(at + i), classCapacities: {} }));
  pools.push(...(await units.run((tx) => app.get(Capacity).openPools(tx, capacities))));
}
const slotIds = ids(plans.length);
await insert(
  'slots',
  plans.map(({ venueId, startsAt }, i) => ({
    id: slotIds[i],
    channelId,
    venueId,
    serviceDate: serviceDate(startsAt),
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR),
    poolId: pools[i],
    capacity: placesOf(i),
    classCapacities: '{}',
    status: 'open',
    byHand: false,
    createdAt: now,
  })),
);
const expires = new Date(now.getTime() + HOUR);
const tokens = await Promise.all(
  sessionIds.map((sessionId, i) =>
    app.get(AccessTokens).sign({ kind: 'citizen', ownerId: accountIds[i], sessionId }, expires),
  ),
);
const cityFile = join(config.dataDir, 'city.json');
writeFileSync(cityFile, JSON.stringify({ tokens, slotIds }));

await app.listen(0, '127.0.0.1');
const delay = monitorEventLoopDelay({ resolution: 5 });
let cpu = process.cpuUsage();
const number = async (sql, values = []) => Number(Object.values((await manager.query(sql, values))[0])[0]);
const commands = {
  async begin() {
    delay.enable();
    delay.reset();
    cpu = process.cpuUsage();
    return {};
  },
  async end() {
    const { user, system } = process.cpuUsage(cpu);
    return {
      cpuSeconds: (user + system) / 1e6,
      loopP99Ms: delay.percentile(99) / 1e6,
      loopMaxMs: delay.max / 1e6,
    };
  },
  /** What the database says: numbers of bookings by slot, and whether every book agrees with them. */
  async verify() {
    const bookings = await manager.query('SELECT slotId, COUNT(*) AS booked FROM bookings GROUP BY slotId');
    return {
      bySlot: Object.fromEntries(bookings.map(({ slotId, booked }) => [slotId, Number(booked)])),
      oversold: await number('SELECT COUNT(*) FROM capacity_pools WHERE taken > capacity'),
      taken: await number('SELECT SUM(taken) FROM capacity_pools'),
      claims: await number('SELECT SUM(amount) FROM capacity_claims'),
      spent: await number("SELECT COUNT(*) FROM quota_entries WHERE state = 'spent'"),
      audit: await number("SELECT COUNT(*) FROM audit_entries WHERE action = 'bookings.book'"),
      outbox: await number("SELECT COUNT(*) FROM outbox_messages WHERE topic = 'booking.booked'"),
      done: await number("SELECT COUNT(*) FROM idempotency_records WHERE outcome = 'done'"),
      refused: await number("SELECT COUNT(*) FROM idempotency_records WHERE outcome = 'refused'"),
    };
  },
};
process.on('message', async (command) => {
  if (command in commands) process.send(await commands[command]());
  else {
    await app.close();
    process.disconnect();
  }
});
process.send({ port: app.getHttpServer().address().port, cityFile });
