import { accountRoutes } from '@talent-card/shared/accounts/routes';
import type { Session } from '@talent-card/shared/accounts/schema';
import {
  API_PREFIX,
  type CallArguments,
  fillPath,
  type ResponseOf,
  type Route,
} from '@talent-card/shared/common/route';
import type { Problem } from '@talent-card/shared/common/schema';
import Taro from '@tarojs/taro';
import { apiBase } from './api-base';
import { ApiError } from './api-error';
import { clock } from './clock';
import { learnFromHeader } from './server-time';
import { setSession, storedSession, useSession } from './session';
import { uploadBlob } from './upload-blob';

const BASE = apiBase();
const TIMEOUT_MS = 15_000;
const UPLOAD_TIMEOUT_MS = 60_000;

export interface CallOptions {
  /** Needed by idempotent routes: one key per submission, kept for its retries. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** Gives up earlier than usual, where somebody is waiting and there is another way. */
  timeoutMs?: number;
}

interface RawCall {
  route: Route;
  params?: Record<string, string>;
  query?: unknown;
  body?: unknown;
}

let onSignInNeeded: () => void = () => undefined;

/** Says where to lead somebody whose session has ended; called once for any number of calls that notice it. */
export function whenSignInIsNeeded(lead: () => void): void {
  onSignInNeeded = lead;
}

/**
 * Calls a route of the contract. Throws ApiError only. A 401 is answered by one refresh that all parallel calls
 * share, then by repeating the call with its own idempotency key.
 */
export async function call<R extends Route>(
  route: R,
  args: CallArguments<R> & CallOptions,
): Promise<ResponseOf<R>> {
  if (route.idempotent && !args.idempotencyKey) {
    throw new Error(`${route.method} ${route.path} needs an idempotency key`);
  }
  const raw: RawCall = { route, params: args.params, query: args.query, body: args.body };
  return withSession(route, (token) => send(raw, token, args)) as Promise<ResponseOf<R>>;
}

/**
 * Calls a route in the name of another session than the citizen's, such as a clerk's at the window. A 401 is thrown:
 * how that session is renewed is the caller's business.
 */
export async function callAs<R extends Route>(
  token: string,
  route: R,
  args: CallArguments<R> & CallOptions,
): Promise<ResponseOf<R>> {
  const raw: RawCall = { route, params: args.params, query: args.query, body: args.body };
  return send(raw, token, args) as Promise<ResponseOf<R>>;
}

/** Uploads one local file as the field `file` of a multipart route; `fields` travel beside it. */
export async function upload<R extends Route>(
  route: R,
  args: {
    params?: Record<string, string>;
    filePath: string;
    fileName?: string;
    /** The file itself, where the browser has it. */
    blob?: Blob;
    fields?: Record<string, string>;
    onProgress?: (percent: number) => void;
  } & CallOptions,
): Promise<ResponseOf<R>> {
  return withSession(route, async (token) => {
    try {
      if (process.env.TARO_ENV === 'h5' && args.blob) {
        const answer = await uploadBlob({
          url: BASE + API_PREFIX + fillPath(route.path, args.params),
          blob: args.blob,
          fileName: args.fileName ?? 'file',
          fields: args.fields ?? {},
          headers: headers(token, args.idempotencyKey),
          timeoutMs: UPLOAD_TIMEOUT_MS,
          onProgress: args.onProgress,
          signal: args.signal,
        });
        return read(answer.statusCode, parse(answer.data));
      }
      const task = Taro.uploadFile({
        url: BASE + API_PREFIX + fillPath(route.path, args.params),
        filePath: args.filePath,
        name: 'file',
        ...(args.fileName ? { fileName: args.fileName } : {}),
        formData: args.fields ?? {},
        header: headers(token, args.idempotencyKey),
        timeout: UPLOAD_TIMEOUT_MS,
      });
      if (args.onProgress) task.progress?.((event) => args.onProgress?.(event.progress));
      args.signal?.addEventListener?.('abort', () => {
        (task as { abort?: () => void }).abort?.();
      });
      const answer = await task;
      return read(answer.statusCode, parse(answer.data));
    } catch (failure) {
      throw asApiError(failure);
    }
  }) as Promise<ResponseOf<R>>;
}

async function withSession<T>(route: Route, attempt: (token: string | null) => Promise<T>): Promise<T> {
  if (route.access === 'public') return attempt(null);
  const session = useSession.getState().session;
  if (!session) throw new ApiError('UNAUTHENTICATED', {}, null, 401);
  try {
    return await attempt(session.accessToken);
  } catch (failure) {
    if (!isSessionOver(failure)) throw failure;
    const renewed = await renewSession(session);
    return attempt(renewed.accessToken);
  }
}

