import { route } from '../common/route.js';
import type { Page } from '../common/schema.js';
import type { CaseDetail, Decision, QueueItem, QueueQuery, ReceiveDocument } from './schema.js';

export const caseRoutes = {
  queue: route<{ query: QueueQuery; response: Page<QueueItem> }>()({
    method: 'GET',
    path: '/admin/cases',
    access: 'cases.read',
  }),
  detail: route<{ response: CaseDetail }>()({
    method: 'GET',
    path: '/admin/cases/:caseId',
    access: 'cases.read',
  }),
  decide: route<{ body: Decision; response: CaseDetail }>()({
    method: 'POST',
    path: '/admin/cases/:caseId/decisions',
    access: 'cases.decide',
    idempotent: true,
  }),
  /** Marks paper as received; until then the step cannot be approved. */
  receiveDocument: route<{ body: ReceiveDocument; response: CaseDetail }>()({
    method: 'POST',
    path: '/admin/cases/:caseId/received-documents',
    access: 'cases.decide',
    idempotent: true,
  }),
} as const;
