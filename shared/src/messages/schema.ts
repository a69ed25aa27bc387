import * as z from 'zod';
import { idSchema, instantSchema } from '../common/schema.js';

/** Kinds of in-app message; the words live in the clients, keyed by the kind. */
export const MESSAGE_KINDS = [
  'card-issued',
  'card-suspended',
  'card-restored',
  'card-revoked',
  'application-submitted',
  'application-returned',
  'application-approved',
  'application-rejected',
  'security-session-revoked',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const messageSchema = z.object({
  messageId: idSchema,
  kind: z.enum(MESSAGE_KINDS),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  link: z.object({ type: z.enum(['card', 'application']), id: idSchema }).nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;
export const unreadSchema = z.object({ unread: z.number().int() });
