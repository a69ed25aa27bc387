import * as z from 'zod';
import { ZONE_CODES } from '../accounts/districts.js';
import { CARD_KINDS } from '../cards/categories.js';
import { idSchema, localizedTextSchema, serviceDateSchema } from '../common/schema.js';
import { conditionSchema } from '../eligibility/schema.js';
import { venueDaySchema, venueSchema } from '../venues/schema.js';
import { CHANNEL_GROUPS, CHANNEL_USES, QUOTA_WINDOWS } from './channel-groups.js';

/** At most `most` within one window. `use` limits what one use may count (a person with companions). */
export const quotaLimitSchema = z.strictObject({
  window: z.enum(QUOTA_WINDOWS),
  most: z.number().int().min(0).max(100_000),
});
export type QuotaLimit = z.infer<typeof quotaLimitSchema>;

/** Balance of one limit for one person today. */
export const quotaBalanceSchema = quotaLimitSchema.extend({
  used: z.number().int().describe('Uses made offline beyond the limit are counted in `excess`, not here'),
  left: z.number().int(),
  renewsOn: serviceDateSchema
    .nullable()
    .describe('First day of the next window; null for `use` and `lifetime`'),
});
export type QuotaBalance = z.infer<typeof quotaBalanceSchema>;

/** A row of the service hall. */
export const channelSummarySchema = z.object({
  channelId: idSchema,
  number: z.number().int().describe('1 to 30, as the city counts them'),
  group: z.enum(CHANNEL_GROUPS),
  name: localizedTextSchema,
  summary: localizedTextSchema.describe('One line: what is due'),
  provider: localizedTextSchema,
  use: z.enum(CHANNEL_USES),
  companions: z.number().int().describe('Most companions of any class'),
  zoneCodes: z.array(z.enum(ZONE_CODES)),
  search: z.string().describe('Lower case: names, full pinyin and pinyin initials, parted by spaces'),
  demo: z.boolean(),
});
export type ChannelSummary = z.infer<typeof channelSummarySchema>;
export const channelListSchema = z.object({ items: z.array(channelSummarySchema) });

/** The five blocks of a channel page (DOMAIN: content, who, flow, limit, window). */
export const channelBlocksSchema = z.object({
  content: localizedTextSchema,
  who: localizedTextSchema,
  flow: localizedTextSchema,
  limit: localizedTextSchema,
  window: localizedTextSchema,
});

/** Rules of booking a channel; null where nothing is booked. */
export const bookingRulesSchema = z.strictObject({
  opensDaysAhead: z.number().int().min(0).max(90).describe('Slots open so many days ahead'),
  opensAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'FORMAT')
    .describe('Time of the day at which a day opens'),
  leadMinutes: z.number().int().min(0).max(43_200).describe('Booked at the latest so long before it begins'),
  cancelMinutes: z
    .number()
    .int()
    .min(0)
    .max(43_200)
    .describe('Cancelled without points until so long before'),
  rescheduleMinutes: z.number().int().min(0).max(43_200),
  graceMinutes: z.number().int().min(0).max(1_440).describe('Arriving so late still counts'),
  reviewed: z.boolean().describe('A place is held while an office decides'),
  offerMinutes: z
    .number()
    .int()
    .min(5)
    .max(2_880)
    .describe('How long a place is offered to the next in line'),
});
export type BookingRules = z.infer<typeof bookingRulesSchema>;

export const CONSENTED_MATTERS = ['health', 'minor'] as const;

export const channelSchema = channelSummarySchema.extend({
  blocks: channelBlocksSchema,
  venues: z.array(
    venueSchema.extend({ days: z.array(venueDaySchema).describe('Today and the six days after') }),
  ),
  hotline: z.string(),
  officialLink: z.url().nullable(),
  companionRule: localizedTextSchema.nullable(),
  booking: bookingRulesSchema.nullable(),
  offline: z
    .enum(['allowed', 'online-only'])
    .describe('Whether a window may let somebody in without network'),
  sensitive: z
    .enum(CONSENTED_MATTERS)
    .nullable()
    .describe('Needs a consent of its own: health data, or data of somebody under 14'),
  documentNumber: z.string().nullable(),
});
export type Channel = z.infer<typeof channelSchema>;

