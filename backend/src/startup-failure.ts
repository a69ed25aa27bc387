import { DemoDataError } from './demo/refuse-demo-data.js';
import { AuditKeyError } from './platform/audit/audit-keys.js';
import { ConfigError } from './platform/config/config.js';
import { KeyFileError } from './platform/crypto/keyring.js';
import { NewerDatabaseError } from './platform/database/migrate.js';

interface SystemError {
  readonly code?: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly port?: number;
  readonly address?: string;
}

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
const REFUSED: Readonly<Record<string, string>> = {
  ER_ACCESS_DENIED_ERROR: 'user or password is wrong',
  ER_DBACCESS_DENIED_ERROR: 'the user may not use this database',
  ER_BAD_DB_ERROR: 'there is no such database',
  ER_CON_COUNT_ERROR: 'it has no connection left',
};

/** `db.example:3306`, never the password. */
function databaseHost(env: NodeJS.ProcessEnv): string {
  try {
    const { host, pathname } = new URL(env.DATABASE_URL ?? '');
    return `${host}${pathname}`;
  } catch {
    return 'of DATABASE_URL';
  }
}

/** Errors whose message is already the line for the operator. */
const SAID_IN_FULL = [ConfigError, DemoDataError, KeyFileError, AuditKeyError, NewerDatabaseError];

/**
 * Why the service did not start, in one line, when it is something an operator can mend; null for a fault of ours.
 */
export function startupFailure(error: unknown, env: NodeJS.ProcessEnv): string | null {
  if (SAID_IN_FULL.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code = '', syscall, path, port, address } = (error ?? {}) as SystemError;
  if (syscall === 'listen') {
    const place = `${address ?? ''}${port === undefined ? '' : `:${port}`}`;
    if (code === 'EADDRINUSE') return `port ${port} is taken: stop the other program or set PORT`;
    if (code === 'EACCES') return `port ${port} needs more rights: choose one above 1024`;
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      return `HOST ${place} is not an address of this machine`;
  }
  if (env.DATABASE_URL) {
    if (UNREACHABLE.has(code)) return `database ${databaseHost(env)} cannot be reached (${code})`;
    const refusal = REFUSED[code];
    if (refusal) return `database ${databaseHost(env)} refuses: ${refusal}`;
  }
  if (code === 'SQLITE_CANTOPEN' || code === 'SQLITE_NOTADB' || code === 'SQLITE_READONLY') {
    return `the SQLite database in ${env.DATA_DIR || 'data'} cannot be used (${code})`;
  }
  if (['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR'].includes(code) && path) {
    return `${path} cannot be used (${code})`;
  }
  return null;
}
