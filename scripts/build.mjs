// Builds everything that a release needs, and leaves alone what has not changed since its last build.
import { build, install } from './lib/prepare.mjs';
import { requireNode } from './lib/shell.mjs';

requireNode();
await install();
await build(['h5', 'admin', 'backend', 'weapp']);
