import * as z from 'zod';
import { ZONE_CODES } from '../accounts/districts.js';
import { clockTimeSchema, idSchema, localizedTextSchema, serviceDateSchema } from '../common/schema.js';

/** One stretch of opening, Monday 1 to Sunday 7. Several of a day do not overlap. */
export const openingHoursSchema = z.strictObject({
  weekday: z.number().int().min(1).max(7),
  from: clockTimeSchema,
  to: clockTimeSchema,
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;

/** A place where the card is used: a terminal, a hospital, a gate. */
export const venueSchema = z.object({
  venueId: idSchema,
  name: localizedTextSchema,
  zoneCode: z.enum(ZONE_CODES),
  address: localizedTextSchema,
  latitude: z.number().nullable().describe('GCJ-02, as WeChat and the maps of the mainland want it'),
  longitude: z.number().nullable(),
  phone: z.string(),
  openingHours: z.array(openingHoursSchema),
  closedOnHolidays: z.boolean().describe('Closed on public holidays of the working-day calendar'),
  notice: localizedTextSchema.nullable().describe('What visitors must know now'),
  demo: z.boolean(),
});
export type Venue = z.infer<typeof venueSchema>;

/** How a venue is open on one day, exceptions and holidays counted in. */
export const venueDaySchema = z.object({
  date: serviceDateSchema,
  open: z.array(z.object({ from: clockTimeSchema, to: clockTimeSchema })).describe('Empty: closed'),
  closedBecause: z.enum(['weekly', 'holiday', 'exception']).nullable(),
  note: localizedTextSchema.nullable(),
});
export type VenueDay = z.infer<typeof venueDaySchema>;

// ---- for staff

export const adminVenueSchema = venueSchema.extend({
  status: z.enum(['open', 'closed']),
  version: z.number().int(),
  staffCount: z.number().int(),
});
export type AdminVenue = z.infer<typeof adminVenueSchema>;
export const adminVenueListSchema = z.object({ items: z.array(adminVenueSchema) });

export const writeVenueSchema = z.strictObject({
  version: z.number().int().optional().describe('Of the venue that was looked at; absent for a new one'),
  name: z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(120) }),
  zoneCode: z.enum(ZONE_CODES),
  address: z.strictObject({ zh: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(200) }),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  phone: z.string().trim().min(1).max(30),
  openingHours: z.array(openingHoursSchema).max(21),
  closedOnHolidays: z.boolean(),
  notice: z.strictObject({ zh: z.string().trim().max(300), en: z.string().trim().max(600) }).nullable(),
  status: z.enum(['open', 'closed']),
});
export type WriteVenue = z.infer<typeof writeVenueSchema>;

/**
 * Bookings that a change has no room for any more: they stay, their slots with them, until the office says otherwise.
 */
export const keptBookingsSchema = z.object({ slots: z.number().int(), bookings: z.number().int() });
export type KeptBookings = z.infer<typeof keptBookingsSchema>;
/** Cancels what would stay. The number is the one that the office was told; another one answers STALE_VERSION. */
export const cancelKeptSchema = z.strictObject({
  bookings: z.number().int().min(1),
  reason: z.string().trim().min(2).max(300).describe('Each holder reads it'),
});

/** Weekly template: on this weekday, slots of this length with these places, from and to these days. */
export const scheduleSchema = z.object({
  scheduleId: idSchema,
  venueId: idSchema,
  channelId: idSchema,
  weekday: z.number().int().min(1).max(7),
  from: clockTimeSchema,
  to: clockTimeSchema,
  slotMinutes: z.number().int(),
  capacity: z.number().int(),
  classCapacities: z
    .record(z.string(), z.number().int())
    .describe('Of these places at most so many for holders of a class; empty: no limit by class'),
  effectiveFrom: serviceDateSchema,
  effectiveTo: serviceDateSchema.nullable(),
  version: z.number().int(),
  kept: keptBookingsSchema.optional().describe('In the answer to a change'),
  overfull: z
    .number()
    .int()
    .optional()
    .describe(
      'In the answer to a change: slots ahead in which more places are taken, of a class or of all, than it has. What is taken stays, nobody more gets in, and they shrink as places are given back',
    ),
});
export type Schedule = z.infer<typeof scheduleSchema>;
export const writeScheduleSchema = z
  .strictObject({
    version: z.number().int().optional(),
    channelId: idSchema,
    weekday: z.number().int().min(1).max(7),
    from: clockTimeSchema,
    to: clockTimeSchema,
    slotMinutes: z.number().int().min(5).max(720),
    capacity: z.number().int().min(1).max(10_000),
    classCapacities: z.record(z.string().max(10), z.number().int().min(0).max(10_000)).default({}),
    effectiveFrom: serviceDateSchema,
    effectiveTo: serviceDateSchema.nullable(),
    cancel: cancelKeptSchema.optional(),
  })
  .refine((s) => s.from < s.to, { path: ['to'], message: 'DATE_ORDER' })
  .refine((s) => s.effectiveTo === null || s.effectiveFrom <= s.effectiveTo, {
    path: ['effectiveTo'],
    message: 'DATE_ORDER',
  });
export type WriteSchedule = z.input<typeof writeScheduleSchema>;

/** One day that differs: closed, or open at other hours. It holds for opening and for slots alike. */
export const scheduleExceptionSchema = z.object({
  exceptionId: idSchema,
  venueId: idSchema,
  date: serviceDateSchema,
  open: z.array(z.strictObject({ from: clockTimeSchema, to: clockTimeSchema })).describe('Empty: closed'),
  note: localizedTextSchema,
  kept: keptBookingsSchema.optional().describe('In the answer to a change'),
});
export type ScheduleException = z.infer<typeof scheduleExceptionSchema>;
export const writeExceptionSchema = z.strictObject({
  date: serviceDateSchema,
  open: z.array(z.strictObject({ from: clockTimeSchema, to: clockTimeSchema })).max(5),
  note: z.strictObject({ zh: z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(200) }),
  cancel: cancelKeptSchema.optional(),
});
export type WriteException = z.infer<typeof writeExceptionSchema>;
