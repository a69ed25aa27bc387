import * as z from 'zod';
import { ZONE_CODES } from '../accounts/districts.js';
import { idSchema, instantSchema, localizedTextSchema, serviceDateSchema } from '../common/schema.js';
import { conditionSchema } from '../eligibility/schema.js';
import { fileSchema } from '../files/schema.js';
import { factSchema, personSummarySchema } from '../people/schema.js';
import { CASE_STATES } from './case-state.js';

/** What happened to a case, as the applicant reads it. */
export const CASE_EVENTS = [
  'submitted',
  'resubmitted',
  'document-added',
  'returned',
  'step-approved',
  'approved',
  'rejected',
  'withdrawn',
  'overdue',
] as const;
export type CaseEventKind = (typeof CASE_EVENTS)[number];

export const caseEventSchema = z.object({
  eventId: idSchema,
  kind: z.enum(CASE_EVENTS),
  at: instantSchema,
  stepName: localizedTextSchema.nullable(),
  by: z.enum(['applicant', 'office', 'system']),
  office: localizedTextSchema.nullable().describe('Which office acted, never which clerk'),
  note: z.string().nullable().describe('Reason for a return or rejection'),
});
export type CaseEvent = z.infer<typeof caseEventSchema>;

export const caseStepSchema = z.object({
  key: z.string(),
  name: localizedTextSchema,
  status: z.enum(['done', 'current', 'ahead', 'skipped']),
  workingDays: z.number().int(),
  dueOn: serviceDateSchema.nullable().describe('Only for the current step'),
  decidedAt: instantSchema.nullable(),
});
export type CaseStep = z.infer<typeof caseStepSchema>;

/** What a returned case asks to have corrected; `field` names a field or document type of the form. */
export const correctionSchema = z.object({
  field: z.string().max(60),
  note: z.string().trim().min(1).max(300),
});

export const caseSummarySchema = z.object({
  caseId: idSchema,
  caseNumber: z.string().describe('For talking about it: S2026-1124-0071'),
  type: z.string(),
  status: z.enum(CASE_STATES),
  submittedAt: instantSchema,
  updatedAt: instantSchema,
  currentStep: localizedTextSchema.nullable(),
  dueOn: serviceDateSchema.nullable(),
  workingDaysLeft: z.number().int().nullable().describe('Negative when overdue'),
  overdue: z.boolean(),
  version: z.number().int(),
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const documentSlotSchema = z.object({
  documentType: z.string(),
  name: localizedTextSchema,
  required: z.boolean(),
  offline: z.boolean().describe('Handed in on paper because it is classified; nothing may be uploaded'),
  receivedAt: instantSchema.nullable().optional().describe('When a window received the paper'),
  files: z.array(fileSchema),
});
export type DocumentSlot = z.infer<typeof documentSlotSchema>;

// ---- for staff

export const decisionSchema = z
  .strictObject({
    version: z
      .number()
      .int()
      .describe('Version that was looked at; another decision since answers STALE_VERSION'),
    decision: z.enum(['approve', 'return', 'reject']),
    note: z.string().trim().max(1000).optional(),
    corrections: z.array(correctionSchema).max(20).optional(),
    extra: z
      .record(z.string().max(40), z.union([z.string().max(200), z.number(), z.boolean()]))
      .optional()
      .describe('What the type of case wants to know with an approval; its feature has the schema'),
  })
  .refine((d) => d.decision === 'approve' || (d.note?.length ?? 0) >= 2, {
    path: ['note'],
    message: 'REQUIRED',
  });
export type Decision = z.infer<typeof decisionSchema>;

/** A window says that it holds the paper of a document slot marked `offline`. */
export const receiveDocumentSchema = z.strictObject({
  version: z.number().int(),
  documentType: z.string().min(1).max(40),
});
export type ReceiveDocument = z.infer<typeof receiveDocumentSchema>;

export const queueQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  status: z.enum([...CASE_STATES, 'overdue', 'mine']).optional(),
  type: z.string().max(40).optional(),
  zoneCode: z.enum(ZONE_CODES).optional(),
  q: z.string().trim().max(100).optional().describe('Case number or name'),
});
export type QueueQuery = z.input<typeof queueQuerySchema>;

export const queueItemSchema = caseSummarySchema.extend({
  applicant: personSummarySchema,
  category: z.string().describe('Within its type: the category of a card, the channel of a request'),
  title: localizedTextSchema.nullable().describe('What it is about, where its feature has a name for it'),
  zoneCode: z.enum(ZONE_CODES),
  mayDecide: z.boolean(),
});
export type QueueItem = z.infer<typeof queueItemSchema>;

export const caseDetailSchema = queueItemSchema.extend({
  form: z.record(z.string(), z.unknown()),
  steps: z.array(caseStepSchema),
  timeline: z.array(caseEventSchema.extend({ actorName: z.string().nullable() })),
  documents: z.array(documentSlotSchema),
  conditions: z.array(conditionSchema),
  facts: z.array(factSchema),
  offlineMaterial: z.boolean(),
  extra: z.record(z.string(), z.unknown()).describe('What its feature shows to those who decide'),
  corrections: z.array(correctionSchema),
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;
