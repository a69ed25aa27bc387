import type { CardDocumentType } from '@talent-card/shared/cards/schema';
import type { DocumentSlot } from '@talent-card/shared/casework/schema';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import type { FileType } from '@talent-card/shared/files/schema';
import type { DraftDocument } from './draft';

// The contract's values: its schema.ts cannot be imported here without zod, a test holds them equal.
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
export const MAX_DOCUMENTS = 30;
const TYPES: Readonly<Record<string, FileType>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};
export const ACCEPTED_EXTENSIONS = Object.keys(TYPES);

/** Every document of an application, in the order they are asked for. */
const DOCUMENT_ORDER: Readonly<Record<CardDocumentType, number>> = {
  'provincial-card': 0,
  'programme-notice': 1,
  'employment-contract': 2,
  'degree-certificate': 3,
  'title-certificate': 4,
  achievement: 5,
  other: 6,
};
export const DOCUMENT_TYPES = Object.keys(DOCUMENT_ORDER) as CardDocumentType[];

export const isDocumentType = (name: string): name is CardDocumentType =>
  (DOCUMENT_TYPES as readonly string[]).includes(name);

/** A file on the phone, chosen and not sent yet: by its path in WeChat, as a blob in the browser. */
export interface PickedFile {
  path: string;
  blob?: Blob;
  name: string;
  sizeBytes: number;
}

/** Type by the ending of a name; the service looks into the content. */
export function typeOfName(name: string): FileType | null {
  return TYPES[name.split('.').pop()?.toLowerCase() ?? ''] ?? null;
}

export type FileProblem = Extract<ErrorCode, 'FILE_TOO_LARGE' | 'FILE_TYPE_NOT_ALLOWED'> | 'EMPTY';

/** Why it is not worth sending, or null. */
export function checkFile(file: PickedFile): FileProblem | null {
  if (!typeOfName(file.name)) return 'FILE_TYPE_NOT_ALLOWED';
  if (file.sizeBytes > MAX_FILE_BYTES) return 'FILE_TOO_LARGE';
  return file.sizeBytes === 0 ? 'EMPTY' : null;
}

/** `850 KB`, `1.2 MB`. */
export function sizeInWords(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? `${Math.max(1, Math.round(kilobytes))} KB`
    : `${(kilobytes / 1024).toFixed(1)} MB`;
}

export interface Slot<T extends string = CardDocumentType> {
  documentType: T;
  /** The service's own name for it; null where it did not say and the clients word it. */
  name: DocumentSlot['name'] | null;
  required: boolean;
  /** Handed in on paper: nothing may be uploaded. */
  offline: boolean;
  /** Whether the present path has a use for it; if not, it is shown only to be removed. */
  asked: boolean;
  documents: DraftDocument<T>[];
}

/**
 * What may be handed in. Documents that the draft holds and the service no longer asks for keep their place, so that
 * they can be seen and removed. Without an answer of the service every kind of document is offered.
 */
export function slotsOf(
  asked: readonly Omit<DocumentSlot, 'files'>[] | undefined,
  documents: readonly DraftDocument[],
): Slot[] {
  const known = (asked ?? DOCUMENT_TYPES.map((documentType) => ({ documentType }))).filter((slot) =>
    isDocumentType(slot.documentType),
  ) as (Partial<DocumentSlot> & { documentType: CardDocumentType })[];
  const types = [
    ...known.map((slot) => slot.documentType),
    ...documents
      .map((document) => document.documentType)
      .filter((type, i, all) => all.indexOf(type) === i && !known.some((slot) => slot.documentType === type)),
  ];
  return types.map((documentType) => {
    const slot = known.find((one) => one.documentType === documentType);
    return {
      documentType,
      name: slot?.name ?? null,
      required: slot?.required ?? false,
      offline: slot?.offline ?? false,
      asked: slot !== undefined,
      documents: documents.filter((document) => document.documentType === documentType),
    };
  });
}
