import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig } from '../src/platform/config/config.js';
import { closeDataSources, openDataSources } from '../src/platform/database/data-sources.js';
import { BACKEND_ROOT } from '../src/platform/paths.js';
import { schema } from '../src/schema.js';
import { TEST_DATABASE } from './harness.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

const MAIN = join(BACKEND_ROOT, 'dist', 'src', 'main.js');

/** The built program as a process of its own, as an operator runs it. */
describe('the process', () => {
  let folder: string;
  let database: TestDatabase;
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    // `npm test` builds before; somebody who runs this file alone may not have.
    if (!existsSync(MAIN)) {
      spawnSync(
        process.execPath,
        [join(BACKEND_ROOT, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
        {
          cwd: BACKEND_ROOT,
        },
      );
    }
    folder = mkdtempSync(join(tmpdir(), 'start-'));
    database = await createTestDatabase(TEST_DATABASE, folder);
  }, 120_000);
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
  });

  interface Run {
    readonly child: ChildProcess;
    readonly ended: Promise<number | null>;
    out: string;
    err: string;
  }

  function start(env: Record<string, string> = {}): Run {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [MAIN], {
      // Anywhere but the package: nothing may hang on the working directory.
      cwd: folder,
      env: {
        PATH,
        HOME,
        APP_ENV: 'test',
        LOG_LEVEL: 'info',
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: folder,
        ...database.environment,
        ...env,
      },
    });
    running.add(child);
    const run: Run = {
      child,
      out: '',
      err: '',
      ended: once(child, 'close').then(([code]) => code as number | null),
    };
    child.stdout?.on('data', (text) => {
      run.out += text;
    });
    child.stderr?.on('data', (text) => {
      run.err += text;
    });
    return run;
  }

  async function portOf(run: Run): Promise<number> {
    for (;;) {
      const port = /http:\/\/localhost:(\d+)\/\n/.exec(run.out)?.[1];
      if (port) return Number(port);
      if (run.child.exitCode !== null) throw new Error(`did not start: ${run.err}`);
      await delay(50);
    }
  }

  async function failure(env: Record<string, string>): Promise<string> {
    const run = start(env);
    expect(await run.ended).toBe(1);
    expect(run.err.trim().split('\n')).toHaveLength(1);
    return run.err.trim();
  }

  /** A request whose body is not complete yet. */
  async function halfARequest(port: number): Promise<{ socket: Socket; finish(): Promise<string> }> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    socket.write(
      'POST /api/v1/sessions HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{',
    );
    await delay(200);
    return {
      socket,
      finish: async () => {
        const closed = once(socket, 'close');
        socket.write('}');
        await closed;
        return answer;
      },
    };
  }

  describe('does not start, and says why in one line, with', () => {
    it('a taken port', async () => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const line = await failure({ PORT: String(port) });
      other.close();
      expect(line).toBe(`cannot start: port ${port} is taken: stop the other program or set PORT`);
    });

    it('a broken configuration, every problem named', async () => {
      const line = await failure({ PORT: 'http', LOG_LEVEL: 'loud', WECHAT_MODE: 'live' });
      for (const name of ['PORT', 'LOG_LEVEL', 'WECHAT_APP_ID', 'WECHAT_APP_SECRET'])
        expect(line).toContain(name);
    });

    it('a database server that does not answer, without its password', async () => {
      const line = await failure({ DATABASE_URL: 'mysql://talent:hunter2@127.0.0.1:1/talent' });
      expect(line).toBe('cannot start: database 127.0.0.1:1/talent cannot be reached (ECONNREFUSED)');
    });

    it('a key file that cannot be read', async () => {
      const path = join(folder, 'bad-keys.json');
      writeFileSync(path, 'not json', { mode: 0o600 });
      expect(await failure({ FIELD_KEYS_FILE: path })).toBe(`cannot start: key file ${path} is not JSON`);
    });

    it('a database that a newer version has migrated', async () => {
      const fresh = mkdtempSync(join(folder, 'newer-'));
      const own = await createTestDatabase(TEST_DATABASE, fresh);
      const config = loadConfig({ APP_ENV: 'test', DATA_DIR: fresh, ...own.environment });
      const sources = await openDataSources(config, schema);
      await sources.write.runMigrations();
      await sources.write.query(
        "INSERT INTO migrations (timestamp, name) VALUES (4102444800000, 'Tomorrow4102444800000')",
      );
      await closeDataSources(sources);
      const line = await failure({ DATA_DIR: fresh, ...own.environment });
      await own.drop();
      expect(line).toContain('the database is newer than this program (Tomorrow4102444800000)');
    });
  });

  it('tells where it is and that it is the sandbox', async () => {
    const run = start();
    const port = await portOf(run);
    for (const path of ['/', '/m/', '/admin/', '/api/docs']) {
      expect(run.out).toContain(`http://localhost:${port}${path}\n`);
    }
    expect(run.out).toContain('SANDBOX');
    run.child.kill('SIGINT');
    expect(await run.ended).toBe(0);
  });

  it('finishes what is in flight before it ends', async () => {
    const run = start();
    const port = await portOf(run);
    const request = await halfARequest(port);
    run.child.kill('SIGTERM');
    await delay(300);
    const late = connect(port, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(run.child.exitCode).toBeNull();
    expect(await request.finish()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await run.ended).toBe(0);
    expect(run.out).toContain('"msg":"shut down"');
  });

  it('is not ready before it stops listening, so that a balancer turns away', async () => {
    const run = start({ DRAIN_SECONDS: '1' });
    const port = await portOf(run);
    const ready = () => fetch(`http://127.0.0.1:${port}/health/ready`, { headers: { connection: 'close' } });
    expect((await ready()).status).toBe(200);
    run.child.kill('SIGTERM');
    await delay(200);
    const draining = await ready();
    expect(draining.status).toBe(503);
    expect(await draining.json()).toMatchObject({ status: 'draining' });
    expect(await run.ended).toBe(0);
  });

  it('waits for nobody for ever', async () => {
    const run = start({ SHUTDOWN_SECONDS: '1' });
    const { socket } = await halfARequest(await portOf(run));
    socket.on('error', () => undefined);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(1);
    expect(run.out).toContain('cut off');
  });
});
