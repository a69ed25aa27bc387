/** More than this unfolded is no list of people but an attack on memory. */
const MAX_UNFOLDED_BYTES = 200 * 1024 * 1024;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** OLE2: workbooks of Excel 97–2003, and any workbook locked with a password. */
const OLE2 = Buffer.from('d0cf11e0a1b11ae1', 'hex');

export type ArchiveProblem = 'old-format' | 'not-a-workbook' | 'too-large' | 'macros';

/** Names and unfolded sizes in the archive's directory, without unfolding anything; null when there is none. */
function readDirectory(bytes: Buffer): { name: string; size: number }[] | null {
  let end = bytes.length - 22;
  const lowest = Math.max(0, bytes.length - 22 - 0xffff);
  while (end >= lowest && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < lowest) return null;
  const entries: { name: string; size: number }[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return null;
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    entries.push({ name, size: bytes.readUInt32LE(at + 24) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** What keeps a file from being a workbook that may be opened; null when nothing does. */
export function archiveProblem(bytes: Buffer): ArchiveProblem | null {
  if (bytes.subarray(0, 8).equals(OLE2)) return 'old-format';
  const entries = bytes.length > 22 && bytes.toString('latin1', 0, 2) === 'PK' ? readDirectory(bytes) : null;
  if (!entries?.some(({ name }) => name === 'xl/workbook.xml')) return 'not-a-workbook';
  if (entries.some(({ name }) => name.toLowerCase().endsWith('vbaproject.bin'))) return 'macros';
  const unfolded = entries.reduce((total, { size }) => total + size, 0);
  return unfolded > MAX_UNFOLDED_BYTES ? 'too-large' : null;
}

/** How many sheets the archive holds. */
export function sheetCount(bytes: Buffer): number {
  const entries = readDirectory(bytes) ?? [];
  return entries.filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).length;
}
