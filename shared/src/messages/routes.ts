import type * as z from 'zod';
import { route } from '../common/route.js';
import type { CursorQuery, Page } from '../common/schema.js';
import type {
  Delivery,
  DeliveryQuery,
  Message,
  recordSubscriptionsSchema,
  settleDeliverySchema,
  subscriptionListSchema,
  unreadSchema,
} from './schema.js';

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

export const subscriptionRoutes = {
  /** Templates and what the caller has granted; WeChat has no way to ask it. */
  list: route<{ response: z.infer<typeof subscriptionListSchema> }>()({
    method: 'GET',
    path: '/subscriptions',
    access: 'citizen.self',
  }),
  record: route<{
    body: z.infer<typeof recordSubscriptionsSchema>;
    response: z.infer<typeof subscriptionListSchema>;
  }>()({ method: 'POST', path: '/subscriptions', access: 'citizen.self', idempotent: true }),
} as const;

export const messageAdminRoutes = {
  log: route<{ query: DeliveryQuery; response: Page<Delivery> }>()({
    method: 'GET',
    path: '/admin/messages',
    access: 'messages.read-log',
  }),
  settle: route<{ body: z.infer<typeof settleDeliverySchema>; response: Delivery }>()({
    method: 'POST',
    path: '/admin/messages/:deliveryId/settle',
    access: 'messages.settle',
    idempotent: true,
  }),
} as const;
