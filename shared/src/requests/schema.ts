import * as z from 'zod';
import {
  caseEventSchema,
  caseStepSchema,
  caseSummarySchema,
  correctionSchema,
  documentSlotSchema,
} from '../casework/schema.js';
import { idSchema, localizedTextSchema } from '../common/schema.js';

/** Case types of the casework kernel: asking a service officer, filing a case of a channel, a reviewed booking. */
export const REQUEST_TYPES = ['officer-request', 'channel-case', 'booking-review'] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

export const requestFormSchema = z.strictObject({
  subject: z.string().trim().min(2).max(60),
  details: z.string().trim().min(2).max(2000),
  mobile: z.string().trim().min(1).max(20),
});
export type RequestForm = z.infer<typeof requestFormSchema>;
/** Documents that a request may carry: what proves it, and anything else. None is demanded beforehand. */
export const REQUEST_DOCUMENT_TYPES = ['proof', 'other'] as const;
export type RequestDocumentType = (typeof REQUEST_DOCUMENT_TYPES)[number];

export const requestDocumentSchema = z.strictObject({
  documentType: z.enum(REQUEST_DOCUMENT_TYPES),
  fileId: idSchema,
});
export const submitRequestSchema = z.strictObject({
  channelId: idSchema,
  form: requestFormSchema,
  documents: z.array(requestDocumentSchema).max(20).default([]),
});
export type SubmitRequest = z.input<typeof submitRequestSchema>;
export const resubmitRequestSchema = z.strictObject({
  version: z.number().int(),
  form: requestFormSchema,
  documents: z.array(requestDocumentSchema).max(20).default([]),
});

/** A request of one's own to an office, with due dates and what was answered. */
export const serviceRequestSchema = caseSummarySchema.extend({
  type: z.enum(REQUEST_TYPES),
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  bookingId: idSchema.nullable(),
  form: z.object({
    subject: z.string(),
    details: z.string(),
    mobile: z.string().nullable().describe('Null where a booking is reviewed: nobody was asked for it'),
  }),
  documents: z.array(documentSlotSchema),
  steps: z.array(caseStepSchema),
  timeline: z.array(caseEventSchema),
  corrections: z.array(correctionSchema),
  answer: z.string().nullable().describe('What the office answered'),
});
export type ServiceRequest = z.infer<typeof serviceRequestSchema>;
export const serviceRequestRowSchema = caseSummarySchema.extend({
  type: z.enum(REQUEST_TYPES),
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  subject: z.string(),
});
export type ServiceRequestRow = z.infer<typeof serviceRequestRowSchema>;
