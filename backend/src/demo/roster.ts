import { IMPORT_JOB, RosterImports } from '../core/people/roster/import/roster-imports.service.js';
import { madeUpPerson } from '../core/people/sandbox/made-up-people.js';
import { rosterContentOf, SANDBOX_PERSONAS } from '../core/people/sandbox/personas.js';
import { buildRosterWorkbook, rosterCells } from '../core/people/sandbox/roster-workbook.js';
import type { DemoWorld } from './demo-world.js';

/** Rows of the roster besides those of the personas. */
const ROSTER_ROWS = 3000;
const LATER_ROWS = 400;

const rowsOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => rosterCells(rosterContentOf(madeUpPerson(from + i))));

/** The first roster of the city: most of the rows, and the personas. */
export async function importFirstRoster(world: DemoWorld): Promise<void> {
  const personas = SANDBOX_PERSONAS.flatMap(({ listed }) => (listed ? [rosterCells(listed)] : []));
  const rows = [...personas, ...rowsOf(0, ROSTER_ROWS - LATER_ROWS)];
  await importRoster(world, 'first', '威海市人才库（演示）.xlsx', await buildRosterWorkbook(rows), true);
}

/** A later addition, as an office would send it: a title above, columns under other names. */
export async function importLaterRoster(world: DemoWorld): Promise<void> {
  const bytes = await buildRosterWorkbook(rowsOf(ROSTER_ROWS - LATER_ROWS, ROSTER_ROWS), {
    above: [['威海市高层次人才增补名单（演示）'], []],
    titles: { identityNumber: '身份证号', employer: '所在单位', zone: '区市' },
  });
  await importRoster(world, 'later', '高层次人才增补名单（演示）.xlsx', bytes, true);
}

/** A dry run with mistakes in it that waits for somebody to look. */
export async function leaveDryRun(world: DemoWorld): Promise<void> {
  const rows = rowsOf(ROSTER_ROWS, ROSTER_ROWS + 60).map((row, i) => {
    if (i === 4) return { ...row, identityNumber: `${String(row.identityNumber).slice(0, 17)}#` };
    if (i === 11) return { ...row, name: '' };
    if (i === 19) return { ...row, category: '第九类' };
    if (i === 27) return { ...row, zone: '青岛' };
    if (i === 33) return { ...row, mobile: '12345' };
    if (i === 41) return { ...row, validUntil: '二〇二六年底' };
    return row;
  });
  await importRoster(
    world,
    'dry-run',
    '荣成市十一月报送（演示）.xlsx',
    await buildRosterWorkbook(rows),
    false,
  );
}

async function importRoster(
  world: DemoWorld,
  name: string,
  fileName: string,
  bytes: Buffer,
  apply: boolean,
): Promise<void> {
  const imports = world.get(RosterImports);
  const office = world.office('city-reviewer');
  const { batchId } = await imports.upload(office, { fileName, bytes }, world.key(`roster-${name}`));
  await world.runJob(IMPORT_JOB);
  if (!apply) return;
  const checked = await imports.get(office, batchId);
  if (checked.status === 'checked') {
    await imports.apply(office, batchId, checked.version, world.key(`roster-${name}-apply`));
  }
  await world.runJob(IMPORT_JOB);
}
