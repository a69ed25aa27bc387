import * as z from 'zod';
import { ZONE_CODES } from '../accounts/districts.js';
import { keySetSchema, signatureSchema, statusListSchema } from '../card-code/schema.js';
import { CARD_KINDS } from '../cards/categories.js';
import { QUOTA_WINDOWS } from '../channels/channel-groups.js';
import {
  cursorQuerySchema,
  idSchema,
  instantSchema,
  localizedTextSchema,
  reasonSchema,
  serviceDateSchema,
} from '../common/schema.js';
import { conditionSchema } from '../eligibility/schema.js';
import { personSummarySchema } from '../people/schema.js';
import { venueSchema } from '../venues/schema.js';
import { USE_STATES } from './use-state.js';
import { VERDICTS } from './verdicts.js';

/** Longest content of a QR code that is looked at at all. */
export const codeTextSchema = z.string().min(1).max(2000);

/** One channel that the holder may use at this window now, or why not. */
export const dueSchema = z.object({
  channelId: idSchema,
  name: localizedTextSchema,
  verdict: z.enum(VERDICTS),
  conditions: z.array(conditionSchema).describe('Unmet ones only'),
  left: z.number().int().nullable().describe('Null: no limit'),
  leftWindow: z.enum(QUOTA_WINDOWS).nullable(),
  renewsOn: serviceDateSchema.nullable(),
  companions: z.number().int(),
  discountPercent: z.number().int().nullable(),
  booking: z
    .object({
      bookingId: idSchema,
      number: z.string(),
      startsAt: instantSchema,
      endsAt: instantSchema,
      companions: z.number().int(),
      arrivedAt: instantSchema
        .nullable()
        .describe('Set where it is checked in already: the verdict is `already-arrived`'),
    })
    .nullable()
    .describe('The booking of today that this use would check in, or that was checked in before'),
  bookingRequired: z.boolean(),
});
export type Due = z.infer<typeof dueSchema>;

export const lookSchema = z.strictObject({ venueId: idSchema, code: codeTextSchema });
/** What a window sees after a scan. Nothing is used yet. */
export const lookedSchema = z.object({
  verdict: z.enum(VERDICTS),
  holder: z
    .object({
      maskedName: z.string(),
      cardKind: z.enum(CARD_KINDS),
      cardClass: z.string().nullable(),
      cardNumberTail: z.string().describe('Last four digits, to compare with the card'),
      zoneCode: z.enum(ZONE_CODES),
      validUntil: serviceDateSchema,
    })
    .nullable(),
  lookId: idSchema.nullable().describe('Stands for this code for two minutes; each code is taken once'),
  dues: z.array(dueSchema),
});
export type Looked = z.infer<typeof lookedSchema>;

export const recordUseSchema = z.strictObject({
  lookId: idSchema,
  venueId: idSchema,
  channelId: idSchema,
  companions: z.number().int().min(0).max(9).default(0),
});
export type RecordUse = z.input<typeof recordUseSchema>;

export const useSchema = z.object({
  useId: idSchema,
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  venue: z.object({ venueId: idSchema, name: localizedTextSchema }),
  at: instantSchema,
  companions: z.number().int(),
  status: z.enum(USE_STATES),
  offline: z.boolean(),
  bookingId: idSchema.nullable(),
  left: z.number().int().nullable().describe('What was left after it; null: no limit, or recorded offline'),
  rating: z.object({ ratingId: idSchema, grade: z.number().int() }).nullable(),
  mayRate: z.boolean(),
  mayDispute: z.boolean(),
  dispute: z
    .object({ reason: z.string(), answer: z.string().nullable(), openedAt: instantSchema })
    .nullable(),
  refundReason: z.string().nullable(),
  version: z.number().int(),
});
export type Use = z.infer<typeof useSchema>;
export const useQuerySchema = cursorQuerySchema.extend({ channelId: idSchema.optional() });
export type UseQuery = z.input<typeof useQuerySchema>;
export const disputeSchema = reasonSchema;

