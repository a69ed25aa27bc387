import * as z from 'zod';
import { cursorQuerySchema, idSchema, instantSchema } from '../common/schema.js';

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
  'code-device-enrolled',
  'booking-booked',
  'booking-held',
  'booking-cancelled',
  'booking-rescheduled',
  'booking-reminder',
  'booking-lapsed',
  'booking-no-show',
  'appeal-answered',
  'waiting-offered',
  'waiting-lapsed',
  'waiting-passed-over',
  'vacancy',
  'use-recorded',
  'use-refunded',
  'use-refused',
  'dispute-answered',
  'rating-answered',
  'request-submitted',
  'request-returned',
  'request-approved',
  'request-rejected',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What a message leads to when it is tapped. */
export const MESSAGE_LINKS = [
  'card',
  'application',
  'booking',
  'waiting',
  'use',
  'rating',
  'request',
  'channel',
  'slot',
  'code-devices',
] as const;
export type MessageLink = (typeof MESSAGE_LINKS)[number];

/**
 * What a message may carry to fill its words; each only where it is known, so that the words do without.
 * `channelZh`, `channelEn`, `venueZh`, `venueEn`: names. `startsAt`, `endsAt`, `at`, `offeredUntil`: moments, ISO in
 * UTC. `number`: of the booking, eight digits. `companions`. `by`: who cancelled (`holder`, `venue`, `system`).
 * `why`: the place in line was passed over or ended, see WAITING_REASONS.
 * `channelId`, `venueId`, `day`: where a slot is found, with a link to one.
 */
export const MESSAGE_PARAMS = [
  'channelZh',
  'channelEn',
  'venueZh',
  'venueEn',
  'startsAt',
  'endsAt',
  'at',
  'offeredUntil',
  'number',
  'companions',
  'by',
  'why',
  'channelId',
  'venueId',
  'day',
] as const;
export type MessageParam = (typeof MESSAGE_PARAMS)[number];

export const messageSchema = z.object({
  messageId: idSchema,
  kind: z.enum(MESSAGE_KINDS),
  params: z.record(z.string(), z.union([z.string(), z.number()])).describe('See MESSAGE_PARAMS'),
  link: z.object({ type: z.enum(MESSAGE_LINKS), id: idSchema }).nullable(),
  createdAt: instantSchema,
  readAt: instantSchema.nullable(),
});
export type Message = z.infer<typeof messageSchema>;
export const unreadSchema = z.object({ unread: z.number().int() });

// ---- WeChat subscription messages

/** Templates that the operator may have registered; each kind of message belongs to at most one. */
export const SUBSCRIPTION_TOPICS = ['booking', 'waiting', 'card', 'request'] as const;
export type SubscriptionTopic = (typeof SUBSCRIPTION_TOPICS)[number];

/** What `wx.requestSubscribeMessage` may answer for a template. */
export const SUBSCRIPTION_ANSWERS = ['accept', 'reject', 'ban', 'filter'] as const;

export const subscriptionSchema = z.object({
  topic: z.enum(SUBSCRIPTION_TOPICS),
  templateId: z.string(),
  kind: z.enum(['one-time', 'long-term']),
  granted: z.number().int().describe('One-time permissions left; 1 while a long-term one stands'),
  blocked: z.boolean().describe('The person said "never" or WeChat banned the template'),
});
export const subscriptionListSchema = z.object({ items: z.array(subscriptionSchema) });
export type Subscription = z.infer<typeof subscriptionSchema>;
export const recordSubscriptionsSchema = z.strictObject({
  answers: z
    .array(z.strictObject({ templateId: z.string().min(1).max(64), answer: z.enum(SUBSCRIPTION_ANSWERS) }))
    .min(1)
    .max(3)
    .describe('WeChat asks for at most three templates at a time'),
});

// ---- for staff

export const DELIVERY_CHANNELS = ['in-app', 'wechat', 'sms'] as const;
export const DELIVERY_STATES = ['pending', 'sent', 'failed', 'unknown', 'skipped'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
/** What an operator made of a failed or unknown delivery. */
const deliveryDecisionSchema = z.object({
  decision: z.enum(['resend', 'drop']),
  note: z.string().nullable().describe('Null once the person had their data erased'),
  by: z.string().describe('Name of the member of staff, as it was then'),
  at: instantSchema,
  state: z.enum(['failed', 'unknown']).describe('As it stood before'),
  errorCode: z.string().nullable(),
});
/** One message on one way out. `unknown`: the process died in between; it is never sent again by itself. */
export const deliverySchema = z.object({
  deliveryId: idSchema,
  channel: z.enum(DELIVERY_CHANNELS),
  kind: z.enum(MESSAGE_KINDS),
  personId: idSchema.nullable(),
  maskedName: z.string().nullable(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.number().int(),
  errorCode: z.string().nullable().describe('Of WeChat or the SMS service, as they document it'),
  reason: z.string().nullable().describe('Why it was skipped, or which field was refused'),
  decisions: z.array(deliveryDecisionSchema).describe('What operators decided, the first one first'),
  preview: z
    .array(z.object({ field: z.string(), value: z.string() }))
    .nullable()
    .describe('In the sandbox, what the message says, field by field; null with the real WeChat'),
  createdAt: instantSchema,
  finishedAt: instantSchema.nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;
export const deliveryQuerySchema = cursorQuerySchema.extend({
  channel: z.enum(DELIVERY_CHANNELS).optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  kind: z.enum(MESSAGE_KINDS).optional(),
});
export type DeliveryQuery = z.input<typeof deliveryQuerySchema>;
/** `resend` tries again by an operator's own decision; `drop` lets it be: it is `skipped` then, with the note. */
export const settleDeliverySchema = z.strictObject({
  decision: z.enum(['resend', 'drop']),
  note: z.string().trim().min(2).max(300),
});
