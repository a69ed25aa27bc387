import type * as z from 'zod';
import { route } from '../common/route.js';
import type { versionSchema } from '../people/schema.js';
import type { resubmitRequestSchema, ServiceRequest, ServiceRequestRow, SubmitRequest } from './schema.js';

/** Officer requests and cases of channels. Offices decide them in the same queue as card applications. */
export const requestRoutes = {
  submit: route<{ body: SubmitRequest; response: ServiceRequest }>()({
    method: 'POST',
    path: '/service-requests',
    access: 'citizen.person',
    idempotent: true,
  }),
  mine: route<{ response: { items: ServiceRequestRow[] } }>()({
    method: 'GET',
    path: '/service-requests/mine',
    access: 'citizen.person',
  }),
  one: route<{ response: ServiceRequest }>()({
    method: 'GET',
    path: '/service-requests/:caseId',
    access: 'citizen.person',
  }),
  resubmit: route<{ body: z.input<typeof resubmitRequestSchema>; response: ServiceRequest }>()({
    method: 'POST',
    path: '/service-requests/:caseId/resubmit',
    access: 'citizen.person',
    idempotent: true,
  }),
  withdraw: route<{ body: z.infer<typeof versionSchema>; response: ServiceRequest }>()({
    method: 'POST',
    path: '/service-requests/:caseId/withdraw',
    access: 'citizen.person',
    idempotent: true,
  }),
} as const;
