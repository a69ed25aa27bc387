// Builds a target when its dist is missing or older than the newest source: node scripts/build-if-stale.mjs weapp

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const target = process.argv[2];
const built = path.join(root, 'dist', target, target === 'h5' ? 'index.html' : 'app.json');

const newest = (entry) => {
  const stat = statSync(entry);
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(entry) ? 0 : stat.mtimeMs;
  return Math.max(0, ...readdirSync(entry).map((name) => newest(path.join(entry, name))));
};

const source = Math.max(
  ...['src', 'config', '../shared/src', 'package.json'].map((name) => newest(path.join(root, name))),
);
if (!existsSync(built) || statSync(built).mtimeMs < source) {
  const run = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs'), target], {
    stdio: 'inherit',
  });
  process.exit(run.status ?? 1);
}
