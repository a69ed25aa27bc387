import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { createApp } from './app.js';
import { loadDemoData } from './demo/load-demo-data.js';
import { refuseDemoData } from './demo/refuse-demo-data.js';
import { SystemClock } from './platform/clock/clock.js';
import { loadConfig } from './platform/config/config.js';
import { LOGGER } from './platform/observability/logger.js';
import { Metrics } from './platform/observability/metrics.js';
import { listenForMetrics } from './platform/observability/operations-routes.js';
import { safeError } from './platform/observability/safe-error.js';
import { printWelcome, Welcome } from './platform/observability/welcome.js';
import { shutDown } from './shutdown.js';
import { startupFailure } from './startup-failure.js';

async function start(): Promise<void> {
  const config = loadConfig(process.env);
  await loadDemoData(config, new SystemClock().now(), (line) => process.stdout.write(`${line}\n`));
  const app = await createApp(config);
  await refuseDemoData(app, config);
  const logger = app.get<Logger>(LOGGER);
  await app.listen(config.PORT, config.HOST);
  const metricsServer = await listenForMetrics(config, app.get(Metrics));

  let ending = false;
  const end = (): void => {
    // A second Ctrl-C means: now.
    if (ending) process.exit(1);
    ending = true;
    metricsServer?.close();
    shutDown(app, config, logger).then(
      (inTime) => process.exit(inTime ? 0 : 1),
      (error: unknown) => {
        logger.error({ err: error }, 'shut down failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  // A promise nobody waited for is a fault to be seen, not a reason to drop everybody's requests.
  process.on('unhandledRejection', (error) => logger.error({ err: error }, 'unhandled rejection'));

  const { port } = app.getHttpServer().address() as AddressInfo;
  process.stdout.write(`${printWelcome(config, port, await app.get(Welcome).lines())}\n`);
}

start().catch((error: unknown) => {
  const line = startupFailure(error, process.env);
  const text = line ?? `fault in the program\n${JSON.stringify(safeError(error), null, 2)}`;
  process.stderr.write(`cannot start: ${text}\n`);
  process.exit(1);
});
