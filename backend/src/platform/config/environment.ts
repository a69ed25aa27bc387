import type { SubscriptionTopic } from '@talent-card/shared/messages/schema';
import * as z from 'zod';
import { CIPHER_SUITES } from '../crypto/suites.js';
import { unusableProxies } from '../http/trusted-proxies.js';
import { readTemplateSetting } from '../wechat/template-setting.js';

/** A whole number, which the environment holds as text. */
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const address = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://talent.example.gov.cn' })
  .transform((text) => text.replace(/\/+$/, ''));

const template = (topic: SubscriptionTopic, what: string) =>
  z
    .string()
    .transform((text, context) => {
      const read = readTemplateSetting(topic, text);
      if (!Array.isArray(read)) return read;
      for (const message of read) context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional()
    .describe(
      `Template of WeChat messages about ${what}, see docs/wechat-launch.md; without it none is sent`,
    );

/**
 * Every variable the service reads. The descriptions are the text of the table in docs/operations.md, which a test
 * holds against this schema.
 */
export const environmentSchema = z.object({
  APP_ENV: oneOf('development', 'test', 'production')
    .default('development')
    .describe('`production` refuses the sandbox, generated secrets and plain http'),
  PORT: wholeNumber(0, 65535).default(3000).describe('Port of everything: apps, API, documents'),
  HOST: z.string().default('0.0.0.0').describe('Address to listen on'),
  PUBLIC_URL: address
    .optional()
    .describe('Address people use, for links; `http://localhost:PORT` when absent, https in production'),
  TRUSTED_PROXIES: list
    .superRefine((entries, context) => {
      const unusable = unusableProxies(entries);
      if (unusable.length === 0) return;
      context.addIssue({
        code: 'custom',
        message: `has entries that are no address, range, loopback or none: ${unusable.join(', ')}`,
      });
    })
    .default(['loopback'])
    .describe(
      'Proxies whose X-Forwarded-For and X-Request-Id are believed: addresses or CIDR, comma-separated',
    ),
  DATA_DIR: z
    .string()
    .default('data')
    .describe('Folder of the SQLite database, of files, and of keys that were not put elsewhere'),
  FILES_DIR: z
    .string()
    .optional()
    .describe('Folder of uploaded documents (encrypted); `DATA_DIR/files` when absent; shared by all nodes'),
  DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\/[^/]+\/\w+/, 'must look like mysql://user:password@host:3306/name')
    .optional()
    .describe('`mysql://user:password@host:3306/name`; SQLite in DATA_DIR when absent'),
  DATABASE_POOL: wholeNumber(1, 200).default(10).describe('Connections for each of reading and writing'),
  FIELD_KEYS_FILE: z
    .string()
    .optional()
    .describe(
      'Key file of the encrypted fields (`cli keys create`); `DATA_DIR/keys.json` outside production',
    ),
  CIPHER_SUITE: oneOf(...CIPHER_SUITES)
    .default('aes')
    .describe('How new values are encrypted: `aes` (AES-256-GCM) or `sm` (SM4-CTR with HMAC-SM3)'),
  AUDIT_SIGNING_KEY_FILE: z
    .string()
    .optional()
    .describe('Ed25519 private key (PEM) that signs the audit seals; made in DATA_DIR outside production'),
  AUDIT_EXPORT_FILE: z
    .string()
    .optional()
    .describe(
      'Audit seals as lines outside the database, best on write-once storage; `DATA_DIR/audit-seals.ndjson` when absent',
    ),
  TOKEN_SECRETS: list
    .refine((secrets) => secrets.length > 0 && secrets.every((secret) => secret.length >= 32), {
      error: 'each secret must have at least 32 characters',
    })
    .optional()
    .describe(
      'Secrets of the access tokens, comma-separated: the first signs, all verify; made in DATA_DIR outside production',
    ),
  WECHAT_MODE: oneOf('sandbox', 'live')
    .default('sandbox')
    .describe('`sandbox` lets anybody pick a made-up person; `live` talks to WeChat'),
  WECHAT_APP_ID: z.string().optional().describe('AppID of the mini-program, with `live`'),
  WECHAT_APP_SECRET: z.string().optional().describe('AppSecret of the mini-program, with `live`'),
  WECHAT_MINIPROGRAM_STATE: oneOf('formal', 'trial', 'developer')
    .default('formal')
    .describe('Which version of the mini-program a WeChat message opens'),
  WECHAT_TEMPLATE_BOOKING: template('booking', 'bookings'),
  WECHAT_TEMPLATE_WAITING: template('waiting', 'the waiting line and free places'),
  WECHAT_TEMPLATE_CARD: template('card', 'cards and applications'),
  WECHAT_TEMPLATE_REQUEST: template('request', 'requests, appeals and disputes'),
  SMS_GATEWAY_URL: address
    .optional()
    .describe('Gateway of text messages (see docs/messages.md), with `live`; without it none is sent'),
  SMS_GATEWAY_SECRET: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Secret that signs what goes to SMS_GATEWAY_URL'),
  IDENTITY_VERIFIER_URL: address
    .optional()
    .describe(
      'Service that says whether a name belongs to a document (see docs/people.md); without it the sandbox knows made-up people and `live` proves nobody',
    ),
  IDENTITY_VERIFIER_TOKEN: z.string().optional().describe('Bearer token for IDENTITY_VERIFIER_URL'),
  DEMO_DATA: oneOf('load', 'staff', 'none')
    .default('none')
    .describe(
      '`load` fills an empty database with made-up people, `staff` only with demo accounts of staff; not in production',
    ),
  CARD_VALIDITY_YEARS: wholeNumber(1, 20)
    .default(5)
    .describe('Years that a new card is valid; no published text says, 5 is the rule of the provincial card'),
  NO_SHOW_LIMIT: wholeNumber(1, 20).default(3).describe('Points for not coming at which booking pauses'),
  NO_SHOW_DAYS: wholeNumber(1, 365).default(30).describe('Days after which a point for not coming is gone'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent')
    .default('info')
    .describe('Least severe log line written'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Bearer token of `/metrics`'),
  METRICS_PORT: wholeNumber(1, 65535)
    .optional()
    .describe('Serves `/metrics` on a port of its own (loopback, no token) instead'),
  JSON_LIMIT_KB: wholeNumber(16, 10_240).default(1024).describe('Largest JSON body, in KiB'),
  SHUTDOWN_SECONDS: wholeNumber(1, 120)
    .default(10)
    .describe('How long requests in flight may take to end after SIGTERM'),
  DRAIN_SECONDS: wholeNumber(0, 60)
    .default(0)
    .describe('How long `/health/ready` fails before the port closes, for a balancer to notice'),
});

export type Environment = z.infer<typeof environmentSchema>;
