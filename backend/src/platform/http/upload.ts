import type { MultipartFile } from '@fastify/multipart';
import { DomainError, fieldError } from '../errors/domain-error.js';
import type { AppRequest } from './request.js';

export interface ReceivedUpload {
  readonly fileName: string;
  /** As the client declares it; nothing to rely on. */
  readonly contentType: string;
  readonly bytes: Buffer;
  /** The other fields of the form that came before the file. */
  readonly fields: Readonly<Record<string, string>>;
}

function textFields(fields: MultipartFile['fields']): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const part of Object.values(fields)) {
    if (part && !Array.isArray(part) && part.type === 'field' && typeof part.value === 'string') {
      texts[part.fieldname] = part.value;
    }
  }
  return texts;
}

/**
 * The one file of a `multipart/form-data` body, from its field `file`. Fields must come before the file.
 *
 * @throws DomainError UNSUPPORTED_MEDIA_TYPE for another body, FILE_TOO_LARGE, VALIDATION_FAILED without a file
 */
export async function receiveUpload(request: AppRequest, maxBytes: number): Promise<ReceivedUpload> {
  if (!request.isMultipart())
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE', { expected: 'multipart/form-data' });
  let file: MultipartFile | undefined;
  try {
    file = await request.file({ limits: { fileSize: maxBytes, files: 1, fields: 10, fieldSize: 4096 } });
  } catch {
    throw new DomainError('VALIDATION_FAILED', { fields: [{ path: 'file', code: 'FORMAT' }] });
  }
  if (file?.fieldname !== 'file') throw fieldError({ path: 'file', code: 'REQUIRED' });
  let bytes: Buffer;
  try {
    bytes = await file.toBuffer();
  } catch {
    if (file.file.truncated) throw new DomainError('FILE_TOO_LARGE', { maxBytes });
    throw fieldError({ path: 'file', code: 'FORMAT' });
  }
  return {
    fileName: file.filename ?? '',
    contentType: file.mimetype,
    bytes,
    fields: textFields(file.fields),
  };
}
