import type * as z from 'zod';
import { route } from '../common/route.js';
import type {
  AdminVenue,
  adminVenueListSchema,
  Schedule,
  ScheduleException,
  Venue,
  VenueDay,
  WriteException,
  WriteSchedule,
  WriteVenue,
} from './schema.js';

export const venueRoutes = {
  one: route<{ response: Venue & { days: VenueDay[] } }>()({
    method: 'GET',
    path: '/venues/:venueId',
    access: 'public',
  }),
} as const;

export const venueAdminRoutes = {
  list: route<{ response: z.infer<typeof adminVenueListSchema> }>()({
    method: 'GET',
    path: '/admin/venues',
    access: 'venues.read',
  }),
  detail: route<{ response: AdminVenue }>()({
    method: 'GET',
    path: '/admin/venues/:venueId',
    access: 'venues.read',
  }),
  create: route<{ body: WriteVenue; response: AdminVenue }>()({
    method: 'POST',
    path: '/admin/venues',
    access: 'venues.create',
    idempotent: true,
  }),
  update: route<{ body: WriteVenue; response: AdminVenue }>()({
    method: 'PUT',
    path: '/admin/venues/:venueId',
    access: 'venues.manage',
    idempotent: true,
  }),
  schedules: route<{ response: { items: Schedule[] } }>()({
    method: 'GET',
    path: '/admin/venues/:venueId/schedules',
    access: 'venues.read',
  }),
  createSchedule: route<{ body: WriteSchedule; response: Schedule }>()({
    method: 'POST',
    path: '/admin/venues/:venueId/schedules',
    access: 'venues.manage',
    idempotent: true,
  }),
  updateSchedule: route<{ body: WriteSchedule; response: Schedule }>()({
    method: 'PUT',
    path: '/admin/venues/:venueId/schedules/:scheduleId',
    access: 'venues.manage',
    idempotent: true,
  }),
  exceptions: route<{ response: { items: ScheduleException[] } }>()({
    method: 'GET',
    path: '/admin/venues/:venueId/exceptions',
    access: 'venues.read',
  }),
  /** One exception a day: writing a day again replaces it. */
  writeException: route<{ body: WriteException; response: ScheduleException }>()({
    method: 'POST',
    path: '/admin/venues/:venueId/exceptions',
    access: 'venues.manage',
    idempotent: true,
  }),
  removeException: route()({
    method: 'DELETE',
    path: '/admin/venues/:venueId/exceptions/:exceptionId',
    access: 'venues.manage',
    idempotent: true,
  }),
} as const;
