import type * as z from 'zod';
import { route } from '../common/route.js';
import type { CursorQuery, Page, Reason } from '../common/schema.js';
import type {
  bindPhoneSchema,
  changePasswordSchema,
  consentListSchema,
  createStaffSchema,
  deviceSessionListSchema,
  eraseAccountSchema,
  grantConsentSchema,
  Me,
  oneTimePasswordSchema,
  PersonalDataExport,
  personaListSchema,
  RealNameInput,
  recoveryCodesSchema,
  refreshSchema,
  SandboxTotp,
  Session,
  StaffChallenge,
  StaffMember,
  StaffSelf,
  StaffSession,
  staffSignInSchema,
  staffTotpSchema,
  updateProfileSchema,
  updateStaffSchema,
  wechatSignInSchema,
  withdrawConsentSchema,
} from './schema.js';

export const accountRoutes = {
  signIn: route<{ body: z.infer<typeof wechatSignInSchema>; response: Session }>()({
    method: 'POST',
    path: '/sessions',
    access: 'public',
  }),
  refresh: route<{ body: z.infer<typeof refreshSchema>; response: Session }>()({
    method: 'POST',
    path: '/sessions/refresh',
    access: 'public',
  }),
  signOut: route()({ method: 'DELETE', path: '/sessions/current', access: 'citizen.session' }),
  sessions: route<{ response: z.infer<typeof deviceSessionListSchema> }>()({
    method: 'GET',
    path: '/sessions',
    access: 'citizen.session',
  }),
  endSession: route()({ method: 'DELETE', path: '/sessions/:sessionId', access: 'citizen.session' }),
  me: route<{ response: Me }>()({ method: 'GET', path: '/me', access: 'citizen.self' }),
  updateProfile: route<{ body: z.infer<typeof updateProfileSchema>; response: Me }>()({
    method: 'PUT',
    path: '/me/profile',
    access: 'citizen.self',
    idempotent: true,
  }),
  bindPhone: route<{ body: z.infer<typeof bindPhoneSchema>; response: Me }>()({
    method: 'POST',
    path: '/me/phone',
    access: 'citizen.self',
    idempotent: true,
  }),
  proveRealName: route<{ body: RealNameInput; response: Me }>()({
    method: 'POST',
    path: '/me/real-name',
    access: 'citizen.self',
    idempotent: true,
  }),
  consents: route<{ response: z.infer<typeof consentListSchema> }>()({
    method: 'GET',
    path: '/me/consents',
    access: 'citizen.self',
  }),
  grantConsent: route<{
    body: z.infer<typeof grantConsentSchema>;
    response: z.infer<typeof consentListSchema>;
  }>()({
    method: 'POST',
    path: '/me/consents/grant',
    access: 'citizen.self',
    idempotent: true,
  }),
  withdrawConsent: route<{
    body: z.infer<typeof withdrawConsentSchema>;
    response: z.infer<typeof consentListSchema>;
  }>()({ method: 'POST', path: '/me/consents/withdraw', access: 'citizen.self', idempotent: true }),
  exportMyData: route<{ response: PersonalDataExport }>()({
    method: 'GET',
    path: '/me/export',
    access: 'citizen.self',
  }),
  eraseMyAccount: route<{ body: z.infer<typeof eraseAccountSchema> }>()({
    method: 'POST',
    path: '/me/erase',
    access: 'citizen.self',
    idempotent: true,
  }),
} as const;

export const sandboxRoutes = {
  personas: route<{ response: z.infer<typeof personaListSchema> }>()({
    method: 'GET',
    path: '/sandbox/personas',
    access: 'public',
  }),
  staffCodes: route<{ response: SandboxTotp }>()({
    method: 'GET',
    path: '/sandbox/staff-codes',
    access: 'public',
  }),
} as const;

export const staffRoutes = {
  signIn: route<{ body: z.infer<typeof staffSignInSchema>; response: StaffChallenge }>()({
    method: 'POST',
    path: '/staff/sessions',
    access: 'public',
  }),
  confirmTotp: route<{ body: z.infer<typeof staffTotpSchema>; response: StaffSession }>()({
    method: 'POST',
    path: '/staff/sessions/totp',
    access: 'public',
  }),
  refresh: route<{ response: StaffSession }>()({
    method: 'POST',
    path: '/staff/sessions/refresh',
    access: 'public',
  }),
  signOut: route()({ method: 'DELETE', path: '/staff/sessions/current', access: 'staff.session' }),
  self: route<{ response: StaffSelf }>()({ method: 'GET', path: '/staff/me', access: 'staff.session' }),
  changePassword: route<{ body: z.infer<typeof changePasswordSchema> }>()({
    method: 'POST',
    path: '/staff/me/password',
    access: 'staff.session',
  }),
  renewRecoveryCodes: route<{ response: z.infer<typeof recoveryCodesSchema> }>()({
    method: 'POST',
    path: '/staff/me/recovery-codes',
    access: 'staff.session',
  }),
  list: route<{
    query: CursorQuery & { q?: string; role?: string; status?: string };
    response: Page<StaffMember>;
  }>()({
    method: 'GET',
    path: '/admin/staff',
    access: 'staff.read',
  }),
  create: route<{
    body: z.infer<typeof createStaffSchema>;
    response: z.infer<typeof oneTimePasswordSchema>;
  }>()({
    method: 'POST',
    path: '/admin/staff',
    access: 'staff.manage',
    idempotent: true,
  }),
  update: route<{ body: z.infer<typeof updateStaffSchema>; response: StaffMember }>()({
    method: 'PUT',
    path: '/admin/staff/:staffId',
    access: 'staff.manage',
    idempotent: true,
  }),
  resetAccess: route<{ body: Reason; response: z.infer<typeof oneTimePasswordSchema> }>()({
    method: 'POST',
    path: '/admin/staff/:staffId/reset-access',
    access: 'staff.manage',
    idempotent: true,
  }),
  unlock: route<{ response: StaffMember }>()({
    method: 'POST',
    path: '/admin/staff/:staffId/unlock',
    access: 'staff.manage',
    idempotent: true,
  }),
} as const;
