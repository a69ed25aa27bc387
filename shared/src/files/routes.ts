import { route } from '../common/route.js';
import type { FileLink, StoredFile } from './schema.js';

export const fileRoutes = {
  upload: route<{ response: StoredFile }>()({
    method: 'POST',
    path: '/files',
    access: 'citizen.person',
    idempotent: true,
    upload: true,
  }),
  link: route<{ response: FileLink }>()({
    method: 'GET',
    path: '/files/:fileId/link',
    access: 'citizen.person',
  }),
  remove: route()({ method: 'DELETE', path: '/files/:fileId', access: 'citizen.person' }),
  /** Opened by the signature in its query, see FileLink. */
  content: route<{ query: { viewer: string; expires: string; signature: string } }>()({
    method: 'GET',
    path: '/files/:fileId/content',
    access: 'public',
  }),
  staffLink: route<{ response: FileLink }>()({
    method: 'GET',
    path: '/admin/files/:fileId/link',
    access: 'cases.read',
  }),
} as const;
