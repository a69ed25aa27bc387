import * as z from 'zod';
import { cursorQuerySchema, idSchema, instantSchema } from '../common/schema.js';

export const auditEntrySchema = z.object({
  entryId: idSchema,
  at: instantSchema,
  actorType: z.enum(['citizen', 'staff', 'system', 'anonymous']),
  actorId: z.string().nullable(),
  actorName: z.string().nullable().describe('Of staff only'),
  action: z.string().describe('cards.issued, people.reveal-identity, …'),
  objectType: z.string(),
  objectId: z.string().nullable(),
  fields: z.array(z.string()).describe('Names of the fields touched, never their values'),
  requestId: z.string().nullable(),
  sealed: z.boolean(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditQuerySchema = cursorQuerySchema.extend({
  action: z.string().max(60).optional(),
  actorId: z.string().max(40).optional(),
  objectId: z.string().max(40).optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export type AuditQuery = z.input<typeof auditQuerySchema>;
export const auditStatusSchema = z.object({
  sealedThrough: instantSchema.nullable(),
  unsealed: z.number().int(),
  lastVerification: z
    .object({ at: instantSchema, ok: z.boolean(), entries: z.number().int(), problems: z.number().int() })
    .nullable(),
});
export type AuditStatus = z.infer<typeof auditStatusSchema>;
