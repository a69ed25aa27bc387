import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Page, staffReasonSchema } from '../common/schema.js';
import type {
  AdminUse,
  AdminUseQuery,
  answerDisputeSchema,
  disputeSchema,
  Looked,
  lookSchema,
  RecordUse,
  Synced,
  settleSchema,
  syncSchema,
  Use,
  UseQuery,
  WindowKit,
} from './schema.js';

export const useRoutes = {
  mine: route<{ query: UseQuery; response: Page<Use> }>()({
    method: 'GET',
    path: '/uses/mine',
    access: 'citizen.person',
  }),
  one: route<{ response: Use }>()({ method: 'GET', path: '/uses/:useId', access: 'citizen.person' }),
  dispute: route<{ body: z.infer<typeof disputeSchema>; response: Use }>()({
    method: 'POST',
    path: '/uses/:useId/dispute',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;

export const windowRoutes = {
  kit: route<{ response: WindowKit }>()({ method: 'GET', path: '/window/kit', access: 'uses.record' }),
  look: route<{ body: z.infer<typeof lookSchema>; response: Looked }>()({
    method: 'POST',
    path: '/window/looks',
    access: 'uses.record',
  }),
  record: route<{ body: RecordUse; response: Use }>()({
    method: 'POST',
    path: '/window/uses',
    access: 'uses.record',
    idempotent: true,
  }),
  /** Each use is answered by itself; sending the same batch again changes nothing. */
  sync: route<{ body: z.infer<typeof syncSchema>; response: Synced }>()({
    method: 'POST',
    path: '/window/offline-uses',
    access: 'uses.record',
    idempotent: true,
  }),
  /**
   * The way that is left to a phone that was revoked, or whose clerk works no more: the WeChat account that enrolled it
   * sends what the phone had signed before. Each use waits for a decision; those signed afterwards are refused.
   */
  handIn: route<{ body: z.infer<typeof syncSchema>; response: Synced }>()({
    method: 'POST',
    path: '/clerk/offline-uses',
    access: 'citizen.session',
    idempotent: true,
  }),
} as const;

export const useAdminRoutes = {
  list: route<{ query: AdminUseQuery; response: Page<AdminUse> }>()({
    method: 'GET',
    path: '/admin/uses',
    access: 'uses.read',
  }),
  detail: route<{ response: AdminUse }>()({
    method: 'GET',
    path: '/admin/uses/:useId',
    access: 'uses.read',
  }),
  settle: route<{ body: z.infer<typeof settleSchema>; response: AdminUse }>()({
    method: 'POST',
    path: '/admin/uses/:useId/settle',
    access: 'uses.settle',
    idempotent: true,
  }),
  refund: route<{ body: z.infer<typeof staffReasonSchema>; response: AdminUse }>()({
    method: 'POST',
    path: '/admin/uses/:useId/refund',
    access: 'uses.settle',
    idempotent: true,
  }),
  answerDispute: route<{ body: z.infer<typeof answerDisputeSchema>; response: AdminUse }>()({
    method: 'POST',
    path: '/admin/uses/:useId/dispute',
    access: 'uses.settle',
    idempotent: true,
  }),
} as const;
