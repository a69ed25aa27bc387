import * as z from 'zod';
import { LOCALES } from '../common/locale.js';
import { idSchema, instantSchema, serviceDateSchema } from '../common/schema.js';
import { IDENTITY_TYPES } from '../validators/identity-document.js';
import { ZONE_CODES } from './districts.js';
import { PERMISSIONS, type Permission, STAFF_ROLES } from './permissions.js';

/** Purposes that a citizen consents to, one consent each (PIPL art. 14, 29). `account` is needed to sign in at all. */
export const CONSENT_PURPOSES = [
  'account',
  'real-name',
  'card-application',
  'data-matching',
  'channel-health',
  'channel-minor',
] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

export const consentSchema = z.object({
  purpose: z.enum(CONSENT_PURPOSES),
  version: z.string().describe('Version of the text agreed to'),
  grantedAt: instantSchema.nullable(),
  withdrawnAt: instantSchema.nullable(),
  currentVersion: z.string().describe('Version of the text in force; differs when the text changed since'),
});
export type Consent = z.infer<typeof consentSchema>;
export const consentListSchema = z.object({ items: z.array(consentSchema) });
export const grantConsentSchema = z.strictObject({
  purpose: z.enum(CONSENT_PURPOSES),
  version: z.string().min(1).max(20),
});
export const withdrawConsentSchema = z.strictObject({ purpose: z.enum(CONSENT_PURPOSES) });

/** Body of a citizen sign-in: the code of `wx.login()`, valid five minutes and once. In the sandbox `sandbox:<persona>`. */
export const wechatSignInSchema = z.strictObject({
  code: z.string().min(1).max(200),
  consentVersion: z.string().min(1).max(20).describe('Version of the account consent shown before sign-in'),
});
export const refreshSchema = z.strictObject({ refreshToken: z.string().min(20).max(200) });

export const sessionSchema = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: instantSchema,
  refreshToken: z.string().describe('Rotates: each use gives a new one and voids this'),
  refreshTokenExpiresAt: instantSchema,
});
export type Session = z.infer<typeof sessionSchema>;

export const bindPhoneSchema = z.strictObject({
  code: z.string().min(1).max(200).describe('Code of the getPhoneNumber button, valid five minutes and once'),
});

export const realNameSchema = z.strictObject({
  name: z.string().min(1).max(60),
  identityType: z.enum(IDENTITY_TYPES),
  identityNumber: z.string().min(1).max(40),
  birthDate: serviceDateSchema
    .optional()
    .describe('For documents that do not carry it: passport, older permanent residence'),
  nationality: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('ISO 3166-1 alpha-3, for foreigners'),
  consentVersion: z.string().min(1).max(20),
});
export type RealNameInput = z.infer<typeof realNameSchema>;

/** The citizen's own account. Numbers are masked even for their owner. */
export const meSchema = z.object({
  accountId: idSchema,
  person: z
    .object({
      personId: idSchema,
      name: z.string(),
      identityType: z.enum(IDENTITY_TYPES),
      maskedIdentityNumber: z
        .string()
        .describe('The first two characters: the number tells its owner from whoever holds their phone'),
      birthDate: serviceDateSchema.nullable(),
    })
    .nullable()
    .describe('Null until the real name is proved'),
  nickname: z.string().nullable(),
  maskedPhone: z.string().nullable(),
  locale: z.enum(LOCALES),
  sandbox: z.boolean().describe('True where WeChat and the identity check are simulated'),
});
export type Me = z.infer<typeof meSchema>;

export const updateProfileSchema = z.strictObject({
  nickname: z.string().trim().min(1).max(20).optional(),
  locale: z.enum(LOCALES).optional(),
});

/** Everything the service holds about the caller, for their own use (PIPL art. 45). */
export const personalDataExportSchema = z.object({
  exportedAt: instantSchema,
  account: z.record(z.string(), z.unknown()),
  person: z.record(z.string(), z.unknown()).nullable(),
  sections: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});
export type PersonalDataExport = z.infer<typeof personalDataExportSchema>;
export const eraseAccountSchema = z.strictObject({ confirm: z.literal('ERASE') });

export const deviceSessionSchema = z.object({
  sessionId: idSchema,
  deviceLabel: z.string(),
  startedAt: instantSchema,
  lastUsedAt: instantSchema,
  current: z.boolean(),
});
export const deviceSessionListSchema = z.object({ items: z.array(deviceSessionSchema) });
export type DeviceSession = z.infer<typeof deviceSessionSchema>;

