import type * as z from 'zod';
import { route } from '../common/route.js';
import type { Reason } from '../common/schema.js';
import type {
  ClerkDevice,
  ClerkInvitation,
  ClerkSession,
  CodeDevice,
  Credential,
  clerkSessionInputSchema,
  EnrolDevice,
  enrolClerkSchema,
  inviteClerkDeviceSchema,
  KeySet,
  onlineCodeSchema,
  renewCredentialSchema,
  ShownCode,
  StatusList,
} from './schema.js';

export const cardCodeRoutes = {
  /** Needs a sign-in of the last ten minutes where another device is active: CODE_FRESH_SIGN_IN_REQUIRED. */
  enrol: route<{ body: EnrolDevice; response: Credential }>()({
    method: 'POST',
    path: '/card-code/devices',
    access: 'citizen.person',
    idempotent: true,
  }),
  renew: route<{ body: z.infer<typeof renewCredentialSchema>; response: Credential }>()({
    method: 'POST',
    path: '/card-code/credentials',
    access: 'citizen.person',
  }),
  online: route<{ body: z.infer<typeof onlineCodeSchema>; response: ShownCode }>()({
    method: 'POST',
    path: '/card-code/online',
    access: 'citizen.person',
  }),
  devices: route<{ response: { items: CodeDevice[] } }>()({
    method: 'GET',
    path: '/card-code/devices',
    access: 'citizen.person',
  }),
  revoke: route<{ response: CodeDevice }>()({
    method: 'POST',
    path: '/card-code/devices/:deviceId/revoke',
    access: 'citizen.person',
    idempotent: true,
  }),
  keys: route<{ response: KeySet }>()({ method: 'GET', path: '/card-code/keys', access: 'public' }),
  statusList: route<{ response: StatusList }>()({
    method: 'GET',
    path: '/card-code/status-list',
    access: 'public',
  }),
} as const;

export const cardCodeAdminRoutes = {
  devices: route<{ response: { items: CodeDevice[] } }>()({
    method: 'GET',
    path: '/admin/cards/:cardId/code-devices',
    access: 'cards.read',
  }),
  revoke: route<{ body: Reason; response: CodeDevice }>()({
    method: 'POST',
    path: '/admin/code-devices/:deviceId/revoke',
    access: 'code-devices.revoke',
    idempotent: true,
  }),
  clerkDevices: route<{ response: { items: ClerkDevice[] } }>()({
    method: 'GET',
    path: '/admin/clerk-devices',
    access: 'clerk-devices.read',
  }),
  invite: route<{ body: z.infer<typeof inviteClerkDeviceSchema>; response: ClerkInvitation }>()({
    method: 'POST',
    path: '/admin/clerk-devices',
    access: 'clerk-devices.manage',
    idempotent: true,
  }),
  revokeClerk: route<{ body: Reason; response: ClerkDevice }>()({
    method: 'POST',
    path: '/admin/clerk-devices/:deviceId/revoke',
    access: 'clerk-devices.manage',
    idempotent: true,
  }),
} as const;

export const clerkRoutes = {
  /** Phones that the caller's WeChat account enrolled for the window, newest first: erasing the account stops them. */
  mine: route<{ response: { items: ClerkDevice[] } }>()({
    method: 'GET',
    path: '/clerk/devices',
    access: 'citizen.session',
  }),
  /** Binds the WeChat account, the staff account and the phone's key; once per invitation. */
  enrol: route<{ body: z.infer<typeof enrolClerkSchema>; response: ClerkSession }>()({
    method: 'POST',
    path: '/clerk/devices',
    access: 'citizen.session',
    idempotent: true,
  }),
  /** Proves the device's key and gives twelve hours at the window. */
  signIn: route<{ body: z.infer<typeof clerkSessionInputSchema>; response: ClerkSession }>()({
    method: 'POST',
    path: '/clerk/sessions',
    access: 'citizen.session',
  }),
} as const;