function isSessionOver(failure: unknown): failure is ApiError {
  return (
    failure instanceof ApiError && (failure.code === 'UNAUTHENTICATED' || failure.code === 'SESSION_EXPIRED')
  );
}

let renewal: Promise<Session> | null = null;

/**
 * The session after `used`, whose access token was refused. Refresh tokens rotate and a second use counts as theft,
 * so that exactly one refresh runs: calls share it, and tabs of a browser take turns and look into the storage first.
 */
function renewSession(used: Session): Promise<Session> {
  const current = useSession.getState().session;
  if (current && current.accessToken !== used.accessToken) return Promise.resolve(current);
  renewal ??= takingTurns(() => refresh(used)).finally(() => {
    renewal = null;
  });
  return renewal;
}

async function refresh(used: Session): Promise<Session> {
  const stored = storedSession();
  if (stored && stored.refreshToken !== used.refreshToken) {
    setSession(stored);
    return stored;
  }
  try {
    const session = (await send(
      { route: accountRoutes.refresh, body: { refreshToken: used.refreshToken } },
      null,
      {},
    )) as Session;
    setSession(session);
    return session;
  } catch (failure) {
    // Without a network the session may still be good: keep it and let the page offer a retry.
    if (
      failure instanceof ApiError &&
      failure.status >= 400 &&
      failure.status < 500 &&
      failure.status !== 429
    ) {
      setSession(null, failure.code);
      onSignInNeeded();
    }
    throw failure;
  }
}

function takingTurns<T>(work: () => Promise<T>): Promise<T> {
  if (process.env.TARO_ENV === 'h5' && typeof navigator !== 'undefined' && navigator.locks) {
    return navigator.locks.request('talent-card-refresh', work) as Promise<T>;
  }
  return work();
}

async function send(raw: RawCall, token: string | null, options: CallOptions): Promise<unknown> {
  const { route } = raw;
  const askedAt = clock.now();
  try {
    const task = Taro.request<unknown>({
      url: BASE + API_PREFIX + fillPath(route.path, raw.params) + queryString(raw.query),
      // The contract keeps to the methods that wx.request has.
      method: route.method,
      ...(raw.body === undefined ? {} : { data: raw.body as TaroGeneral.IAnyObject }),
      header: {
        ...headers(token, options.idempotencyKey),
        ...(raw.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      timeout: options.timeoutMs ?? TIMEOUT_MS,
    });
    options.signal?.addEventListener?.('abort', () => {
      (task as { abort?: () => void }).abort?.();
    });
    const answer = await task;
    // What was only read may come from a cache and be dated accordingly.
    if (route.method !== 'GET') learnFromHeader(answer.header, askedAt);
    return read(answer.statusCode, answer.data);
  } catch (failure) {
    throw asApiError(failure);
  }
}

function headers(token: string | null, idempotencyKey: string | undefined): Record<string, string> {
  return {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
  };
}

function queryString(query: unknown): string {
  const pairs = Object.entries((query ?? {}) as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function read(status: number, data: unknown): unknown {
  if (status === 204) return undefined;
  // weapp hands over a string when a body was not JSON, h5 null.
  const body = typeof data === 'string' ? parse(data) : data;
  if (status >= 200 && status < 300) return body ?? undefined;
  const problem = body as Partial<Problem> | null | undefined;
  if (problem && typeof problem === 'object' && typeof problem.code === 'string') {
    throw new ApiError(
      problem.code as ApiError['code'],
      problem.details ?? {},
      problem.requestId ?? null,
      status,
    );
  }
  // A proxy answered instead of the service.
  throw new ApiError(
    status >= 502 && status <= 504 ? 'SERVICE_UNAVAILABLE' : 'ANSWER_UNREADABLE',
    {},
    null,
    status,
  );
}

/** `wx.request` fails with `{ errMsg: 'request:fail timeout' }`, `fetch` with a TypeError or an AbortError. */
function asApiError(failure: unknown): ApiError {
  if (failure instanceof ApiError) return failure;
  const told = failure as { errMsg?: string; message?: string; name?: string } | null | undefined;
  const words = `${told?.name ?? ''} ${told?.errMsg ?? ''} ${told?.message ?? ''}`;
  return new ApiError(/time ?d? ?-?out|abort/i.test(words) ? 'NETWORK_TIMEOUT' : 'NETWORK_UNREACHABLE');
}
