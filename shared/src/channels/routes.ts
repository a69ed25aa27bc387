import type * as z from 'zod';
import { route } from '../common/route.js';
import type {
  AdminChannel,
  adminChannelListSchema,
  Channel,
  channelListSchema,
  Entitlement,
  entitlementListSchema,
  WriteChannel,
  WriteTerms,
} from './schema.js';

export const channelRoutes = {
  /** Every published channel; carries an ETag. */
  list: route<{ response: z.infer<typeof channelListSchema> }>()({
    method: 'GET',
    path: '/channels',
    access: 'public',
  }),
  /** One channel with its venues; carries an ETag. */
  one: route<{ response: Channel }>()({ method: 'GET', path: '/channels/:channelId', access: 'public' }),
  /** What every channel holds for the caller today. */
  mine: route<{ response: z.infer<typeof entitlementListSchema> }>()({
    method: 'GET',
    path: '/entitlements',
    access: 'citizen.person',
  }),
  mineOf: route<{ response: Entitlement }>()({
    method: 'GET',
    path: '/entitlements/:channelId',
    access: 'citizen.person',
  }),
} as const;

export const channelAdminRoutes = {
  list: route<{ response: z.infer<typeof adminChannelListSchema> }>()({
    method: 'GET',
    path: '/admin/channels',
    access: 'channels.read',
  }),
  detail: route<{ response: AdminChannel }>()({
    method: 'GET',
    path: '/admin/channels/:channelId',
    access: 'channels.read',
  }),
  create: route<{ body: WriteChannel; response: AdminChannel }>()({
    method: 'POST',
    path: '/admin/channels',
    access: 'channels.edit',
    idempotent: true,
  }),
  update: route<{ body: WriteChannel; response: AdminChannel }>()({
    method: 'PUT',
    path: '/admin/channels/:channelId',
    access: 'channels.edit',
    idempotent: true,
  }),
  /** Replaces the class × quota matrix. Uses already counted stay; a lowered limit lets no further use in. */
  writeTerms: route<{ body: WriteTerms; response: AdminChannel }>()({
    method: 'PUT',
    path: '/admin/channels/:channelId/terms',
    access: 'channels.edit',
    idempotent: true,
  }),
} as const;
