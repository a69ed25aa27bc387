// Builds the targets named on the command line: node scripts/build.mjs weapp h5
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const ENTRY = { weapp: 'app.json', h5: 'index.html' };

/** Taro redraws its progress bar line by line even where nobody watches it. */
function withoutProgress(output) {
  const errors = output.indexOf('Errors');
  return (errors < 0 ? output.slice(-8000) : output.slice(errors, errors + 8000)).split('● Webpack')[0];
}

for (const target of process.argv.slice(2)) {
  const entry = ENTRY[target];
  if (!entry) {
    console.error(`unknown target ${target}: weapp or h5`);
    process.exit(1);
  }
  const out = path.join(root, 'dist', target);
  rmSync(out, { recursive: true, force: true });
  const started = Date.now();
  // --no-check: Taro would otherwise ask the network for newer versions of itself.
  const run = spawnSync(
    path.join(root, 'node_modules', '.bin', 'taro'),
    ['build', '--type', target, '--no-check'],
    {
      cwd: root,
      env: { ...process.env, CI: 'true', NODE_ENV: 'production' },
      encoding: 'utf8',
      maxBuffer: 64 << 20,
    },
  );
  // Taro ends with 0 on a config it does not understand: only the result says whether it built.
  if (run.status !== 0 || !existsSync(path.join(out, entry))) {
    console.error(withoutProgress(run.stdout + run.stderr));
    console.error(`miniapp: ${target} was not built`);
    process.exit(1);
  }
  console.log(`miniapp: ${target} built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
