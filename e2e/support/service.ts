import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type MariaDbServer, startMariaDb } from '../../backend/test/mariadb.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Service {
  readonly url: string;
  /** Everything it printed so far. */
  readonly output: () => string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function emptyDatabase(server: MariaDbServer): string {
  const statement = 'CREATE DATABASE talent_card CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
  execFileSync('mariadb', ['--no-defaults', `--socket=${server.socket}`, '--user=root', '-e', statement]);
  return server.url('talent_card');
}

async function untilReady(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let waited = 0; waited < 90_000; waited += 200) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}:\n${output()}`);
    const ready = await fetch(`${url}/health/ready`).catch(() => null);
    if (ready?.ok) return;
    await delay(200);
  }
  throw new Error(`the service was not ready in 90 s:\n${output()}`);
}

/**
 * The built service as an operator starts it, on a port and a clean database of its own. The engine is the lane's:
 * `TEST_DATABASE=sqlite|mariadb`.
 */
export async function startService(env: Record<string, string> = {}): Promise<Service> {
  // While writing a flow: one that runs already, started with an empty database.
  const running = process.env.SERVICE_URL;
  if (running) return { url: running, output: () => '', stop: async () => undefined };
  const dataDir = mkdtempSync(join(tmpdir(), 'talent-card-e2e-'));
  const mariadb = process.env.TEST_DATABASE === 'mariadb' ? await startMariaDb() : null;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let printed = '';
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'backend/dist/src/main.js')], {
    cwd: root,
    env: {
      ...process.env,
      APP_ENV: 'development',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DATABASE_URL: mariadb ? emptyDatabase(mariadb) : '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer) => {
    printed += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await mariadb?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await untilReady(url, child, () => printed);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, output: () => printed, stop };
}
