import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BACKEND_ROOT } from '../src/platform/paths.js';

const ROOT = join(BACKEND_ROOT, '..');
const BIOME = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');

interface Report {
  readonly diagnostics: {
    readonly category: string;
    readonly location: { readonly path: string | { file: string } };
  }[];
}

/** Each file of the trial: where it lies, what it imports, and whether the arrows of docs/architecture.md allow it. */
const CASES: readonly (readonly [name: string, file: string, imports: string, allowed: boolean])[] = [
  ['platform uses platform', 'backend/src/platform/audit/a.ts', '../clock/clock.js', true],
  ['platform knows core', 'backend/src/platform/audit/b.ts', '../../core/people/people.js', false],
  ['platform knows core from its top', 'backend/src/platform/c.ts', '../core/people/people.js', false],
  [
    'platform knows a feature',
    'backend/src/platform/audit/d.ts',
    '../../features/cards/cards.service.js',
    false,
  ],
  ['platform knows the demo', 'backend/src/platform/audit/e.ts', '../../demo/load.js', false],

  ['core uses platform', 'backend/src/core/people/a.ts', '../../platform/clock/clock.js', true],
  ['core uses core', 'backend/src/core/casework/b.ts', '../people/people.js', true],
  ['core knows a feature', 'backend/src/core/people/c.ts', '../../features/cards/cards.service.js', false],
  [
    'core knows a feature, deeper',
    'backend/src/core/people/roster/d.ts',
    '../../../features/cards/cards.service.js',
    false,
  ],
  ['core knows the demo', 'backend/src/core/people/e.ts', '../../demo/load.js', false],

  [
    'eligibility uses the contract',
    'backend/src/core/eligibility/a.ts',
    '@talent-card/shared/eligibility/schema',
    true,
  ],
  ['eligibility uses Nest', 'backend/src/core/eligibility/b.ts', '@nestjs/common', false],
  ['eligibility uses the database', 'backend/src/core/eligibility/c.ts', 'typeorm', false],
  [
    'eligibility uses a platform service',
    'backend/src/core/eligibility/d.ts',
    '../../platform/database/tx.js',
    false,
  ],
  [
    'eligibility knows a feature',
    'backend/src/core/eligibility/e.ts',
    '../../features/cards/cards.service.js',
    false,
  ],
  ['eligibility knows the demo', 'backend/src/core/eligibility/f.ts', '../../demo/load.js', false],

  ['a feature uses core', 'backend/src/features/cards/a.ts', '../../core/people/people.js', true],
  ['a feature uses its own repository', 'backend/src/features/cards/b.ts', './cards.repository.js', true],
  [
    'a feature uses its own entity from below',
    'backend/src/features/cards/applications/c.ts',
    '../card.entity.js',
    true,
  ],
  [
    'a feature uses the service of another',
    'backend/src/features/workbench/d.ts',
    '../cards/cards.service.js',
    true,
  ],
  [
    'a feature takes the repository of another',
    'backend/src/features/workbench/e.ts',
    '../cards/cards.repository.js',
    false,
  ],
  [
    'a feature takes the entity of another',
    'backend/src/features/workbench/f.ts',
    '../cards/card.entity.js',
    false,
  ],
  ['… from a folder below', 'backend/src/features/workbench/tiles/g.ts', '../../cards/card.entity.js', false],
  [
    '… in a folder below',
    'backend/src/features/workbench/h.ts',
    '../cards/applications/draft.entity.js',
    false,
  ],
  [
    'a feature takes a table of core',
    'backend/src/features/cards/i.ts',
    '../../core/people/persons/person.entity.js',
    false,
  ],
  [
    'a feature takes a repository of core',
    'backend/src/features/cards/j.ts',
    '../../core/people/persons/persons.repository.js',
    false,
  ],
  ['a feature knows the demo', 'backend/src/features/cards/k.ts', '../../demo/load.js', false],

  ['shared uses zod', 'shared/src/cards/a.ts', 'zod', true],
  ['shared uses shared', 'shared/src/cards/b.ts', '../common/schema.js', true],
  ['shared uses a package of ours', 'shared/src/cards/c.ts', '@talent-card/backend', false],
  ['shared uses the backend', 'shared/src/cards/d.ts', '../../../backend/src/platform/ids.js', false],

  ['the mini-program uses routes', 'miniapp/src/services/a.ts', '@talent-card/shared/cards/routes', true],
  ['the mini-program bundles zod', 'miniapp/src/services/b.ts', 'zod', false],
];

describe('the arrows between the parts', () => {
  let folder: string;
  let rejected: Set<string>;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'arrows-'));
    cpSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
    for (const [, file, imports] of CASES) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(
        join(folder, file),
        `import { thing } from '${imports}';\n\nexport const other = thing;\n`,
      );
    }
    const { stdout } = spawnSync(
      process.execPath,
      [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '--vcs-enabled=false', '.'],
      { cwd: folder, encoding: 'utf8' },
    );
    const { diagnostics } = JSON.parse(stdout) as Report;
    rejected = new Set(
      diagnostics
        .filter(({ category }) => category === 'lint/style/noRestrictedImports')
        .map(({ location: { path } }) => (typeof path === 'string' ? path : path.file).replace(/^\.\//, '')),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(CASES)('%s', (_, file, __, allowed) => {
    expect([file, rejected.has(file)]).toEqual([file, !allowed]);
  });
});
