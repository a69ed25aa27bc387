import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Page, staffReasonSchema } from '../common/schema.js';
import type { versionSchema } from '../people/schema.js';
import type {
  Application,
  ApplicationCheck,
  applicationListSchema,
  Card,
  CardDetail,
  CardQuery,
  CardRow,
  CheckApplication,
  cardClassListSchema,
  cardListSchema,
  changeClassSchema,
  reportFoundSchema,
  resubmitApplicationSchema,
  SubmitApplication,
} from './schema.js';

type CardAction = { body: z.infer<typeof staffReasonSchema>; response: CardDetail };

export const cardRoutes = {
  mine: route<{ response: z.infer<typeof cardListSchema> }>()({
    method: 'GET',
    path: '/cards/mine',
    access: 'citizen.person',
  }),
  one: route<{ response: Card }>()({ method: 'GET', path: '/cards/:cardId', access: 'citizen.person' }),
  reportLost: route<{ response: Card }>()({
    method: 'POST',
    path: '/cards/:cardId/report-lost',
    access: 'citizen.person',
    idempotent: true,
  }),
  /**
   * Answers IDENTITY_NUMBER_WRONG with `triesLeft` of the day, then IDENTITY_NUMBER_TOO_MANY_TRIES with `retryAt`. A number
   * that cannot be one is VALIDATION_FAILED and costs no try.
   */
  reportFound: route<{ body: z.infer<typeof reportFoundSchema>; response: Card }>()({
    method: 'POST',
    path: '/cards/:cardId/report-found',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;

export const applicationRoutes = {
  /** Finds the path and lists what is missing; changes nothing. */
  check: route<{ body: CheckApplication; response: ApplicationCheck }>()({
    method: 'POST',
    path: '/card-applications/check',
    access: 'citizen.person',
  }),
  submit: route<{ body: SubmitApplication; response: Application }>()({
    method: 'POST',
    path: '/card-applications',
    access: 'citizen.person',
    idempotent: true,
  }),
  mine: route<{ response: z.infer<typeof applicationListSchema> }>()({
    method: 'GET',
    path: '/card-applications/mine',
    access: 'citizen.person',
  }),
  one: route<{ response: Application }>()({
    method: 'GET',
    path: '/card-applications/:caseId',
    access: 'citizen.person',
  }),
  resubmit: route<{ body: z.input<typeof resubmitApplicationSchema>; response: Application }>()({
    method: 'POST',
    path: '/card-applications/:caseId/resubmit',
    access: 'citizen.person',
    idempotent: true,
  }),
  withdraw: route<{ body: z.infer<typeof versionSchema>; response: Application }>()({
    method: 'POST',
    path: '/card-applications/:caseId/withdraw',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;

export const cardAdminRoutes = {
  list: route<{ query: CardQuery; response: Page<CardRow> }>()({
    method: 'GET',
    path: '/admin/cards',
    access: 'cards.read',
  }),
  classes: route<{ response: z.infer<typeof cardClassListSchema> }>()({
    method: 'GET',
    path: '/admin/card-classes',
    access: 'cards.read',
  }),
  detail: route<{ response: CardDetail }>()({
    method: 'GET',
    path: '/admin/cards/:cardId',
    access: 'cards.read',
  }),
  suspend: route<CardAction>()({
    method: 'POST',
    path: '/admin/cards/:cardId/suspend',
    access: 'cards.suspend',
    idempotent: true,
  }),
  restore: route<CardAction>()({
    method: 'POST',
    path: '/admin/cards/:cardId/restore',
    access: 'cards.restore',
    idempotent: true,
  }),
  revoke: route<CardAction>()({
    method: 'POST',
    path: '/admin/cards/:cardId/revoke',
    access: 'cards.revoke',
    idempotent: true,
  }),
  changeClass: route<{ body: z.infer<typeof changeClassSchema>; response: CardDetail }>()({
    method: 'POST',
    path: '/admin/cards/:cardId/class',
    access: 'cards.change-class',
    idempotent: true,
  }),
} as const;
