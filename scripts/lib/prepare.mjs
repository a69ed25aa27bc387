import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail, pnpm, root, run, seconds } from './shell.mjs';
import { digestOf, forget, isDone, markDone } from './stamps.mjs';

const MANIFESTS = [
  'package.json',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'shared/package.json',
  'backend/package.json',
  'miniapp/package.json',
  'admin/package.json',
  'e2e/package.json',
];

/** Installs what the lockfile says, once for each state of the lockfile. */
export async function install() {
  const digest = digestOf(MANIFESTS);
  if (isDone('install', digest) && existsSync(join(root, 'node_modules'))) return;
  const began = performance.now();
  process.stdout.write('Installing packages …\n');
  const { code } = await pnpm(['install', '--frozen-lockfile', '--reporter=silent'], { quiet: true });
  if (code !== 0) fail('The packages could not be installed: see above, check the network, try again.');
  markDone('install', digest);
  process.stdout.write(`  packages installed in ${seconds(began)}\n`);
}

const bin = (folder, name) => join(root, folder, 'node_modules', '.bin', name);
const COMMON = ['package.json', 'pnpm-lock.yaml', 'tsconfig.base.json'];

/** What can be built: the files it reads, the file it must leave, and how. */
const TARGETS = {
  shared: {
    reads: ['shared'],
    leaves: 'shared/dist/all-routes.js',
    build: () =>
      run(bin('shared', 'tsc'), ['-p', 'tsconfig.build.json'], { cwd: join(root, 'shared'), quiet: true }),
  },
  backend: {
    reads: ['shared', 'backend'],
    leaves: 'backend/dist/src/main.js',
    build: () =>
      run(bin('backend', 'tsc'), ['-p', 'tsconfig.build.json'], { cwd: join(root, 'backend'), quiet: true }),
  },
  admin: {
    reads: ['shared', 'admin'],
    leaves: 'admin/dist/index.html',
    build: () =>
      run(bin('admin', 'vite'), ['build', '--logLevel', 'warn'], { cwd: join(root, 'admin'), quiet: true }),
  },
  h5: { reads: ['shared', 'miniapp'], leaves: 'miniapp/dist/h5/index.html', build: () => taro('h5') },
  weapp: { reads: ['shared', 'miniapp'], leaves: 'miniapp/dist/weapp/app.json', build: () => taro('weapp') },
};

/** Taro without `--no-check` looks for updates in the network; NODE_ENV decides on minifying. */
function taro(type) {
  return run(bin('miniapp', 'taro'), ['build', '--type', type, '--no-check'], {
    cwd: join(root, 'miniapp'),
    env: { CI: 'true', NODE_ENV: 'production' },
    quiet: true,
  });
}

async function buildOne(name) {
  const target = TARGETS[name];
  const digest = digestOf([...COMMON, ...target.reads], name);
  if (isDone(`build-${name}`, digest) && existsSync(join(root, target.leaves))) return;
  forget(`build-${name}`);
  const began = performance.now();
  const { code, output } = await target.build();
  // Taro answers 0 to a configuration it does not understand, and builds nothing.
  if (code !== 0 || !existsSync(join(root, target.leaves))) {
    fail(`${name} could not be built.\n${code === 0 ? output : ''}`);
  }
  markDone(`build-${name}`, digest);
  process.stdout.write(`  ${name} built in ${seconds(began)}\n`);
}

/** Builds what changed since its last build; the contract first, then two at a time. */
export async function build(names) {
  await buildOne('shared');
  const queue = names.filter((name) => name !== 'shared');
  const worker = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) await buildOne(name);
  };
  await Promise.all([worker(), worker()]);
}
