import { crc32, deflateRawSync } from 'node:zlib';
import { sheets } from '../../../../platform/workbook/workbook-library.js';
import { findHeader } from './columns.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A ZIP archive written by hand, as no spreadsheet program would. */
function archive(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const name = Buffer.from(path);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(content.length, 18);
    about.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    about.copy(entry, 6, 0, 24);
    entry.writeUInt32LE(offset, 42);
    parts.push(Buffer.from('PK\x03\x04'), about, name, packed);
    directory.push(entry, name);
    offset += 30 + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 8);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}

const row = (number: number, cells: readonly string[]): string =>
  `<row r="${number}">${cells
    .map(
      (text, i) => `<c r="${String.fromCharCode(65 + i)}${number}" t="inlineStr"><is><t>${text}</t></is></c>`,
    )
    .join('')}</row>`;

const workbook = (rows: string, declarations = ''): Buffer =>
  archive({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="r1" Type="${LINKS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${declarations}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
  });

const HEADING = row(1, ['姓名', '证件号码', '人才类别', '所属区市', '工作单位']);
const SOMEBODY = ['林海', '371002199001010010', '1', '环翠区', '海风'];

/** Every row of the first sheet, as text. */
async function textsOf(file: Buffer): Promise<string[]> {
  const texts: string[] = [];
  for await (const sheet of sheets(file)) {
    for await (const { cells } of sheet) texts.push(JSON.stringify(cells));
  }
  return texts;
}

describe('a workbook made to do harm', () => {
  it('is read when it is honest', async () => {
    expect(await textsOf(workbook(HEADING + row(2, SOMEBODY)))).toHaveLength(2);
  });

  it('is refused when a row claims to lie a thousand million rows down', async () => {
    const file = workbook(HEADING + row(2, SOMEBODY) + row(1_000_000_000, SOMEBODY));
    await expect(textsOf(file)).rejects.toThrow('beyond any roster');
  });

  it('is read when the sheet is merely formatted to its end', async () => {
    const file = workbook(`${HEADING}${row(2, SOMEBODY)}<row r="1048576"><c r="A1048576"/></row>`);
    expect(await textsOf(file)).toHaveLength(2);
  });

  it('does not get a file of the server read', async () => {
    const file = workbook(
      HEADING + row(2, ['&x;', ...SOMEBODY.slice(1)]),
      '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    );
    expect((await textsOf(file)).join()).not.toContain('root:');
  });

  it('does not keep the search for a heading busy', () => {
    const began = performance.now();
    expect(findHeader(['('.repeat(200_000), '姓名'], undefined)).toBeNull();
    // Milliseconds where each of the two hundred thousand letters is looked at once.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
