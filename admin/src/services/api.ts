import { staffRoutes } from '@talent-card/shared/accounts/routes';
import type { StaffSession } from '@talent-card/shared/accounts/schema';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import {
  API_PREFIX,
  type CallArguments,
  fillPath,
  type ResponseOf,
  type Route,
} from '@talent-card/shared/common/route';
import type { FieldProblem, Problem } from '@talent-card/shared/common/schema';
import type { ClientErrorCode } from '../i18n/errors.js';

/** An answer ≥ 400, or none at all. `code` keys the words shown; `requestId` is what a user quotes to operations. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode | ClientErrorCode,
    readonly status: number,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly requestId: string | null = null,
  ) {
    super(code);
    this.name = 'ApiError';
  }

  /** The wrong fields of VALIDATION_FAILED, by path. */
  get fields(): readonly FieldProblem[] {
    const { fields } = this.details;
    return Array.isArray(fields) ? fields.filter(isFieldProblem) : [];
  }

  /** Whether the same submission may still have been carried out: nothing final was heard. */
  get isUncertain(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return typeof value === 'object' && value !== null && 'path' in value && 'code' in value;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Kept by the caller for retries of one submission; made here when absent. */
  idempotencyKey?: string | undefined;
}

/** 128 random bits. `crypto.randomUUID` is missing where an office opens the console over plain http. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join(
    '',
  );
}

// ---- session: the access token lives in this variable alone, so that no script finds it in a store.

let accessToken: string | null = null;
let refreshing: Promise<StaffSession> | null = null;
let onSessionLost: (() => void) | null = null;
let onSessionRenewed: ((session: StaffSession) => void) | null = null;

export function setAccessToken(token: string | null): void {
  accessToken = token;
}

export function watchSession(watch: { lost: () => void; renewed: (session: StaffSession) => void }): void {
  onSessionLost = watch.lost;
  onSessionRenewed = watch.renewed;
}

/**
 * Turns the HttpOnly cookie into a new access token. Callers at the same time share one request. Between tabs a lock
 * keeps order: the cookie rotates with each use, and a second use of the old one would look like theft.
 */