/** What one channel holds for the caller. */
export const entitlementSchema = z.object({
  channelId: idSchema,
  cardId: idSchema.nullable().describe('The card that gives it'),
  entitled: z.boolean(),
  conditions: z.array(conditionSchema).describe('Each unmet one says what to do'),
  limits: z.array(quotaBalanceSchema).describe('Empty: no limit'),
  left: z
    .number()
    .int()
    .nullable()
    .describe('The tightest limit of a window longer than one use; null: no limit'),
  leftWindow: z.enum(QUOTA_WINDOWS).nullable(),
  excess: z.number().int(),
  companions: z.number().int(),
  discountPercent: z.number().int().nullable().describe('20: one pays 80 %'),
  capCents: z.number().int().nullable(),
  fundedElsewhere: localizedTextSchema
    .nullable()
    .describe('The other channel that paid for the same already'),
});
export type Entitlement = z.infer<typeof entitlementSchema>;
export const entitlementListSchema = z.object({ items: z.array(entitlementSchema) });

// ---- for staff

/**
 * One cell of the class × quota matrix: what holders of a kind and class get, during which days. Cells of one kind
 * and class never overlap in time. `cardClass` null stands for every class without a cell of its own.
 */
export const channelTermsSchema = z.strictObject({
  cardKind: z.enum(CARD_KINDS),
  cardClass: z.string().max(10).nullable(),
  effectiveFrom: serviceDateSchema,
  effectiveTo: serviceDateSchema.nullable(),
  limits: z.array(quotaLimitSchema).max(6),
  companions: z.number().int().min(0).max(9),
  discountPercent: z.number().int().min(1).max(100).nullable(),
  capCents: z.number().int().min(1).nullable(),
});
export type ChannelTerms = z.infer<typeof channelTermsSchema>;
export const writeTermsSchema = z.strictObject({
  version: z.number().int(),
  terms: z.array(channelTermsSchema).max(60),
});
export type WriteTerms = z.infer<typeof writeTermsSchema>;

/** Who may, beyond a valid card: parameters of rules that the eligibility kernel knows. */
export const channelAudienceSchema = z.strictObject({
  provincialCard: z.boolean().describe('Holders of the 山东惠才卡 only'),
  foreignersOnly: z.boolean(),
});

const text = (zh: number, en: number) =>
  z.strictObject({ zh: z.string().trim().min(1).max(zh), en: z.string().trim().min(1).max(en) });
export const writeChannelSchema = z.strictObject({
  version: z.number().int().optional(),
  number: z.number().int().min(1).max(999),
  group: z.enum(CHANNEL_GROUPS),
  use: z.enum(CHANNEL_USES),
  name: text(30, 60),
  summary: text(60, 120),
  provider: text(60, 120),
  blocks: z.strictObject({
    content: text(2000, 4000),
    who: text(2000, 4000),
    flow: text(2000, 4000),
    limit: text(2000, 4000),
    window: text(2000, 4000),
  }),
  venueIds: z.array(idSchema).max(50),
  hotline: z.string().trim().max(30),
  officialLink: z
    .url({ protocol: /^https$/ })
    .max(300)
    .nullable(),
  companionRule: text(200, 400).nullable(),
  booking: bookingRulesSchema.nullable(),
  offline: z.enum(['allowed', 'online-only']),
  sensitive: z.enum(CONSENTED_MATTERS).nullable(),
  audience: channelAudienceSchema,
  fundingGroup: z
    .string()
    .trim()
    .max(40)
    .nullable()
    .describe('Channels of one group pay for the same: within a year only one of them does'),
  perVenue: z.boolean().describe('The quota counts for each venue by itself'),
  documentNumber: z.string().trim().max(60).nullable(),
  status: z.enum(['draft', 'published', 'withdrawn']),
});
export type WriteChannel = z.infer<typeof writeChannelSchema>;

export const adminChannelSchema = writeChannelSchema.extend({
  channelId: idSchema,
  version: z.number().int(),
  demo: z.boolean(),
  terms: z.array(channelTermsSchema),
  mayEdit: z.boolean(),
});
export type AdminChannel = z.infer<typeof adminChannelSchema>;
export const adminChannelListSchema = z.object({ items: z.array(adminChannelSchema) });
