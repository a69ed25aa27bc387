import type * as z from 'zod';
import { route } from '../common/route.js';
import type { CursorQuery, Page } from '../common/schema.js';
import type { Message, unreadSchema } from './schema.js';

type Unread = z.infer<typeof unreadSchema>;

export const messageRoutes = {
  list: route<{ query: CursorQuery; response: Page<Message> }>()({
    method: 'GET',
    path: '/messages',
    access: 'citizen.self',
  }),
  unread: route<{ response: Unread }>()({ method: 'GET', path: '/messages/unread', access: 'citizen.self' }),
  read: route<{ response: Unread }>()({
    method: 'POST',
    path: '/messages/:messageId/read',
    access: 'citizen.self',
    idempotent: true,
  }),
  readAll: route<{ response: Unread }>()({
    method: 'POST',
    path: '/messages/read-all',
    access: 'citizen.self',
    idempotent: true,
  }),
} as const;
