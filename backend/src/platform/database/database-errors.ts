interface DriverError {
  code?: string;
  errno?: number;
  /** mysql2: the connection is of no more use. */
  fatal?: boolean;
}

function driverErrorOf(error: unknown): DriverError {
  const outer = error as { driverError?: DriverError } & DriverError;
  return outer?.driverError ?? outer ?? {};
}

const UNIQUE = new Set<unknown>([1062, 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
/** CHECK: 4025 is MariaDB's number, 3819 MySQL's. */
const CHECK = new Set<unknown>([4025, 3819, 'SQLITE_CONSTRAINT_CHECK']);
/** Deadlock, lock wait time-out, and Galera without quorum (1047, 1180): nothing was written, try anew. */
const TRANSIENT = new Set<unknown>([1213, 1205, 1047, 1180, 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);
const CONNECTION_LOST = new Set<unknown>([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ER_SERVER_SHUTDOWN',
  1053,
  1927,
  2006,
  2013,
]);

const matches = (codes: Set<unknown>, error: unknown): boolean => {
  const { code, errno } = driverErrorOf(error);
  return codes.has(code) || codes.has(errno);
};

export const isUniqueViolation = (error: unknown): boolean => matches(UNIQUE, error);
export const isCheckViolation = (error: unknown): boolean => matches(CHECK, error);
export const isTransient = (error: unknown): boolean => matches(TRANSIENT, error);
/** The connection broke or could not be made. What it was asked to COMMIT may or may not have gone through. */
export function isConnectionLost(error: unknown): boolean {
  const { fatal, errno } = driverErrorOf(error);
  // A command after the break is refused by mysql2 itself, without code or number.
  return matches(CONNECTION_LOST, error) || (fatal === true && errno === undefined);
}