/** Sandbox only: a demo person to sign in as. All of them are invented. */
export const personaSchema = z.object({
  code: z.string().describe('Give this as the sign-in code'),
  name: z.string(),
  identityType: z.enum(IDENTITY_TYPES),
  identityNumber: z.string(),
  birthDate: serviceDateSchema.optional().describe('For documents that do not carry it: passports'),
  nationality: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional()
    .describe('ISO 3166-1 alpha-3, for foreigners'),
  story: z.object({ zh: z.string(), en: z.string() }),
});
export const personaListSchema = z.object({ items: z.array(personaSchema) });
export type Persona = z.infer<typeof personaSchema>;

// ---- staff

export const staffSignInSchema = z.strictObject({
  username: z.string().trim().min(1).max(50),
  password: z.string().min(1).max(200),
});
export const totpEnrolmentSchema = z.object({
  secret: z.string().describe('Base32, for typing'),
  otpauthUri: z.string().describe('For the QR code (Key URI Format)'),
});
/** The second step is always needed; `enrolment` comes with it when the account has no authenticator yet. */
export const staffChallengeSchema = z.object({
  challenge: z.string(),
  expiresAt: instantSchema,
  enrolment: totpEnrolmentSchema.nullable(),
});
export type StaffChallenge = z.infer<typeof staffChallengeSchema>;
export const staffTotpSchema = z.strictObject({
  challenge: z.string().min(1).max(2000),
  code: z.string().trim().min(6).max(20).describe('Six digits, or a recovery code such as `K7QM-2XPD`'),
});

export const staffSelfSchema = z.object({
  staffId: idSchema,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(STAFF_ROLES),
  zoneCode: z.enum(ZONE_CODES),
  venueIds: z.array(idSchema).describe('Venues that the member of staff is posted to; for venue roles only'),
  permissions: z.array(z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])),
  mustChangePassword: z.boolean(),
  recoveryCodesLeft: z.number().int(),
});
export type StaffSelf = z.infer<typeof staffSelfSchema>;

/** The refresh token of staff travels only in an HttpOnly, SameSite=Strict cookie. */
export const staffSessionSchema = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: instantSchema,
  staff: staffSelfSchema,
  recoveryCodes: z.array(z.string()).nullable().describe('Shown once, after the authenticator was enrolled'),
});
export type StaffSession = z.infer<typeof staffSessionSchema>;

export const changePasswordSchema = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: z.string().min(12).max(200),
});
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });

export const staffMemberSchema = z.object({
  staffId: idSchema,
  username: z.string(),
  displayName: z.string(),
  role: z.enum(STAFF_ROLES),
  zoneCode: z.enum(ZONE_CODES),
  venueIds: z.array(idSchema),
  status: z.enum(['active', 'disabled']),
  totpEnrolled: z.boolean(),
  lockedUntil: instantSchema.nullable(),
  lastSignInAt: instantSchema.nullable(),
  createdAt: instantSchema,
  version: z.number().int(),
});
export type StaffMember = z.infer<typeof staffMemberSchema>;
export const createStaffSchema = z.strictObject({
  username: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9._-]{2,49}$/, 'FORMAT'),
  displayName: z.string().trim().min(1).max(50),
  role: z.enum(STAFF_ROLES),
  zoneCode: z.enum(ZONE_CODES),
  venueIds: z.array(idSchema).max(200).default([]).describe('For venue roles only; empty for the others'),
});
export const updateStaffSchema = z.strictObject({
  version: z.number().int(),
  displayName: z.string().trim().min(1).max(50),
  role: z.enum(STAFF_ROLES),
  zoneCode: z.enum(ZONE_CODES),
  venueIds: z.array(idSchema).max(200).default([]),
  status: z.enum(['active', 'disabled']),
});
/** A new member of staff, or one whose access was reset, signs in once with this and must change it. */
export const oneTimePasswordSchema = z.object({ staff: staffMemberSchema, oneTimePassword: z.string() });

/** Sandbox only: what the authenticator of a demo account shows now. */
export const sandboxTotpSchema = z.object({
  items: z.array(
    z.object({
      username: z.string(),
      password: z.string(),
      displayName: z.string(),
      role: z.enum(STAFF_ROLES),
      zoneCode: z.enum(ZONE_CODES),
      code: z.string(),
    }),
  ),
  secondsLeft: z.number().int(),
});
export type SandboxTotp = z.infer<typeof sandboxTotpSchema>;
