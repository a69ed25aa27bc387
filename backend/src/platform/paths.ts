import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * The folder of this package, whatever the working directory is. `import.meta` is not there when tests compile to
 * CommonJS, so the search starts from this file under test and from the program's entry file otherwise.
 */
function findRoot(): string {
  const start =
    typeof __dirname === 'string' ? __dirname : dirname(realpathSync(process.argv[1] ?? process.cwd()));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'jest.config.cjs')) && existsSync(join(folder, 'package.json')))
      return folder;
  }
  return process.cwd();
}

export const BACKEND_ROOT = findRoot();
/** `require`, seen from this package: for JSON tables and native drivers inside dependencies. */
export const requireFromBackend = createRequire(join(BACKEND_ROOT, 'package.json'));
