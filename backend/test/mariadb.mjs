// A private MariaDB server for tests: own port, own temporary folder, gone when its owner is gone.
//
// As a module:  const server = await startMariaDb(); … server.url('name') …; await server.stop()
// As a command: node test/mariadb.mjs [--durable]    prints {"port":…,"socket":…} and runs until its stdin ends or SIGTERM
//
// The module starts the command and keeps its stdin open, so the server also goes when the owner is killed outright.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const PROGRAMS = ['/usr/sbin/mariadbd', '/usr/local/sbin/mariadbd', '/usr/libexec/mariadbd'];

/** Whether `startMariaDb` has something to start. */
export const mariaDbInstalled = () => PROGRAMS.some((path) => existsSync(path));

function serverProgram() {
  const program = PROGRAMS.find((path) => existsSync(path));
  if (!program)
    throw new Error('mariadbd is not installed: apt-get install mariadb-server-core mariadb-client-core');
  return program;
}

const ROOMY = 2 * 1024 ** 3;

/** Creating a table syncs several files whatever the server is told; in memory that costs nothing. */
function hastyFolder() {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize > ROOMY ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a server and resolves when it answers. */
export async function startMariaDb({ durable = false } = {}) {
  const guard = spawn(process.execPath, [here, ...(durable ? ['--durable'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => guard.once('exit', resolve));
  const line = new Promise((resolve) => {
    let text = '';
    guard.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text);
    });
  });
  const first = await Promise.race([line, ended]);
  if (typeof first !== 'string') throw new Error('MariaDB did not start, see above');
  const { port, socket } = JSON.parse(first);
  // Holding the pipes open is the point; keeping the event loop alive for them is not.
  guard.unref();
  guard.stdin.unref?.();
  guard.stdout.unref?.();
  return {
    port,
    socket,
    url: (database = '') => `mysql://root@127.0.0.1:${port}/${database}`,
    stop: async () => {
      guard.ref();
      guard.stdin.end();
      await ended;
    },
  };
}

async function serve(durable) {
  const program = serverProgram();
  const folder = mkdtempSync(join(durable ? tmpdir() : hastyFolder(), 'talent-card-mariadb-'));
  const data = join(folder, 'data');
  const socket = join(folder, 's');
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  execFileSync(
    'mariadb-install-db',
    [
      '--no-defaults',
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...asRoot,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const port = await freePort();
  // Tests need no power cut survived; without it creating a table costs no fsync.
  const hasty = ['--innodb-flush-log-at-trx-commit=0', '--innodb-flush-method=nosync'];
  const server = spawn(
    program,
    [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--max-connections=400',
      '--table-open-cache=1000',
      '--transaction-isolation=READ-COMMITTED',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      `--log-error=${join(folder, 'error.log')}`,
      ...(durable ? [] : hasty),
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = () => server.kill('SIGTERM');
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop);
  process.stdin.on('end', stop).on('error', stop).resume();
  let running = true;
  void ended.then(() => {
    running = false;
  });
  const ask = () => {
    try {
      execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '-e', 'SELECT 1'], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      return false;
    }
  };
  for (const until = Date.now() + 30_000; running && !ask() && Date.now() < until; ) await delay(50);
  if (!running) process.stderr.write(readFileSync(join(folder, 'error.log')));
  if (running) process.stdout.write(`${JSON.stringify({ port, socket })}\n`);
  await ended;
  rmSync(folder, { recursive: true, force: true });
}

if (process.argv[1] && fileURLToPath(`file://${process.argv[1]}`) === here) {
  await serve(process.argv.includes('--durable'));
  process.exit(0);
}
