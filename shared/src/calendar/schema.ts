import * as z from 'zod';
import { instantSchema, serviceDateSchema } from '../common/schema.js';

/** `make-up-workday` is a weekend day worked for a holiday (调休). */
export const DAY_KINDS = ['workday', 'weekend', 'holiday', 'make-up-workday'] as const;
export const calendarDaySchema = z.object({
  date: serviceDateSchema,
  kind: z.enum(DAY_KINDS),
  working: z.boolean(),
  name: z.string().nullable().describe('国庆节, …'),
  overridden: z.boolean().describe('Set by the operator instead of the published table'),
  overriddenAt: instantSchema.nullable(),
});
export type CalendarDay = z.infer<typeof calendarDaySchema>;
export const calendarYearSchema = z.object({
  year: z.number().int(),
  published: z
    .boolean()
    .describe('Whether the year is in the published holiday table; otherwise weekends only'),
  days: z.array(calendarDaySchema),
});
export type CalendarYear = z.infer<typeof calendarYearSchema>;
export const overrideDaySchema = z.strictObject({
  kind: z.enum(['holiday', 'workday', 'make-up-workday']).nullable().describe('Null takes the override back'),
  name: z.string().trim().max(50).optional(),
});
