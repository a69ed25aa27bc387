import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './shell.mjs';

const folder = join(root, '.stamps');
const SKIPPED = new Set(['node_modules', 'dist', 'data', 'coverage', 'screens', '.git', '.stamps', 'test']);

function* filesBelow(path) {
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (SKIPPED.has(entry.name)) continue;
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* filesBelow(child);
    else if (!/\.(spec|test)\.tsx?$/.test(entry.name)) yield child;
  }
}

/** Digest of every file that a step reads: paths and contents. */
export function digestOf(paths, extra = '') {
  const hash = createHash('sha256').update(`${process.version} ${extra}`);
  for (const path of paths) {
    const whole = join(root, path);
    if (!existsSync(whole)) continue;
    const files = statSync(whole).isDirectory() ? filesBelow(whole) : [whole];
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Whether the step was done for this very digest. */
export function isDone(step, digest) {
  const stamp = join(folder, step);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === digest;
}

export function markDone(step, digest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, step), digest);
}

export function forget(step) {
  rmSync(join(folder, step), { force: true });
}
