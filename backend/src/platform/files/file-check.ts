import { FILE_TYPES, type FileType, MAX_FILE_BYTES } from '@talent-card/shared/files/schema';
import sharp from 'sharp';
import { Mutex } from '../database/mutex.js';
import { DomainError } from '../errors/domain-error.js';
import { extensionOf } from './file-name.js';
import { pdfProblem } from './pdf-check.js';

/** About the largest a phone takes; a small file that unfolds to more is refused before it is decoded. */
const MAX_PIXELS = 110_000_000;
/** Enough to read an A4 page scanned at 300 dpi; keeps photographs of documents small. */
const MAX_EDGE = 4096;

const BY_EXTENSION: Readonly<Record<string, FileType>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** How each kind begins. Three signatures need no library; images are decoded whole afterwards. */
const SIGNATURES: readonly (readonly [FileType, Buffer])[] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/jpeg', Buffer.from('ffd8ff', 'hex')],
];

export interface CheckedFile {
  readonly contentType: FileType;
  readonly content: Buffer;
}

const isAllowed = (type: string | undefined): type is FileType =>
  (FILE_TYPES as readonly string[]).includes(type ?? '');

/** Above this a picture takes hundreds of megabytes while it is decoded, so such pictures are taken one at a time. */
const LARGE_PIXELS = 24_000_000;
const large = new Mutex();

/** Ordinary photographs do not wait for the large ones. */
async function cleanInTurn(bytes: Buffer, type: 'image/png' | 'image/jpeg'): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
    .metadata()
    .catch(() => ({ width: 0, height: 0 }));
  return width * height > LARGE_PIXELS
    ? large.runExclusive(() => cleanImage(bytes, type))
    : cleanImage(bytes, type);
}

/** Decodes and encodes anew: what is no picture (position, camera, appended archives) does not survive. */
async function cleanImage(bytes: Buffer, type: 'image/png' | 'image/jpeg'): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize({ width: MAX_EDGE, height: MAX_EDGE, fit: 'inside', withoutEnlargement: true });
  try {
    return type === 'image/png'
      ? await image.png({ compressionLevel: 7 }).toBuffer()
      : await image.flatten({ background: '#ffffff' }).jpeg({ quality: 90 }).toBuffer();
  } catch {
    throw new DomainError('FILE_UNREADABLE', { reason: 'image' });
  }
}

/**
 * Holds a file against what it says it is and returns what may be kept.
 *
 * @throws DomainError FILE_TOO_LARGE, FILE_TYPE_NOT_ALLOWED (honestly another type), FILE_CONTENT_MISMATCH (says one
 *   thing and is another, or carries something beside the document) or FILE_UNREADABLE (empty, cut off, locked)
 */
export async function checkFile(bytes: Buffer, fileName: string, declaredType: string): Promise<CheckedFile> {
  if (bytes.length > MAX_FILE_BYTES) throw new DomainError('FILE_TOO_LARGE', { maxBytes: MAX_FILE_BYTES });
  if (bytes.length === 0) throw new DomainError('FILE_UNREADABLE', { reason: 'empty' });
  const extension = extensionOf(fileName);
  const named = BY_EXTENSION[extension];
  const claimed = named ?? (extension === '' && isAllowed(declaredType) ? declaredType : undefined);
  if (!claimed) throw new DomainError('FILE_TYPE_NOT_ALLOWED', { allowed: [...FILE_TYPES] });
  const detected = SIGNATURES.find(([, start]) => bytes.subarray(0, start.length).equals(start))?.[0];
  if (detected !== claimed) throw new DomainError('FILE_CONTENT_MISMATCH', { expected: claimed });
  if (claimed === 'application/pdf') {
    const problem = pdfProblem(bytes);
    if (problem === 'truncated' || problem === 'encrypted') {
      throw new DomainError('FILE_UNREADABLE', { reason: problem });
    }
    if (problem) throw new DomainError('FILE_CONTENT_MISMATCH', { expected: claimed, reason: problem });
    return { contentType: claimed, content: bytes };
  }
  return { contentType: claimed, content: await cleanInTurn(bytes, claimed) };
}