export function refreshSession(): Promise<StaffSession> {
  refreshing ??= inTabOrder(() => send<StaffSession>(staffRoutes.refresh, {}, {}))
    .then((session) => {
      accessToken = session.accessToken;
      onSessionRenewed?.(session);
      return session;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

function inTabOrder<T>(work: () => Promise<T>): Promise<T> {
  // Absent over plain http; there the race between tabs stays possible and ends in a sign-in.
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request('talent-card.staff-refresh', work) : work();
}

const wantsRefresh = (error: unknown) =>
  error instanceof ApiError &&
  error.status === 401 &&
  (error.code === 'UNAUTHENTICATED' || error.code === 'SESSION_EXPIRED');

/** Whether the refresh was refused for good. */
export const endsSession = (error: unknown) =>
  error instanceof ApiError && (error.status === 401 || error.status === 403);

/** Runs `attempt`; after a 401 of an ended access token once more with a fresh one. */
async function withSession<T>(route: Route, attempt: () => Promise<T>): Promise<T> {
  const used = accessToken;
  try {
    return await attempt();
  } catch (error) {
    if (route.access === 'public' || !wantsRefresh(error)) throw error;
  }
  // Another call may have refreshed while this one was under way.
  if (accessToken === used || accessToken === null) {
    try {
      await refreshSession();
    } catch (error) {
      // A network that failed, or a limit on requests, says nothing about the session.
      if (!endsSession(error)) throw error;
      accessToken = null;
      onSessionLost?.();
      throw new ApiError('SESSION_EXPIRED', 401);
    }
  }
  return attempt();
}

// ---- one call

/** Calls a route of the contract. Resolves with its typed answer, rejects with an `ApiError`. */
export function call<R extends Route>(
  route: R,
  args: CallArguments<R>,
  options: CallOptions = {},
): Promise<ResponseOf<R>> {
  return callLoosely<ResponseOf<R>>(route, args, options);
}

/** `call` for code that is generic over routes, such as paging; pages use `call`. */
export function callLoosely<T>(route: Route, args: LooseArguments, options: CallOptions = {}): Promise<T> {
  const idempotencyKey = route.idempotent ? (options.idempotencyKey ?? newIdempotencyKey()) : undefined;
  return withSession(route, () => send<T>(route, args, { ...options, idempotencyKey }));
}

type LooseArguments = { params?: Record<string, string> | undefined; query?: unknown; body?: unknown };

export function addressOf(route: Route, args: LooseArguments): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries((args.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const query = search.toString();
  return `${API_PREFIX}${fillPath(route.path, args.params)}${query ? `?${query}` : ''}`;
}

function headersOf(options: CallOptions): Record<string, string> {
  return {
    Accept: 'application/json, application/problem+json',
    ...(accessToken ? { Authorization: `Bearer ${accessToken}` } : {}),
    ...(options.idempotencyKey ? { 'Idempotency-Key': options.idempotencyKey } : {}),
  };
}

async function request(route: Route, args: LooseArguments, options: CallOptions): Promise<Response> {
  const hasBody = args.body !== undefined;
  let response: Response;
  try {
    response = await fetch(addressOf(route, args), {
      method: route.method,
      credentials: 'same-origin',
      headers: { ...headersOf(options), ...(hasBody ? { 'Content-Type': 'application/json' } : {}) },
      ...(hasBody ? { body: JSON.stringify(args.body) } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError('NETWORK', 0);
  }
  if (!response.ok)
    throw problemOf(response.status, await response.text(), response.headers.get('x-request-id'));
  return response;
}

async function send<T>(route: Route, args: LooseArguments, options: CallOptions): Promise<T> {
  const response = await request(route, args, options);
  const text = response.status === 204 ? '' : await response.text();
  return parseBody<T>(text, response.status);
}

function parseBody<T>(text: string, status: number): T {
  try {
    // The server serialises with the schema that types this route.
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch {
    throw new ApiError('UNREADABLE_ANSWER', status);
  }
}

export function problemOf(status: number, text: string, requestId: string | null): ApiError {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.code === 'string') {
      return new ApiError(
        problem.code as ErrorCode,
        status,
        problem.details ?? {},
        problem.requestId ?? requestId,
      );
    }
  } catch {
    // A proxy between us and the server answers in HTML.
  }
  return new ApiError(status >= 500 ? 'SERVICE_UNAVAILABLE' : 'UNREADABLE_ANSWER', status, {}, requestId);
}

// ---- files

/** Sends one file; `onProgress` hears the share sent, 0 to 1. fetch cannot tell progress, hence XMLHttpRequest. */
export function uploadFile<R extends Route>(
  route: R,
  file: File,
  options: CallOptions & { onProgress?: (share: number) => void },
): Promise<ResponseOf<R>> {
  const idempotencyKey = options.idempotencyKey ?? newIdempotencyKey();
  return withSession(
    route,
    () =>
      new Promise<ResponseOf<R>>((resolve, reject) => {
        const form = new FormData();
        form.append('file', file);
        const xhr = new XMLHttpRequest();
        xhr.open(route.method, addressOf(route, {}));
        for (const [name, value] of Object.entries(headersOf({ idempotencyKey })))
          xhr.setRequestHeader(name, value);
        xhr.upload.onprogress = (event) => {
          if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
        };
        xhr.onerror = () => reject(new ApiError('NETWORK', 0));
        xhr.onabort = () => reject(new DOMException('aborted', 'AbortError'));
        xhr.onload = () => {
          if (xhr.status >= 400) {
            reject(problemOf(xhr.status, xhr.responseText, xhr.getResponseHeader('x-request-id')));
            return;
          }
          try {
            resolve(parseBody<ResponseOf<R>>(xhr.responseText, xhr.status));
          } catch (error) {
            reject(error);
          }
        };
        options.signal?.addEventListener('abort', () => xhr.abort(), { once: true });
        xhr.send(form);
      }),
  );
}

/** `filename*` (RFC 5987) before `filename`; null where the server names none. */
export function fileNameOf(disposition: string | null): string | null {
  const extended = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition ?? '');
  if (extended?.[1]) {
    try {
      return decodeURIComponent(extended[1]);
    } catch {
      return null;
    }
  }
  return /filename\s*=\s*"?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null;
}

/** Fetches a file with the session and hands it to the browser's downloads. */
export async function downloadFile<R extends Route>(
  route: R,
  args: CallArguments<R>,
  fallbackName: string,
): Promise<void> {
  const response = await withSession(route, () => request(route, args, {}));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(response.headers.get('content-disposition')) ?? fallbackName;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers read the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
