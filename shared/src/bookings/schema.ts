import * as z from 'zod';
import {
  cursorQuerySchema,
  idSchema,
  instantSchema,
  localizedTextSchema,
  reasonSchema,
  serviceDateSchema,
} from '../common/schema.js';
import { personSummarySchema } from '../people/schema.js';
import { BOOKING_STATES, WAITING_REASONS, WAITING_STATES } from './booking-state.js';

/** Why a slot cannot be booked, or that it can. */
export const SLOT_STATES = ['open', 'full', 'not-yet-open', 'closed', 'past'] as const;
export type SlotState = (typeof SLOT_STATES)[number];

/** A bookable time at a venue. Counts are exact at the moment of the answer. */
export const slotSchema = z.object({
  slotId: idSchema,
  channelId: idSchema,
  venueId: idSchema,
  serviceDate: serviceDateSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  capacity: z.number().int(),
  left: z.number().int().describe('Places left for anybody'),
  classLeft: z
    .record(z.string(), z.number().int())
    .describe('Places left for a class that has a limit of its own'),
  waiting: z.number().int().describe('How many stand in line'),
  state: z.enum(SLOT_STATES),
  opensAt: instantSchema,
  bookableUntil: instantSchema,
});
export type Slot = z.infer<typeof slotSchema>;
export const slotDaySchema = z.object({
  date: serviceDateSchema,
  closedBecause: z.enum(['weekly', 'holiday', 'exception']).nullable(),
  note: localizedTextSchema.nullable(),
  slots: z.array(slotSchema),
});
export const slotWeekSchema = z.object({ days: z.array(slotDaySchema) });
export type SlotWeek = z.infer<typeof slotWeekSchema>;
export const slotQuerySchema = z.object({
  venueId: idSchema,
  from: serviceDateSchema.optional().describe('Today by default'),
  days: z.coerce.number().int().min(1).max(14).default(7),
});
export type SlotQuery = z.input<typeof slotQuerySchema>;

export const bookSchema = z.strictObject({
  slotId: idSchema,
  companions: z.number().int().min(0).max(9).default(0).describe('Each takes a place of their own'),
  note: z.string().trim().max(200).optional().describe('For the office, where a booking is reviewed'),
});
export type Book = z.input<typeof bookSchema>;
export const rescheduleSchema = z.strictObject({ slotId: idSchema });

export const bookingSchema = z.object({
  bookingId: idSchema,
  number: z.string().describe('8 digits, told at the venue when the code does not scan'),
  status: z.enum(BOOKING_STATES),
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  venue: z.object({
    venueId: idSchema,
    name: localizedTextSchema,
    address: localizedTextSchema,
    phone: z.string(),
  }),
  slotId: idSchema,
  serviceDate: serviceDateSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  companions: z.number().int(),
  cancelUntil: instantSchema,
  rescheduleUntil: instantSchema,
  mayCancel: z.boolean(),
  mayReschedule: z.boolean(),
  cancelledBy: z.enum(['holder', 'venue', 'system']).nullable(),
  reason: z.string().nullable().describe('Why the venue cancelled, or what the office decided'),
  caseId: idSchema.nullable().describe('The review that a held booking waits for'),
  appeal: z
    .object({
      status: z.enum(['open', 'granted', 'refused']),
      reason: z.string(),
      answer: z.string().nullable(),
    })
    .nullable()
    .describe('Against being counted as not having come'),
  createdAt: instantSchema,
  version: z.number().int(),
});
export type Booking = z.infer<typeof bookingSchema>;
export const bookingQuerySchema = cursorQuerySchema.extend({
  when: z.enum(['upcoming', 'past']).default('upcoming'),
});
export type BookingQuery = z.input<typeof bookingQuerySchema>;

export const waitingSchema = z.object({
  waitingId: idSchema,
  status: z.enum(WAITING_STATES),
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  venue: z.object({ venueId: idSchema, name: localizedTextSchema }),
  slotId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  companions: z.number().int(),
  ahead: z.number().int().describe('How many stand before the caller'),
  kept: z
    .number()
    .int()
    .describe('Places put aside for a party while the rest is awaited; all of them once they are offered'),
  inOrderUntil: instantSchema
    .nullable()
    .describe(
      'Until then nobody behind gets a place before the caller; later a smaller party may. Null for one alone, whom nobody overtakes, for a party for whom nothing is put aside, and once the line is over',
    ),
  offeredUntil: instantSchema.nullable(),
  reason: z
    .enum(WAITING_REASONS)
    .nullable()
    .describe(
      'In line: why the caller is passed over until that has changed; they keep their place. Lapsed: why it ended, where it was not time',
    ),
  bookingId: idSchema.nullable(),
  createdAt: instantSchema,
});
export type Waiting = z.infer<typeof waitingSchema>;
export const waitingListSchema = z.object({ items: z.array(waitingSchema) });
export const joinLineSchema = z.strictObject({
  slotId: idSchema,
  companions: z.number().int().min(0).max(9).default(0),
});

