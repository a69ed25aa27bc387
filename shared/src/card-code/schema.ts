import * as z from 'zod';
import { idSchema, instantSchema } from '../common/schema.js';

/** Base64url without padding. */
const bytes = (length: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((length * 4) / 3)}}$`), 'FORMAT');
export const publicKeySchema = bytes(32).describe('Ed25519 public key, 32 bytes, base64url');
export const signatureSchema = bytes(64).describe('Ed25519 signature, 64 bytes, base64url');

export const CODE_PLATFORMS = ['weapp', 'h5'] as const;

/** Makes the phone the one that shows the card's code. Another one active before is revoked. */
export const enrolDeviceSchema = z.strictObject({
  cardId: idSchema,
  publicKey: publicKeySchema,
  platform: z.enum(CODE_PLATFORMS),
});
export type EnrolDevice = z.infer<typeof enrolDeviceSchema>;
export const codeDeviceSchema = z.object({
  deviceId: idSchema,
  cardId: idSchema,
  label: z.string().describe('微信 · iPhone'),
  platform: z.enum(CODE_PLATFORMS),
  enrolledAt: instantSchema,
  lastRenewedAt: instantSchema,
  status: z.enum(['active', 'revoked']),
  revokedAt: instantSchema.nullable(),
  current: z.boolean().describe('Enrolled in the session that asks'),
});
export type CodeDevice = z.infer<typeof codeDeviceSchema>;

/** What the phone keeps to make codes without network. */
export const credentialSchema = z.object({
  deviceId: idSchema,
  cardId: idSchema,
  credential: z.string().describe('COSE_Sign1 of the issuer, base64url; see docs/card-code.md'),
  renewFrom: instantSchema.describe('From then on it is worth fetching the next'),
  expiresAt: instantSchema,
  serverTime: instantSchema.describe('The phone keeps its offset to it'),
});
export type Credential = z.infer<typeof credentialSchema>;
export const renewCredentialSchema = z.strictObject({
  deviceId: idSchema,
  at: instantSchema.describe('Of the phone, corrected by its offset; within five minutes'),
  signature: signatureSchema.describe('By the device key over `renew:<deviceId>:<at>` in UTF-8'),
});

/** For a browser that cannot keep a key: made by the service, good for a minute, needs network. */
export const onlineCodeSchema = z.strictObject({ cardId: idSchema });
export const shownCodeSchema = z.object({
  code: z.string().describe('Content of the QR code'),
  expiresAt: instantSchema,
  serverTime: instantSchema,
});
export type ShownCode = z.infer<typeof shownCodeSchema>;

/** COSE_KeySet as JSON: keys that verify credentials and status lists. */
export const keySetSchema = z.object({
  keys: z.array(
    z.object({
      kid: z.string().describe('Key id, base64url'),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: publicKeySchema,
      notAfter: instantSchema.nullable(),
    }),
  ),
});
export type KeySet = z.infer<typeof keySetSchema>;

/** Token Status List (IETF draft-ietf-oauth-status-list), signed: four bits for each place, 0 is valid. */
export const statusListSchema = z.object({
  version: z.number().int().describe('Never goes back'),
  issuedAt: instantSchema,
  list: z.string().describe('COSE_Sign1 over the list, base64url; see docs/card-code.md'),
});
export type StatusList = z.infer<typeof statusListSchema>;

// ---- devices of clerks

export const clerkDeviceSchema = z.object({
  deviceId: idSchema,
  staffId: idSchema,
  staffName: z.string(),
  label: z.string(),
  status: z.enum(['invited', 'active', 'revoked']),
  invitedAt: instantSchema,
  enrolledAt: instantSchema.nullable(),
  lastSeenAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});
export type ClerkDevice = z.infer<typeof clerkDeviceSchema>;
export const inviteClerkDeviceSchema = z.strictObject({ staffId: idSchema });
/** Shown once to the administrator; the clerk types it on the phone within fifteen minutes. */
export const clerkInvitationSchema = z.object({
  device: clerkDeviceSchema,
  enrolmentCode: z.string().describe('10 characters, parted in the middle'),
  expiresAt: instantSchema,
});
export type ClerkInvitation = z.infer<typeof clerkInvitationSchema>;
export const enrolClerkSchema = z.strictObject({
  enrolmentCode: z.string().trim().min(8).max(20),
  publicKey: publicKeySchema,
});
export const clerkSessionInputSchema = z.strictObject({
  deviceId: idSchema,
  at: instantSchema,
  signature: signatureSchema.describe('By the clerk device over `clerk-session:<deviceId>:<at>` in UTF-8'),
});
export const clerkSessionSchema = z.object({
  deviceId: idSchema,
  accessToken: z.string().describe('Of the staff account, for the window routes only'),
  accessTokenExpiresAt: instantSchema,
  staff: z.object({ staffId: idSchema, displayName: z.string(), venueIds: z.array(idSchema) }),
  serverTime: instantSchema,
});
export type ClerkSession = z.infer<typeof clerkSessionSchema>;