// ---- without network

/** Everything a clerk's device needs to decide alone. Fetched at sign-in and whenever there is network. */
export const windowKitSchema = z.object({
  serverTime: instantSchema,
  usableUntil: instantSchema.describe(
    'Twelve hours from now; later the device wants to see the network first',
  ),
  keys: keySetSchema,
  statusList: statusListSchema,
  venues: z.array(venueSchema.pick({ venueId: true, name: true })),
  channels: z.array(
    z.object({
      channelId: idSchema,
      name: localizedTextSchema,
      venueIds: z.array(idSchema),
      offline: z.enum(['allowed', 'online-only']),
      bookingRequired: z.boolean(),
      terms: z.array(
        z.object({
          cardKind: z.enum(CARD_KINDS),
          cardClass: z.string().nullable(),
          companions: z.number().int(),
        }),
      ),
    }),
  ),
});
export type WindowKit = z.infer<typeof windowKitSchema>;

/** A use that a device let in without network. `signature` is by the device's key, see docs/card-code.md. */
export const offlineUseSchema = z.strictObject({
  clientUseId: idSchema.describe('Made by the device; the same one twice is one use'),
  venueId: idSchema,
  channelId: idSchema,
  companions: z.number().int().min(0).max(9),
  code: codeTextSchema,
  at: instantSchema.describe('By the device, corrected by its offset'),
  signature: signatureSchema,
});
export type OfflineUse = z.infer<typeof offlineUseSchema>;
export const syncSchema = z.strictObject({
  deviceId: idSchema,
  uses: z.array(offlineUseSchema).min(1).max(100),
});
export const SYNC_OUTCOMES = ['counted', 'to-settle', 'refused'] as const;
export const syncedSchema = z.object({
  items: z.array(
    z.object({
      clientUseId: idSchema,
      outcome: z.enum(SYNC_OUTCOMES),
      verdict: z.enum(VERDICTS).describe('Why it is to be settled or was refused; `ok-offline` otherwise'),
      useId: idSchema.nullable(),
    }),
  ),
});
export type Synced = z.infer<typeof syncedSchema>;

// ---- for staff

export const SETTLE_REASONS = [
  'excess',
  'replayed',
  'not-entitled',
  'card-not-valid',
  'device-revoked',
  'no-booking',
  'already-arrived',
  'clerk-revoked',
  'late',
] as const;
export const adminUseSchema = useSchema.extend({
  holder: personSummarySchema,
  cardClass: z.string().nullable(),
  recordedBy: z.string().describe('Display name of the clerk'),
  clerkRevokedAt: instantSchema
    .nullable()
    .describe("When the clerk's phone that recorded it was revoked; null: it works, or it was a desk"),
  settleReason: z.enum(SETTLE_REASONS).nullable(),
  settledNote: z.string().nullable(),
});
export type AdminUse = z.infer<typeof adminUseSchema>;
export const adminUseQuerySchema = cursorQuerySchema.extend({
  status: z.enum(USE_STATES).optional(),
  venueId: idSchema.optional(),
  channelId: idSchema.optional(),
  from: serviceDateSchema.optional(),
  to: serviceDateSchema.optional(),
  offline: z.enum(['true', 'false']).optional(),
});
export type AdminUseQuery = z.input<typeof adminUseQuerySchema>;
/** `count` lets an offline use stand (as excess where the quota is gone); `refuse` strikes it. */
export const settleSchema = z.strictObject({
  version: z.number().int(),
  decision: z.enum(['count', 'refuse']),
  note: z.string().trim().min(2).max(500),
});
/** `refund` gives the use back; `keep` ends a dispute in favour of the venue. */
export const answerDisputeSchema = z.strictObject({
  version: z.number().int(),
  decision: z.enum(['refund', 'keep']),
  answer: z.string().trim().min(2).max(500),
});
