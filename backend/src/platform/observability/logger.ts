import { type Logger, pino } from 'pino';
import type { AppConfig } from '../config/config.js';

/** Injection token of the one logger. */
export const LOGGER = Symbol('LOGGER');

/**
 * JSON lines with request ids and no personal data: bodies, queries and headers are never logged, and an error
 * carries its stack but not the SQL parameters that TypeORM hangs onto it.
 */
export function createLogger(config: Pick<AppConfig, 'LOG_LEVEL'>): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: unknown) => {
        if (!(error instanceof Error)) return { type: typeof error };
        const { code } = error as { code?: unknown };
        return { type: error.name, message: error.message, code, stack: error.stack };
      },
    },
  });
}
