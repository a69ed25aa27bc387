import { resolve } from 'node:path';
import * as z from 'zod';

/** A number written as text, as the environment has it. */
const numberText = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const environmentSchema = z.object({
  APP_ENV: z.enum(['development', 'test', 'production']).default('development'),
  PORT: numberText(3000, 0, 65535),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url().optional().describe('Address people use, for links; default http://localhost:PORT'),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(mysql|mariadb):\/\//, 'must look like mysql://user:password@host:3306/name')
    .optional(),
  DATABASE_POOL: numberText(10, 1, 200),
  WECHAT_MODE: z.enum(['sandbox', 'live']).default('sandbox'),
  WECHAT_APP_ID: z.string().optional(),
  WECHAT_APP_SECRET: z.string().optional(),
  DEMO_DATA: z.enum(['load', 'none']).default('none'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Environment = z.infer<typeof environmentSchema>;
export interface AppConfig extends Environment {
  readonly dataDir: string;
  readonly sandbox: boolean;
}

/** All that is wrong with the environment, each problem a line. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(`configuration: ${problems.join('; ')}`);
  }
}

/** Reads the environment once, at start. Lists every problem at once, so that an operator mends them in one go. */
export function loadConfig(env: NodeJS.ProcessEnv): AppConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message.toLowerCase()}`),
    );
  }
  const config = parsed.data;
  const problems: string[] = [];
  if (config.APP_ENV === 'production') {
    if (config.WECHAT_MODE === 'sandbox') problems.push('WECHAT_MODE=sandbox is refused in production');
    if (config.DEMO_DATA === 'load') problems.push('DEMO_DATA=load is refused in production');
  }
  if (config.WECHAT_MODE === 'live') {
    if (!config.WECHAT_APP_ID) problems.push('WECHAT_APP_ID is needed with WECHAT_MODE=live');
    if (!config.WECHAT_APP_SECRET) problems.push('WECHAT_APP_SECRET is needed with WECHAT_MODE=live');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return { ...config, dataDir: resolve(config.DATA_DIR), sandbox: config.WECHAT_MODE === 'sandbox' };
}

/** Injection token of AppConfig. */
export const APP_CONFIG = Symbol('APP_CONFIG');
