import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../src/app.js';
import { ManualClock } from '../src/platform/clock/clock.js';
import { type AppConfig, loadConfig } from '../src/platform/config/config.js';

/** 2026-11-24 (a Tuesday) 09:12 in Weihai. */
export const TEST_NOW = new Date('2026-11-24T01:12:00.000Z');

export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly clock: ManualClock;
  readonly config: AppConfig;
  close(): Promise<void>;
}

/** The real service on a database of its own, with the outside world in sandbox and time standing still. */
export async function createTestApp(env: Record<string, string> = {}): Promise<TestApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-'));
  const config = loadConfig({ APP_ENV: 'test', LOG_LEVEL: 'error', DATA_DIR: dataDir, ...env });
  const clock = new ManualClock(TEST_NOW);
  const app = await createApp(config, { clock });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    clock,
    config,
    close: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
