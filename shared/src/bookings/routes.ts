import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Page, staffReasonSchema } from '../common/schema.js';
import type {
  AdminBooking,
  AdminBookingQuery,
  Arrivals,
  appealSchema,
  arrivalsQuerySchema,
  Book,
  Booking,
  BookingQuery,
  ChangeSlot,
  checkInByNumberSchema,
  decideAppealSchema,
  joinLineSchema,
  rescheduleSchema,
  SlotQuery,
  SlotWeek,
  Standing,
  setAlertSchema,
  VacancyAlert,
  venueWeekQuerySchema,
  Waiting,
} from './schema.js';

export const bookingRoutes = {
  /** Slots of a channel at a venue; carries an ETag and is never older than the last booking that was answered. */
  slots: route<{ query: SlotQuery; response: SlotWeek }>()({
    method: 'GET',
    path: '/channels/:channelId/slots',
    access: 'public',
  }),
  /** Quota, place, booking, audit and message in one transaction. */
  book: route<{ body: Book; response: Booking }>()({
    method: 'POST',
    path: '/bookings',
    access: 'citizen.person',
    idempotent: true,
  }),
  mine: route<{ query: BookingQuery; response: Page<Booking> }>()({
    method: 'GET',
    path: '/bookings/mine',
    access: 'citizen.person',
  }),
  standing: route<{ response: Standing }>()({
    method: 'GET',
    path: '/bookings/standing',
    access: 'citizen.person',
  }),
  one: route<{ response: Booking }>()({
    method: 'GET',
    path: '/bookings/:bookingId',
    access: 'citizen.person',
  }),
  cancel: route<{ response: Booking }>()({
    method: 'POST',
    path: '/bookings/:bookingId/cancel',
    access: 'citizen.person',
    idempotent: true,
  }),
  /** Takes the new place and gives the old one back, both or neither. */
  reschedule: route<{ body: z.infer<typeof rescheduleSchema>; response: Booking }>()({
    method: 'POST',
    path: '/bookings/:bookingId/reschedule',
    access: 'citizen.person',
    idempotent: true,
  }),
  appeal: route<{ body: z.infer<typeof appealSchema>; response: Booking }>()({
    method: 'POST',
    path: '/bookings/:bookingId/appeal',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;

export const waitingRoutes = {
  join: route<{ body: z.input<typeof joinLineSchema>; response: Waiting }>()({
    method: 'POST',
    path: '/waiting',
    access: 'citizen.person',
    idempotent: true,
  }),
  mine: route<{ response: { items: Waiting[] } }>()({
    method: 'GET',
    path: '/waiting/mine',
    access: 'citizen.person',
  }),
  accept: route<{ response: Booking }>()({
    method: 'POST',
    path: '/waiting/:waitingId/accept',
    access: 'citizen.person',
    idempotent: true,
  }),
  leave: route<{ response: Waiting }>()({
    method: 'POST',
    path: '/waiting/:waitingId/leave',
    access: 'citizen.person',
    idempotent: true,
  }),
  alerts: route<{ response: { items: VacancyAlert[] } }>()({
    method: 'GET',
    path: '/vacancy-alerts',
    access: 'citizen.person',
  }),
  setAlert: route<{ body: z.infer<typeof setAlertSchema>; response: VacancyAlert }>()({
    method: 'POST',
    path: '/vacancy-alerts',
    access: 'citizen.person',
    idempotent: true,
  }),
  removeAlert: route()({
    method: 'DELETE',
    path: '/vacancy-alerts/:alertId',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;

export const bookingAdminRoutes = {
  /** Every slot of the venue in one week, with what is taken. */
  week: route<{ query: z.input<typeof venueWeekQuerySchema>; response: SlotWeek }>()({
    method: 'GET',
    path: '/admin/venues/:venueId/week',
    access: 'bookings.read',
  }),
  changeSlot: route<{ body: ChangeSlot; response: { cancelledBookings: number } }>()({
    method: 'POST',
    path: '/admin/slots/:slotId',
    access: 'venues.manage',
    idempotent: true,
  }),
  arrivals: route<{ query: z.infer<typeof arrivalsQuerySchema>; response: Arrivals }>()({
    method: 'GET',
    path: '/admin/arrivals',
    access: 'bookings.read',
  }),
  list: route<{ query: AdminBookingQuery; response: Page<AdminBooking> }>()({
    method: 'GET',
    path: '/admin/bookings',
    access: 'bookings.read',
  }),
  detail: route<{ response: AdminBooking }>()({
    method: 'GET',
    path: '/admin/bookings/:bookingId',
    access: 'bookings.read',
  }),
  /** By number, where the code does not scan. By code it goes through the window routes. */
  checkIn: route<{ body: z.infer<typeof checkInByNumberSchema>; response: AdminBooking }>()({
    method: 'POST',
    path: '/admin/bookings/check-in',
    access: 'bookings.check-in',
    idempotent: true,
  }),
  undoCheckIn: route<{ body: z.infer<typeof staffReasonSchema>; response: AdminBooking }>()({
    method: 'POST',
    path: '/admin/bookings/:bookingId/undo-check-in',
    access: 'bookings.check-in',
    idempotent: true,
  }),
  cancel: route<{ body: z.infer<typeof staffReasonSchema>; response: AdminBooking }>()({
    method: 'POST',
    path: '/admin/bookings/:bookingId/cancel',
    access: 'bookings.cancel-any',
    idempotent: true,
  }),
  decideAppeal: route<{ body: z.infer<typeof decideAppealSchema>; response: AdminBooking }>()({
    method: 'POST',
    path: '/admin/bookings/:bookingId/appeal',
    access: 'bookings.decide-appeal',
    idempotent: true,
  }),
} as const;
