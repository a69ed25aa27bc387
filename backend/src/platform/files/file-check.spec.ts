import { deflateSync } from 'node:zlib';
import { MAX_FILE_BYTES } from '@talent-card/shared/files/schema';
import sharp from 'sharp';
import { pdf, photoWithPosition, png } from '../../../test/documents.js';
import { DomainError } from '../errors/domain-error.js';
import { checkFile } from './file-check.js';
import { pdfProblem } from './pdf-check.js';

async function refusal(bytes: Buffer, name: string, type = 'application/octet-stream'): Promise<unknown> {
  try {
    await checkFile(bytes, name, type);
    return 'kept';
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [error.code, error.details.reason].filter((part) => part !== undefined).join(' ');
  }
}

const zip = Buffer.from('504b0304140000000000', 'hex');
const zipEnd = Buffer.from('504b05060000000000000000000000000000000000', 'hex');
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]);

describe('a document', () => {
  it('is kept when it is what it says', async () => {
    expect((await checkFile(pdf(), '学位证.pdf', 'application/pdf')).contentType).toBe('application/pdf');
    expect((await checkFile(await png(), 'SCAN.PNG', 'image/png')).contentType).toBe('image/png');
    expect((await checkFile(await photoWithPosition(), 'photo.jpeg', '')).contentType).toBe('image/jpeg');
  });

  it('without an extension is taken by its declared type', async () => {
    expect((await checkFile(pdf(), 'blob', 'application/pdf')).contentType).toBe('application/pdf');
  });

  it.each<[string, () => Buffer | Promise<Buffer>, string, string]>([
    ['too big', () => Buffer.alloc(10 * 1024 * 1024 + 1), 'a.pdf', 'FILE_TOO_LARGE'],
    ['empty', () => Buffer.alloc(0), 'a.pdf', 'FILE_UNREADABLE empty'],
    ['honestly another type', () => zip, 'a.docx', 'FILE_TYPE_NOT_ALLOWED'],
    ['a program', () => exe, 'a.exe', 'FILE_TYPE_NOT_ALLOWED'],
    ['a program renamed', () => exe, 'photo.jpg', 'FILE_CONTENT_MISMATCH'],
    ['a web page renamed', () => Buffer.from('<html><script>'), 'a.pdf', 'FILE_CONTENT_MISMATCH'],
    ['a picture called PDF', () => png(), 'a.pdf', 'FILE_CONTENT_MISMATCH'],
    ['a PNG called JPEG', () => png(), 'a.jpg', 'FILE_CONTENT_MISMATCH'],
    [
      'an SVG',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'a.svg',
      'FILE_TYPE_NOT_ALLOWED',
    ],
    [
      'a JPEG cut off',
      async () => (await photoWithPosition()).subarray(0, 400),
      'a.jpg',
      'FILE_UNREADABLE image',
    ],
    ['a PNG cut off', async () => (await png(300, 300)).subarray(0, 90), 'a.png', 'FILE_UNREADABLE image'],
    ['a PDF cut off', () => pdf().subarray(0, 120), 'a.pdf', 'FILE_UNREADABLE truncated'],
    [
      'a PDF with a password',
      () => pdf('5 0 obj\n<< /Encrypt 6 0 R >>\nendobj'),
      'a.pdf',
      'FILE_UNREADABLE encrypted',
    ],
    [
      'a PDF that runs a script',
      () => pdf('5 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj'),
      'a.pdf',
      'FILE_CONTENT_MISMATCH active-content',
    ],
    [
      'a PDF that hides the name of its script',
      () => pdf('5 0 obj\n<< /S /J#61vaScript >>\nendobj'),
      'a.pdf',
      'FILE_CONTENT_MISMATCH active-content',
    ],
    [
      'a PDF that starts a program',
      () => pdf('5 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj'),
      'a.pdf',
      'FILE_CONTENT_MISMATCH active-content',
    ],
    [
      'a PDF that packs its script away',
      () => {
        const packed = deflateSync(Buffer.from('<< /S /JavaScript >>')).toString('latin1');
        return pdf(`5 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n${packed}\nendstream\nendobj`);
      },
      'a.pdf',
      'FILE_CONTENT_MISMATCH active-content',
    ],
    [
      'a PDF that packs its script away under an escaped name',
      () => {
        const packed = deflateSync(Buffer.from('<< /S /JavaScript >>')).toString('latin1');
        return pdf(
          `5 0 obj\n<< /Type /Obj#53tm /Filter /FlateDecode >>\nstream\n${packed}\nendstream\nendobj`,
        );
      },
      'a.pdf',
      'FILE_CONTENT_MISMATCH active-content',
    ],
    [
      'a PDF that packs its script away in a way we cannot unpack',
      () => {
        const hex = Buffer.from('<< /S /JavaScript >>').toString('hex');
        return pdf(
          `5 0 obj\n<< /Type /ObjStm /Filter /ASCIIHexDecode >>\nstream\n${hex}>\nendstream\nendobj`,
        );
      },
      'a.pdf',
      'FILE_CONTENT_MISMATCH active-content',
    ],
    [
      'a PDF that is an archive too',
      () => Buffer.concat([pdf(), zipEnd]),
      'a.pdf',
      'FILE_CONTENT_MISMATCH polyglot',
    ],
  ])('is refused: %s', async (_, make, name, expected) => {
    expect(await refusal(await make(), name)).toBe(expected);
  });

  it('whose text merely speaks of a script is kept', async () => {
    const text = pdf('5 0 obj\n<< /Length 20 >>\nstream\n(about /JavaScript)\nendstream\nendobj');
    expect(await refusal(text, 'a.pdf')).toBe('kept');
  });
});

