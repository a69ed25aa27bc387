import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../src/app.js';
import { ManualClock } from '../src/platform/clock/clock.js';
import { type AppConfig, loadConfig } from '../src/platform/config/config.js';
import { Jobs } from '../src/platform/jobs/jobs.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** 2026-11-24 (a Tuesday) 09:12 in Weihai. */
export const TEST_NOW = new Date('2026-11-24T01:12:00.000Z');

/** The engine of this run: `TEST_DATABASE=mariadb npx jest …` takes the other lane. */
export const TEST_DATABASE = process.env.TEST_DATABASE === 'mariadb' ? 'mariadb' : 'sqlite';

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly clock: ManualClock;
  readonly config: AppConfig;
  /** Delivers what the outbox holds, as the worker does within moments of a commit; timers do not run in tests. */
  deliverOutbox(): Promise<void>;
  /** Another node of the same service, on the same database and clock; MariaDB only. Closed with this app. */
  secondNode(): Promise<NestFastifyApplication>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** MariaDB: leads the service to its database by another way, such as a proxy that breaks connections. */
  readonly via?: (databaseUrl: string) => Promise<string>;
}

/** The real service on a database of its own, with the outside world in sandbox and time standing still. */
export async function createTestApp(
  env: Record<string, string> = {},
  options: TestAppOptions = {},
): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-'));
  let database: TestDatabase | undefined;
  const nodes: NestFastifyApplication[] = [];
  const close = async (): Promise<void> => {
    for (const node of nodes.reverse()) await node.close();
    await database?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const clock = new ManualClock(TEST_NOW);
  const boot = async (config: AppConfig): Promise<NestFastifyApplication> => {
    const app = await createApp(config, { clock });
    nodes.push(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return app;
  };
  try {
    database = await createTestDatabase(TEST_DATABASE, dataDir);
    const config = loadConfig({
      APP_ENV: 'test',
      LOG_LEVEL: 'error',
      DATA_DIR: dataDir,
      ...database.environment,
      ...env,
    });
    const { DATABASE_URL } = config;
    const via = DATABASE_URL && options.via ? await options.via(DATABASE_URL) : DATABASE_URL;
    const app = await boot(via === DATABASE_URL ? config : { ...config, DATABASE_URL: via });
    return {
      app,
      clock,
      config,
      deliverOutbox: async () => {
        await app.get(Jobs).runNow('outbox.deliver');
      },
      secondNode: () => {
        if (TEST_DATABASE !== 'mariadb') throw new Error('SQLite has one node');
        return boot(config);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
