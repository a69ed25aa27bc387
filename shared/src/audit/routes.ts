import { route } from '../common/route.js';
import type { Page } from '../common/schema.js';
import type { AuditEntry, AuditQuery, AuditStatus } from './schema.js';

export const auditRoutes = {
  list: route<{ query: AuditQuery; response: Page<AuditEntry> }>()({
    method: 'GET',
    path: '/admin/audit',
    access: 'audit.read',
  }),
  status: route<{ response: AuditStatus }>()({
    method: 'GET',
    path: '/admin/audit/status',
    access: 'audit.read',
  }),
  verify: route<{ response: AuditStatus }>()({
    method: 'POST',
    path: '/admin/audit/verify',
    access: 'audit.read',
  }),
} as const;
