import * as z from 'zod';
import {
  cursorQuerySchema,
  idSchema,
  instantSchema,
  localizedTextSchema,
  reasonSchema,
  serviceDateSchema,
} from '../common/schema.js';
import { CALL_BACK_STATES } from './call-back-state.js';

export { CALL_BACK_STATES, type CallBackState } from './call-back-state.js';

/** 好差评: 5 very satisfied, 4 satisfied, 3 basically satisfied, 2 dissatisfied, 1 very dissatisfied. */
export const GRADES = [5, 4, 3, 2, 1] as const;
/** These ask for a call back. */
export const BAD_GRADES = [2, 1] as const;
export const RATING_TAGS = [
  'quick',
  'friendly',
  'clear',
  'clean',
  'waited-long',
  'rude',
  'turned-away',
  'unclear',
  'not-as-promised',
] as const;
export type RatingTag = (typeof RATING_TAGS)[number];

export const rateSchema = z.strictObject({
  grade: z.number().int().min(1).max(5),
  tags: z.array(z.enum(RATING_TAGS)).max(5).default([]),
  comment: z.string().trim().max(500).optional(),
});
export type Rate = z.input<typeof rateSchema>;

export const ratingSchema = z.object({
  ratingId: idSchema,
  useId: idSchema,
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  venue: z.object({ venueId: idSchema, name: localizedTextSchema }),
  grade: z.number().int(),
  tags: z.array(z.enum(RATING_TAGS)),
  comment: z.string().nullable(),
  at: instantSchema,
  callBack: z
    .object({
      status: z.enum(CALL_BACK_STATES),
      dueOn: serviceDateSchema,
      answer: z.string().nullable(),
      answeredAt: instantSchema.nullable(),
      appeal: z.string().nullable(),
      appealAnswer: z.string().nullable(),
      mayAppeal: z.boolean(),
    })
    .nullable()
    .describe('Only after a bad grade; due within 15 working days'),
});
export type Rating = z.infer<typeof ratingSchema>;
export const appealRatingSchema = reasonSchema;

export const adminRatingSchema = ratingSchema.extend({
  /** Whoever calls back needs a name and a number; both are read as entries of the audit log. */
  holder: z.object({
    personId: idSchema.nullable(),
    maskedName: z.string(),
    maskedPhone: z.string().nullable(),
  }),
  overdue: z.boolean(),
  version: z.number().int(),
});
export type AdminRating = z.infer<typeof adminRatingSchema>;
export const ratingQuerySchema = cursorQuerySchema.extend({
  grade: z.coerce.number().int().min(1).max(5).optional(),
  callBack: z.enum([...CALL_BACK_STATES, 'overdue']).optional(),
  venueId: idSchema.optional(),
  channelId: idSchema.optional(),
});
export type RatingQuery = z.input<typeof ratingQuerySchema>;
export const answerCallBackSchema = z.strictObject({
  version: z.number().int(),
  answer: z.string().trim().min(2).max(1000).describe('What was found and mended; the holder reads it'),
});
