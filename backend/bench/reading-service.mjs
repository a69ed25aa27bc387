// The service that reading.mjs measures, with thirty channels, and slots of a week with places taken. Started with an
// IPC channel, so that whoever measures shares nothing with it.
import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// The service finds its package by the file it was started from.
process.argv[1] = new URL('../dist/src/main.js', import.meta.url).pathname;
const built = (path) => import(new URL(`../dist/src/${path}.js`, import.meta.url).href);
const { createApp } = await built('app');
const { loadConfig } = await built('platform/config/config');
const { UnitOfWork } = await built('platform/database/unit-of-work');
const { insertRows } = await built('platform/database/many-rows');
const { Jobs } = await built('platform/jobs/jobs');
const { SLOTS_JOB } = await built('features/venues/slot-maker');
const { ChannelAdministration } = await built('features/channels/channel-administration');
const { newId } = await built('platform/ids');

const CHANNELS = 30;
const VENUES = 3;

const app = await createApp(loadConfig(process.env));
const units = app.get(UnitOfWork);
const now = new Date();
const insert = (table, rows) => units.run((tx) => insertRows(tx, table, Object.keys(rows[0]), rows));
const ids = (count) => Array.from({ length: count }, () => newId(now));

const venueIds = ids(VENUES);
const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '08:00', to: '21:00' }));
await insert(
  'venues',
  venueIds.map((id, i) => ({
    id,
    nameZh: `威海市全民健身中心${i}号馆`,
    nameEn: `Weihai fitness centre, hall ${i}`,
    zoneCode: '371002',
    addressZh: '环翠区海滨北路 1 号',
    addressEn: '1 Haibin North Road, Huancui',
    latitude: 37.51,
    longitude: 122.12,
    phone: '0631-5200000',
    openingHours: JSON.stringify(hours),
    closedOnHolidays: false,
    status: 'open',
    demo: true,
    createdAt: now,
    version: 1,
    shapings: 0,
  })),
);

const staff = {
  type: 'staff',
  staffId: newId(now),
  sessionId: newId(now),
  role: 'city-reviewer',
  zoneCode: '371000',
  displayName: 'bench',
  venueIds: [],
};
const words = (zh, en, times) => ({ zh: zh.repeat(times), en: en.repeat(times) });
const block = words('持卡人可在窗口优先办理，凭码核验。', 'Holders are served first; show the code. ', 6);
const administration = app.get(ChannelAdministration, { strict: false });
const channelIds = [];
for (let number = 1; number <= CHANNELS; number += 1) {
  const written = await units.run((tx) =>
    administration.create(
      tx,
      staff,
      {
        number,
        group: 'sport',
        use: 'book',
        name: { zh: '游泳羽毛球', en: 'Swimming and badminton' },
        summary: words('每月八次，需提前预约', 'Eight times a month, booked ahead', 1),
        provider: words('威海市体育中心', 'Weihai Sports Centre', 1),
        blocks: { content: block, who: block, flow: block, limit: block, window: block },
        venueIds,
        hotline: '0631-12345',
        officialLink: null,
        companionRule: block.zh.length > 200 ? null : block,
        booking: {
          opensDaysAhead: 7,
          opensAt: '00:00',
          leadMinutes: 30,
          cancelMinutes: 60,
          rescheduleMinutes: 60,
          graceMinutes: 15,
          reviewed: false,
          offerMinutes: 60,
        },
        offline: 'allowed',
        sensitive: null,
        audience: { provincialCard: false, foreignersOnly: false },
        fundingGroup: null,
        perVenue: false,
        documentNumber: null,
        status: 'published',
      },
      true,
    ),
  );
  channelIds.push(written.channelId);
  await units.run((tx) =>
    administration.writeTerms(tx, staff, written.channelId, {
      version: written.version,
      terms: [
        {
          cardKind: 'talent',
          cardClass: null,
          effectiveFrom: '2020-01-01',
          effectiveTo: null,
          limits: [{ window: 'month', most: 8 }],
          companions: 1,
          discountPercent: null,
          capCents: null,
        },
      ],
    }),
  );
}

// Templates, and the job that makes slots of them: anything else it would close again.
await insert(
  'venue_schedules',
  hours.map(({ weekday }) => ({
    id: newId(now),
    venueId: venueIds[0],
    channelId: channelIds[0],
    weekday,
    fromTime: '08:00',
    toTime: '20:00',
    slotMinutes: 60,
    capacity: 20,
    classCapacities: '{"A":5}',
    effectiveFrom: '2020-01-01',
    version: 1,
  })),
);
await app.listen(0, '127.0.0.1');
await app.get(Jobs).runNow(SLOTS_JOB);
const delay = monitorEventLoopDelay({ resolution: 5 });
let cpu = process.cpuUsage();
const commands = {
  begin() {
    delay.enable();
    delay.reset();
    cpu = process.cpuUsage();
    return {};
  },
  end() {
    const { user, system } = process.cpuUsage(cpu);
    return { cpuSeconds: (user + system) / 1e6, loopMaxMs: delay.max / 1e6 };
  },
};
process.on('message', async (command) => {
  if (command in commands) process.send(commands[command]());
  else {
    await app.close();
    process.disconnect();
  }
});
process.send({
  port: app.getHttpServer().address().port,
  paths: {
    'channel list': '/api/v1/channels',
    'channel page': `/api/v1/channels/${channelIds[0]}`,
    'slots of a week': `/api/v1/channels/${channelIds[0]}/slots?venueId=${venueIds[0]}`,
  },
});
