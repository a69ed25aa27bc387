// Everything that can be checked on this machine. In CI nothing may be skipped; elsewhere each skipped lane says why.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, install } from './lib/prepare.mjs';
import { requireNode, root, run, seconds } from './lib/shell.mjs';
import { NEEDS, provide } from './lib/system-packages.mjs';

const ci = process.env.CI === 'true';
const only = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), 'talent-card-tests-'));
const bin = (folder, name) => join(root, folder, 'node_modules', '.bin', name);
const node = process.execPath;

/** A check without cases of its own counts as one. */
const check = (name, command, args, cwd = '.') => ({ name, command, args, cwd, counts: false });
const vitest = (folder, name = folder, env = {}) => ({
  name,
  command: bin(folder, 'vitest'),
  args: ['run', '--reporter=default', '--reporter=json'],
  report: '--outputFile.json=',
  cwd: folder,
  env,
  counts: true,
});
const jest = (folder, name, args = [], env = {}) => ({
  name,
  command: bin(folder, 'jest'),
  args: ['--json', '--silent=false', ...args],
  report: '--outputFile=',
  cwd: folder,
  env,
  counts: true,
});

const LANES = [
  check('lint', bin('.', 'biome'), ['check', '--error-on-warnings', '--max-diagnostics=50', '.']),
  ...['shared', 'backend', 'admin', 'miniapp', 'e2e'].map((folder) =>
    check(`types ${folder}`, bin(folder, 'tsc'), ['-p', 'tsconfig.json', '--noEmit'], folder),
  ),
  check('package sizes', node, ['scripts/check-size.mjs'], 'miniapp'),
  vitest('shared'),
  jest('backend', 'backend on SQLite', [], { TEST_DATABASE: 'sqlite' }),
  {
    ...jest('backend', 'backend on MariaDB', ['int-spec', 'race-spec'], { TEST_DATABASE: 'mariadb' }),
    needs: 'mariadb',
  },
  jest('backend', 'backend rules in New York', ['--testPathPatterns', '(?<!int-|race-)spec\\.ts$'], {
    TZ: 'America/New_York',
  }),
  jest('miniapp', 'miniapp'),
  vitest('admin'),
  { ...vitest('e2e', 'browser on SQLite', { TEST_DATABASE: 'sqlite' }), needs: 'chromium' },
  {
    ...vitest('e2e', 'browser on MariaDB', { TEST_DATABASE: 'mariadb' }),
    needs: 'chromium',
    alsoNeeds: 'mariadb',
  },
].filter((lane) => only.length === 0 || only.some((word) => lane.name.includes(word)));

function countsOf(lane, reportFile, code) {
  if (!lane.counts) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const report = JSON.parse(readFileSync(reportFile, 'utf8'));
    // A file that does not load has no cases, but it has failed; a skipped case was not run, so it did not pass.
    const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
    const brokenFiles = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    const failed = report.numFailedTests + brokenFiles.length + (ci ? skipped : 0);
    if (report.numPassedTests === 0) return { passed: 0, failed: Math.max(failed, 1) };
    return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

async function runLane(lane) {
  const reportFile = join(reports, `${LANES.indexOf(lane)}.json`);
  const began = performance.now();
  const { code } = await run(
    lane.command,
    [...lane.args, ...(lane.report ? [lane.report + reportFile] : [])],
    {
      cwd: join(root, lane.cwd),
      env: { FORCE_COLOR: '0', ...lane.env },
      quiet: true,
    },
  );
  const counts = countsOf(lane, reportFile, code);
  process.stdout.write(
    `${counts.failed === 0 ? 'ok  ' : 'FAIL'} ${lane.name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds(began)}\n`,
  );
  return counts;
}

requireNode();
const began = performance.now();
await install();
const there = await provide(ci);
await build(['h5', 'admin', 'backend', 'weapp']);

let passed = 0;
let failed = 0;
async function take(lane) {
  const missing = [lane.needs, lane.alsoNeeds].filter((need) => need && !there.has(need));
  if (missing.length > 0) {
    const packages = missing.flatMap((need) => NEEDS[need].packages).join(' ');
    process.stdout.write(`skip ${lane.name}: needs ${packages} (apt-get install ${packages})\n`);
    if (ci) failed += 1;
    return;
  }
  const counts = await runLane(lane);
  passed += counts.passed;
  failed += counts.failed;
}
async function takeInPairs(lanes) {
  const queue = [...lanes];
  const worker = async () => {
    for (let lane = queue.shift(); lane; lane = queue.shift()) await take(lane);
  };
  await Promise.all([worker(), worker()]);
}
// A check keeps one core busy, and so does a browser with its service: two go side by side. Other lanes have workers of
// their own.
const inBrowser = ({ needs }) => needs === 'chromium';
await takeInPairs(LANES.filter(({ counts }) => !counts));
for (const lane of LANES.filter((one) => one.counts && !inBrowser(one))) await take(lane);
await takeInPairs(LANES.filter(inBrowser));
rmSync(reports, { recursive: true, force: true });
process.stdout.write(`\nall lanes in ${seconds(began)}\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
