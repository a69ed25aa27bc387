// Prints what a phone has to load and fails above the budgets. Needs dist/weapp and dist/h5.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const KB = 1024;
const BUDGET = { main: 600 * KB, subpackage: 300 * KB, h5: 200 * KB };

const rows = [];
const sizeOf = (entry) => {
  const stat = statSync(entry);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(entry).reduce((sum, name) => sum + sizeOf(path.join(entry, name)), 0);
};

function weapp(root) {
  const app = JSON.parse(readFileSync(path.join(root, 'app.json'), 'utf8'));
  const subpackages = app.subPackages ?? app.subpackages ?? [];
  let inSubpackages = 0;
  for (const { root: folder } of subpackages) {
    const size = sizeOf(path.join(root, folder));
    inSubpackages += size;
    rows.push([`weapp ${folder}`, size, BUDGET.subpackage]);
  }
  rows.unshift(['weapp main package', sizeOf(root) - inSubpackages, BUDGET.main]);
}

/** What somebody loads who comes for the first time: the entry, the home page, and the welcome it leads to. */
const FIRST_PAGES = ['pages/home/index', 'subpackages/auth/welcome/index'];

function h5(root) {
  const html = readFileSync(path.join(root, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/m\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  const entry = named
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .find((text) => text.includes(FIRST_PAGES[0]));
  const ids = FIRST_PAGES.flatMap((page) => chunksOf(entry ?? '', page));
  const chunks = ['js', 'css'].flatMap((folder) =>
    !existsSync(path.join(root, folder))
      ? []
      : readdirSync(path.join(root, folder))
          .map((name) => `${folder}/${name}`)
          .filter((file) => ids.includes(/\/(\d+)\.[0-9a-f]+\.(?:js|css)$/.exec(file)?.[1])),
  );
  const files = ['index.html', ...new Set([...named, ...chunks])];
  const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(root, file))).length, 0);
  rows.push([`h5 first load, gzip (${files.length} files)`, size, BUDGET.h5]);
}

/** Ids of the chunks that the entry asks webpack for when it opens a page. */
function chunksOf(entry, page) {
  const load = entry.lastIndexOf(`"${page}"`) < 0 ? '' : entry.slice(entry.lastIndexOf(`"${page}"`));
  const call = /^"[^"]+".{0,120}?(?:Promise\.all\(\[(.*?)\]\)|\.e\((\d+)\))/s.exec(load);
  const ids = call?.[1] ? [...call[1].matchAll(/\.e\((\d+)\)/g)].map((match) => match[1]) : [call?.[2]];
  if (!ids[0]) throw new Error(`check-size: the chunks of ${page} were not found in the entry`);
  return ids;
}

for (const [target, measure] of [
  ['weapp', weapp],
  ['h5', h5],
]) {
  const root = path.join(dist, target);
  if (!existsSync(root)) {
    console.error(`check-size: dist/${target} is missing, build it first`);
    process.exit(1);
  }
  measure(root);
}

let over = 0;
for (const [name, size, budget] of rows) {
  const bad = size > budget;
  if (bad) over += 1;
  const figures = `${(size / KB).toFixed(1).padStart(7)} KB of ${String(budget / KB).padStart(3)} KB`;
  console.log(`${name.padEnd(40)} ${figures}${bad ? '   OVER BUDGET' : ''}`);
}
if (over > 0) process.exit(1);
