import { join, resolve } from 'node:path';
import { type Environment, environmentSchema } from './environment.js';

export type { Environment } from './environment.js';

/** The environment with its defaults filled in and its paths made absolute. */
export interface AppConfig extends Environment {
  readonly dataDir: string;
  readonly filesDir: string;
  readonly fieldKeysFile: string;
  readonly auditSigningKeyFile: string;
  readonly auditExportFile: string;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly sandbox: boolean;
}

/** All that is wrong with the environment, each problem a line. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`configuration: ${problems.join('; ')}`);
    this.name = 'ConfigError';
  }
}

const NEEDED_IN_PRODUCTION = [
  'PUBLIC_URL',
  'FIELD_KEYS_FILE',
  'AUDIT_SIGNING_KEY_FILE',
  'TOKEN_SECRETS',
] as const satisfies readonly (keyof Environment)[];

/** What no single variable shows: combinations, and what production asks for. */
function contradictions(config: Partial<Environment>, broken: ReadonlySet<string> = new Set()): string[] {
  const problems: string[] = [];
  if (config.APP_ENV === 'production') {
    if (config.WECHAT_MODE === 'sandbox') problems.push('WECHAT_MODE=sandbox is refused in production');
    if (config.DEMO_DATA !== undefined && config.DEMO_DATA !== 'none')
      problems.push(`DEMO_DATA=${config.DEMO_DATA} is refused in production`);
    for (const name of NEEDED_IN_PRODUCTION) {
      if (!config[name] && !broken.has(name)) problems.push(`${name} is needed in production`);
    }
    if (config.PUBLIC_URL && !config.PUBLIC_URL.startsWith('https://')) {
      problems.push('PUBLIC_URL must start with https:// in production');
    }
  }
  if (config.WECHAT_MODE === 'live') {
    if (!config.WECHAT_APP_ID) problems.push('WECHAT_APP_ID is needed with WECHAT_MODE=live');
    if (!config.WECHAT_APP_SECRET) problems.push('WECHAT_APP_SECRET is needed with WECHAT_MODE=live');
  }
  if (
    Boolean(config.SMS_GATEWAY_URL) !== Boolean(config.SMS_GATEWAY_SECRET) &&
    !broken.has('SMS_GATEWAY_SECRET')
  ) {
    problems.push('SMS_GATEWAY_URL and SMS_GATEWAY_SECRET are needed together');
  }
  const templates = [
    config.WECHAT_TEMPLATE_BOOKING,
    config.WECHAT_TEMPLATE_WAITING,
    config.WECHAT_TEMPLATE_CARD,
    config.WECHAT_TEMPLATE_REQUEST,
  ].flatMap((one) => (one ? [one.templateId] : []));
  if (new Set(templates).size < templates.length) {
    problems.push('WECHAT_TEMPLATE_… name one template twice');
  }
  if (config.METRICS_PORT !== undefined && config.METRICS_PORT === config.PORT) {
    problems.push('METRICS_PORT must differ from PORT');
  }
  return problems;
}

/** Those variables that are sound by themselves, so that one bad variable does not hide a contradiction elsewhere. */
function soundParts(given: Record<string, string | undefined>, broken: ReadonlySet<string>) {
  const sound = Object.fromEntries(Object.entries(given).filter(([name]) => !broken.has(name)));
  const parsed = environmentSchema.safeParse(sound);
  if (!parsed.success) return {};
  // A default must not stand in for a value that was given and is broken.
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !broken.has(name)));
}

/**
 * Reads the environment once, at start. Empty variables count as absent.
 * @throws ConfigError with every problem at once, so that an operator mends them in one go
 */
export function loadConfig(env: NodeJS.ProcessEnv): AppConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const broken = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
    throw new ConfigError([
      ...parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`),
      ...contradictions(soundParts(given, broken), broken),
    ]);
  }
  const config = parsed.data;
  const problems = contradictions(config);
  if (problems.length > 0) throw new ConfigError(problems);
  const dataDir = resolve(config.DATA_DIR);
  return {
    ...config,
    dataDir,
    filesDir: resolve(config.FILES_DIR ?? join(dataDir, 'files')),
    fieldKeysFile: resolve(config.FIELD_KEYS_FILE ?? join(dataDir, 'keys.json')),
    auditSigningKeyFile: resolve(config.AUDIT_SIGNING_KEY_FILE ?? join(dataDir, 'audit-signing-key.pem')),
    auditExportFile: resolve(config.AUDIT_EXPORT_FILE ?? join(dataDir, 'audit-seals.ndjson')),
    publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    sandbox: config.WECHAT_MODE === 'sandbox',
  };
}

/** Injection token of AppConfig. */
export const APP_CONFIG = Symbol('APP_CONFIG');
