// The service under measurement, as `main.ts` starts it but told what to do by the process that measures: started by
// roster-import.mjs with an IPC channel, so that whoever measures neither shares its event loop nor its memory.
import 'reflect-metadata';
import { monitorEventLoopDelay } from 'node:perf_hooks';

// The service finds its package by the file it was started from.
process.argv[1] = new URL('../dist/src/main.js', import.meta.url).pathname;
const built = (path) => import(new URL(`../dist/src/${path}.js`, import.meta.url).href);
const { createApp } = await built('app');
const { loadConfig } = await built('platform/config/config');
const { UnitOfWork } = await built('platform/database/unit-of-work');
const { Sessions } = await built('platform/accounts/sessions');
const { StaffAdministration } = await built('platform/accounts/staff/staff-administration');

const config = loadConfig(process.env);
const app = await createApp(config);
await app.listen(0, '127.0.0.1');
const staffId = await app.get(StaffAdministration).createSeeded({
  username: 'bench',
  displayName: 'bench',
  role: 'city-reviewer',
  zoneCode: '371000',
  password: 'sea-light-and-hills',
  totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
});
const { accessToken } = await app
  .get(UnitOfWork)
  .run((tx) => app.get(Sessions).start(tx, 'staff', staffId, 'bench'));

const delay = monitorEventLoopDelay({ resolution: 5 });
let cpu = process.cpuUsage();
const MB = 1e6;
const commands = {
  begin() {
    delay.enable();
    delay.reset();
    cpu = process.cpuUsage();
    return {};
  },
  /** What was used since `begin`; the peak of memory is that of the whole life of the process. */
  end() {
    const { user, system } = process.cpuUsage(cpu);
    return {
      cpuSeconds: (user + system) / 1e6,
      loopMaxMs: delay.max / 1e6,
      rssMb: process.memoryUsage().rss / MB,
      // Kilobytes of 1024 bytes.
      peakMb: (process.resourceUsage().maxRSS * 1024) / MB,
    };
  },
};
process.on('message', async (command) => {
  if (command in commands) process.send(commands[command]());
  else {
    await app.close();
    process.disconnect();
  }
});
process.send({ port: app.getHttpServer().address().port, accessToken });
