import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Page } from '../common/schema.js';
import type {
  AdminRating,
  answerCallBackSchema,
  appealRatingSchema,
  Rate,
  Rating,
  RatingQuery,
} from './schema.js';

export const ratingRoutes = {
  /** One rating a use (一次一评). */
  rate: route<{ body: Rate; response: Rating }>()({
    method: 'POST',
    path: '/uses/:useId/rating',
    access: 'citizen.person',
    idempotent: true,
  }),
  one: route<{ response: Rating }>()({
    method: 'GET',
    path: '/ratings/:ratingId',
    access: 'citizen.person',
  }),
  appeal: route<{ body: z.infer<typeof appealRatingSchema>; response: Rating }>()({
    method: 'POST',
    path: '/ratings/:ratingId/appeal',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;

export const ratingAdminRoutes = {
  list: route<{ query: RatingQuery; response: Page<AdminRating> }>()({
    method: 'GET',
    path: '/admin/ratings',
    access: 'feedback.read',
  }),
  /** Who calls back sees the phone number in clear; the reading is an entry of the audit log. */
  phone: route<{ response: { phone: string | null } }>()({
    method: 'POST',
    path: '/admin/ratings/:ratingId/phone',
    access: 'feedback.handle',
  }),
  answer: route<{ body: z.infer<typeof answerCallBackSchema>; response: AdminRating }>()({
    method: 'POST',
    path: '/admin/ratings/:ratingId/answer',
    access: 'feedback.handle',
    idempotent: true,
  }),
  answerAppeal: route<{ body: z.infer<typeof answerCallBackSchema>; response: AdminRating }>()({
    method: 'POST',
    path: '/admin/ratings/:ratingId/appeal',
    access: 'feedback.decide-appeal',
    idempotent: true,
  }),
} as const;
