interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly code?: unknown;
  readonly errno?: unknown;
  readonly cause?: unknown;
  readonly driverError?: unknown;
  readonly sqlMessage?: unknown;
}

export interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string[];
  readonly cause?: SafeError;
}

const CAUSES = 3;
/** Constraint, key or column, as MariaDB and SQLite name it at the end of their sentence; never the value before it. */
const SUBJECT =
  /(?:for key|column|CONSTRAINT|constraint failed:|no such (?:table|column):) [`']?([\w.]{1,120})[`']?/g;

const isDatabaseError = (error: ErrorLike): boolean =>
  error.driverError !== undefined ||
  error.sqlMessage !== undefined ||
  /^(?:SQLITE_|ER_)/.test(String(error.code ?? ''));

const codeOf = (error: ErrorLike): string | number | undefined => {
  const { code = error.errno } = error;
  return typeof code === 'string' || typeof code === 'number' ? code : undefined;
};

/** `Duplicate entry 'Lin Haiqing' for key 'uq_x'` → `database refused (ER_DUP_ENTRY, uq_x)`. */
function databaseMessage(error: ErrorLike): string {
  const driver = (error.driverError ?? error) as ErrorLike;
  const subject = [...String(driver.message ?? '').matchAll(SUBJECT)].at(-1)?.[1];
  const parts = [codeOf(driver), subject].filter((part) => part !== undefined);
  return `database refused (${parts.join(', ')})`;
}

/** Quoted pieces of input and long runs of digits (numbers of documents, phones, accounts) are left out. */
function redact(text: string): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g, '"…"')
    .replace(/\d{6,}[\dXx]*/g, '…')
    .replace(/[\p{sc=Han}·]{2,}/gu, '…')
    .slice(0, 500);
}

/** The frames alone: the first lines of a stack repeat the message. */
function frames(stack: unknown): string[] | undefined {
  if (typeof stack !== 'string') return undefined;
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
    .map((line) => line.trim());
}

/**
 * An error fit for a log: where and of what kind, without the values in it. MariaDB writes the duplicate value into
 * its message, TypeORM hangs query and parameters onto the error, JSON.parse quotes what it could not read.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (error === null || typeof error !== 'object') return { type: typeof error, message: 'thrown value' };
  const like = error as ErrorLike;
  const code = codeOf((like.driverError as ErrorLike | undefined) ?? like);
  const stack = frames(like.stack);
  return {
    type: typeof like.name === 'string' ? like.name : 'Error',
    message: isDatabaseError(like) ? databaseMessage(like) : redact(String(like.message ?? '')),
    ...(code === undefined ? {} : { code }),
    ...(stack ? { stack } : {}),
    ...(like.cause && depth < CAUSES ? { cause: safeError(like.cause, depth + 1) } : {}),
  };
}
