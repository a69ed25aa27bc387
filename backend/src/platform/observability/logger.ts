import { type Logger, pino } from 'pino';
import type { AppConfig } from '../config/config.js';
import { safeError } from './safe-error.js';

/** Injection token of the one logger. */
export const LOGGER = Symbol('LOGGER');

/**
 * JSON lines with request ids and no personal data: bodies, queries and headers are never logged, and an error
 * carries its kind and place but none of the values in it. Hang errors on `err`.
 */
export function createLogger(config: Pick<AppConfig, 'LOG_LEVEL'>): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => safeError(error), error: (error: unknown) => safeError(error) },
  });
}
