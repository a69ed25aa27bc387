import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Page, Reason } from '../common/schema.js';
import type {
  Fact,
  IdentityReveal,
  ImportBatch,
  importProblemsSchema,
  matchFactsSchema,
  PersonDetail,
  RosterEntry,
  RosterQuery,
  recordFactSchema,
  versionSchema,
} from './schema.js';

type Version = { body: z.infer<typeof versionSchema>; response: ImportBatch };

export const peopleRoutes = {
  detail: route<{ response: PersonDetail }>()({
    method: 'GET',
    path: '/admin/people/:personId',
    access: 'people.read',
  }),
  revealIdentity: route<{ body: Reason; response: IdentityReveal }>()({
    method: 'POST',
    path: '/admin/people/:personId/reveal-identity',
    access: 'people.reveal-identity',
  }),
  recordFact: route<{ body: z.infer<typeof recordFactSchema>; response: Fact }>()({
    method: 'POST',
    path: '/admin/people/:personId/facts',
    access: 'people.record-fact',
    idempotent: true,
  }),
  matchFacts: route<{ body: z.infer<typeof matchFactsSchema>; response: { items: Fact[] } }>()({
    method: 'POST',
    path: '/admin/people/:personId/match',
    access: 'people.record-fact',
    idempotent: true,
  }),
  unbind: route<{ body: Reason }>()({
    method: 'POST',
    path: '/admin/people/:personId/unbind',
    access: 'people.unbind',
    idempotent: true,
  }),
} as const;

export const rosterRoutes = {
  entries: route<{ query: RosterQuery; response: Page<RosterEntry> }>()({
    method: 'GET',
    path: '/admin/roster',
    access: 'roster.read',
  }),
  /** The empty workbook to fill in, xlsx. */
  template: route()({ method: 'GET', path: '/admin/roster/template', access: 'roster.read' }),
  /** Uploads a workbook and starts its dry run; nothing changes until `apply`. */
  upload: route<{ response: ImportBatch }>()({
    method: 'POST',
    path: '/admin/roster/imports',
    access: 'roster.import',
    idempotent: true,
    upload: true,
  }),
  imports: route<{ query: { cursor?: string; limit?: number }; response: Page<ImportBatch> }>()({
    method: 'GET',
    path: '/admin/roster/imports',
    access: 'roster.read',
  }),
  import: route<{ response: ImportBatch }>()({
    method: 'GET',
    path: '/admin/roster/imports/:batchId',
    access: 'roster.read',
  }),
  problems: route<{
    query: { cursor?: string; limit?: number; severity?: 'error' | 'warning' };
    response: z.infer<typeof importProblemsSchema>;
  }>()({ method: 'GET', path: '/admin/roster/imports/:batchId/problems', access: 'roster.read' }),
  /** The uploaded workbook with the wrong cells marked and a column of reasons, xlsx. */
  errorFile: route()({
    method: 'GET',
    path: '/admin/roster/imports/:batchId/error-file',
    access: 'roster.import',
  }),
  apply: route<Version>()({
    method: 'POST',
    path: '/admin/roster/imports/:batchId/apply',
    access: 'roster.import',
    idempotent: true,
  }),
  discard: route<Version>()({
    method: 'POST',
    path: '/admin/roster/imports/:batchId/discard',
    access: 'roster.import',
    idempotent: true,
  }),
  undo: route<Version>()({
    method: 'POST',
    path: '/admin/roster/imports/:batchId/undo',
    access: 'roster.import',
    idempotent: true,
  }),
} as const;
