import type { FieldProblemCode } from '@talent-card/shared/common/error-codes';
import type { RequestDocumentType, ServiceRequest } from '@talent-card/shared/requests/schema';
import { checkMobile } from '@talent-card/shared/validators/mobile';
import type { DraftDocument } from '../apply/draft';

export type RequestDocument = DraftDocument<RequestDocumentType>;

/** A request as it is typed. */
export interface RequestDraft {
  subject: string;
  details: string;
  mobile: string;
  documents: RequestDocument[];
}
export const EMPTY_REQUEST: RequestDraft = { subject: '', details: '', mobile: '', documents: [] };
export const DOCUMENT_TYPES: readonly RequestDocumentType[] = ['proof', 'other'];
export const MOST_DOCUMENTS = 20;
export const MOST = { subject: 60, details: 2000 } as const;
const LEAST = 2;

const isDocumentType = (type: string): type is RequestDocumentType =>
  (DOCUMENT_TYPES as readonly string[]).includes(type);

/** A returned request as the form to correct it in. */
export function draftOfRequest({ form, documents }: ServiceRequest): RequestDraft {
  return {
    subject: form.subject,
    details: form.details,
    mobile: form.mobile ?? '',
    documents: documents.flatMap(({ documentType, files }) =>
      isDocumentType(documentType) ? files.map((file) => ({ documentType, file, attached: true })) : [],
    ),
  };
}

export type RequestField = 'subject' | 'details' | 'mobile';

/** What is wrong with a draft, by field; nothing where it can be handed in. */
export function problemsOf(draft: RequestDraft): Partial<Record<RequestField, FieldProblemCode>> {
  const problems: Partial<Record<RequestField, FieldProblemCode>> = {};
  for (const field of ['subject', 'details'] as const) {
    const length = draft[field].trim().length;
    if (length === 0) problems[field] = 'REQUIRED';
    else if (length < LEAST) problems[field] = 'TOO_SHORT';
  }
  const mobile = checkMobile(draft.mobile);
  if (!mobile.ok) problems.mobile = mobile.problem;
  return problems;
}

/** As the contract wants it; call it only without problems. */
export function toSend({ subject, details, mobile, documents }: RequestDraft) {
  const checked = checkMobile(mobile);
  return {
    form: {
      subject: subject.trim(),
      details: details.trim(),
      mobile: checked.ok ? checked.value : mobile.trim(),
    },
    documents: documents.map(({ documentType, file }) => ({ documentType, fileId: file.fileId })),
  };
}