describe('a PDF made to keep the service busy', () => {
  it.each([
    ['streams that never end', 'stream\n'],
    ['streams that end at once', '>>\nstream\nendstream\n'],
    ['words that are no stream', 'streamstream'],
  ])('is looked at in no time: %s', (_, part) => {
    const bytes = pdf(part.repeat(Math.floor(MAX_FILE_BYTES / part.length / 2)));
    const began = performance.now();
    pdfProblem(bytes);
    // Five megabytes; looking from each word to the end of the file takes hours.
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe('a picture', () => {
  it('loses position and camera and stands upright', async () => {
    const before = await photoWithPosition();
    expect((await sharp(before).metadata()).exif?.toString('latin1')).toContain('PhoneMaker');
    const { content } = await checkFile(before, 'photo.jpg', 'image/jpeg');
    const after = await sharp(content).metadata();
    expect(after.exif).toBeUndefined();
    expect(after.orientation).toBeUndefined();
    expect([after.width, after.height]).toEqual([40, 60]);
    expect(content.includes('PhoneMaker')).toBe(false);
    expect(content.includes('GPS')).toBe(false);
  });

  it('loses what was hung onto it', async () => {
    const polyglot = Buffer.concat([await photoWithPosition(), zip, Buffer.from('secret.exe'), zipEnd]);
    const { content } = await checkFile(polyglot, 'photo.jpg', 'image/jpeg');
    expect(content.includes('secret.exe')).toBe(false);
    expect(content.includes(zipEnd)).toBe(false);
  });

  it('that unfolds to more pixels than any phone takes is refused before it is decoded', async () => {
    const bomb = await png(4, 4);
    // Width and height of the header, with its checksum left wrong on purpose: libvips reads the size first.
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    expect(await refusal(bomb, 'a.png')).toBe('FILE_UNREADABLE image');
  });

  it('of a size that fills the memory is taken in its turn, and a broken one does not hold up the rest', async () => {
    const big = await png(5000, 5000);
    const cut = big.subarray(0, big.length - 40);
    const kept = await Promise.all([big, cut, big].map((bytes) => refusal(bytes, 'a.png')));
    expect(kept).toEqual(['kept', 'FILE_UNREADABLE image', 'kept']);
  });

  it('is made smaller when it is larger than anybody reads', async () => {
    const { content } = await checkFile(await png(5000, 100), 'a.png', 'image/png');
    expect((await sharp(content).metadata()).width).toBe(4096);
  });
});