/** Told once when a place becomes free at a venue between two days; holds nothing. */
export const vacancyAlertSchema = z.object({
  alertId: idSchema,
  channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
  venue: z.object({ venueId: idSchema, name: localizedTextSchema }),
  from: serviceDateSchema,
  to: serviceDateSchema,
  toldAt: instantSchema.nullable(),
});
export type VacancyAlert = z.infer<typeof vacancyAlertSchema>;
export const setAlertSchema = z
  .strictObject({
    channelId: idSchema,
    venueId: idSchema,
    from: serviceDateSchema,
    to: serviceDateSchema,
  })
  .refine((a) => a.from <= a.to, { path: ['to'], message: 'DATE_ORDER' });

/** Points for not coming. They decay one by one; at the limit, booking pauses until one decays. */
export const standingSchema = z.object({
  points: z.number().int(),
  limit: z.number().int(),
  pausedUntil: serviceDateSchema.nullable(),
  items: z.array(
    z.object({
      booking: bookingSchema,
      pointsUntil: serviceDateSchema.describe('On this day the point is gone'),
      mayAppeal: z.boolean(),
    }),
  ),
});
export type Standing = z.infer<typeof standingSchema>;
export const appealSchema = reasonSchema;

// ---- for staff

export const adminBookingSchema = bookingSchema.extend({
  holder: personSummarySchema,
  cardNumber: z.string(),
  cardClass: z.string().nullable(),
});
export type AdminBooking = z.infer<typeof adminBookingSchema>;
export const adminBookingQuerySchema = cursorQuerySchema.extend({
  venueId: idSchema.optional(),
  channelId: idSchema.optional(),
  status: z.enum(BOOKING_STATES).optional(),
  appeal: z.enum(['open', 'granted', 'refused']).optional(),
  from: serviceDateSchema.optional(),
  to: serviceDateSchema.optional(),
  q: z.string().trim().max(100).optional().describe('Booking number or name'),
});
export type AdminBookingQuery = z.input<typeof adminBookingQuerySchema>;

/** Who comes to a venue on a day, by slot. */
export const arrivalsSchema = z.object({
  venueId: idSchema,
  date: serviceDateSchema,
  slots: z.array(
    z.object({
      slotId: idSchema,
      channel: z.object({ channelId: idSchema, name: localizedTextSchema }),
      startsAt: instantSchema,
      endsAt: instantSchema,
      capacity: z.number().int(),
      bookings: z.array(adminBookingSchema),
    }),
  ),
});
export type Arrivals = z.infer<typeof arrivalsSchema>;
export const arrivalsQuerySchema = z.object({ venueId: idSchema, date: serviceDateSchema.optional() });

export const venueWeekQuerySchema = z.object({
  from: serviceDateSchema.optional().describe('Monday of the week; this week by default'),
  channelId: idSchema.optional(),
});
export const changeSlotSchema = z.strictObject({
  capacity: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('Below what is taken answers SLOT_CAPACITY_BELOW_TAKEN with `taken`'),
  classCapacities: z
    .record(z.string().max(10), z.number().int().min(0).max(10_000))
    .optional()
    .describe(
      'Below what is taken of a class answers SLOT_CAPACITY_BELOW_TAKEN with `taken` and `cardClass`',
    ),
  closed: z
    .boolean()
    .optional()
    .describe('Closing cancels its bookings, gives back what they spent and tells each holder'),
  reason: z.string().trim().min(2).max(300),
});
export type ChangeSlot = z.infer<typeof changeSlotSchema>;
export const checkInByNumberSchema = z.strictObject({
  venueId: idSchema,
  number: z.string().regex(/^\d{8}$/, 'FORMAT'),
  companions: z.number().int().min(0).max(9).optional().describe('Who really came; as booked by default'),
});
export const decideAppealSchema = z.strictObject({
  version: z.number().int(),
  grant: z.boolean(),
  answer: z.string().trim().min(2).max(500),
});
