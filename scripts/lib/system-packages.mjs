import { has, run } from './shell.mjs';

/** What some lanes need of the system: how it is recognised, and Debian's packages that bring it. */
export const NEEDS = {
  mariadb: { program: 'mariadbd', packages: ['mariadb-server-core', 'mariadb-client-core'] },
  chromium: { program: 'chromium', packages: ['chromium', 'fonts-noto-cjk'] },
};

async function isThere(need) {
  if (!(await has(need.program))) return false;
  if (need.program !== 'chromium') return true;
  return (await run('sh', ['-c', 'fc-list :lang=zh | grep -q .'], { quiet: true })).code === 0;
}

/**
 * Looks for every need. Where `mayInstall`, installs what is missing from Debian (as root, or by sudo without a
 * password). Gives the names of those that are there.
 */
export async function provide(mayInstall) {
  const missing = [];
  for (const [name, need] of Object.entries(NEEDS)) if (!(await isThere(need))) missing.push(name);
  if (missing.length > 0 && mayInstall && (await has('apt-get'))) {
    const packages = missing.flatMap((name) => NEEDS[name].packages).join(' ');
    process.stdout.write(`Installing ${packages} from Debian …\n`);
    const sudo = process.getuid?.() === 0 ? '' : 'sudo -n ';
    await run(
      'sh',
      [
        '-c',
        `${sudo}apt-get update -qq && ${sudo}env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages}`,
      ],
      { quiet: true },
    );
  }
  const there = new Set();
  for (const [name, need] of Object.entries(NEEDS)) if (await isThere(need)) there.add(name);
  return there;
}
