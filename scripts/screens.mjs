// A picture of every page, in every look and both languages, into the ignored folder screens/.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, install } from './lib/prepare.mjs';
import { requireNode, root, run } from './lib/shell.mjs';

requireNode();
await install();
await build(['h5', 'admin', 'backend']);
const which = process.argv.slice(2);
if (which.length === 0) rmSync(join(root, 'screens'), { recursive: true, force: true });
const { code } = await run(
  join(root, 'e2e/node_modules/.bin/vitest'),
  ['run', '--config', 'screens.config.ts', ...which],
  {
    cwd: join(root, 'e2e'),
  },
);
process.stdout.write('pictures are in screens/\n');
process.exit(code);
