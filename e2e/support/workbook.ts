import type { Persona } from '@talent-card/shared/accounts/schema';
import { ROSTER_COLUMNS } from '@talent-card/shared/people/schema';
import ExcelJS from 'exceljs';

const TYPE_NAMES = {
  'resident-id': '居民身份证',
  passport: '护照',
  'permanent-residence': '外国人永久居留身份证',
};

export interface RosterLine {
  readonly persona: Pick<Persona, 'name' | 'identityType' | 'identityNumber'>;
  readonly category: string;
  readonly zone: string;
  readonly programme?: string;
  readonly provincialCardNumber?: string;
  readonly employer?: string;
}

/** A roster file written by another library than the one that reads it, with a title row above as offices send it. */
export async function rosterWorkbook(lines: readonly RosterLine[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('人才名单');
  sheet.addRow(['威海市人才库名单（演示）']);
  sheet.mergeCells(1, 1, 1, ROSTER_COLUMNS.length);
  sheet.addRow(ROSTER_COLUMNS.map((column) => column.title));
  for (const line of lines) {
    const cells: Partial<Record<string, string>> = {
      name: line.persona.name,
      identityType: TYPE_NAMES[line.persona.identityType],
      identityNumber: line.persona.identityNumber,
      category: line.category,
      zone: line.zone,
      programme: line.programme,
      provincialCardNumber: line.provincialCardNumber,
      employer: line.employer,
    };
    sheet.addRow(ROSTER_COLUMNS.map((column) => cells[column.key] ?? null));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
