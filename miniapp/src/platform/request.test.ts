import { accountRoutes } from '@talent-card/shared/accounts/routes';
import { cardRoutes } from '@talent-card/shared/cards/routes';
import { messageRoutes } from '@talent-card/shared/messages/routes';
import { card, me, problem, script, session } from '@test/script';
import Taro, { type ScriptedRequest, serve } from '@test/taro';
import { ApiError } from './api-error';
import { call, whenSignInIsNeeded } from './request';
import { setSession, useSession } from './session';

const expired = { statusCode: 401, data: problem('SESSION_EXPIRED') };
const bearer = (request: ScriptedRequest) => request.header.authorization;
const renewed = session({ accessToken: 'access-2', refreshToken: 'refresh-token-number-two' });

/** A service that knows `access-2` only. */
function afterExpiry(refresh: unknown) {
  const fresh = (answer: unknown) => (request: ScriptedRequest) =>
    bearer(request) === 'Bearer access-2' ? answer : expired;
  return script({
    'GET /me': fresh(me()),
    'GET /cards/mine': fresh({ items: [card()] }),
    'GET /messages/unread': fresh({ unread: 2 }),
    'POST /sessions/refresh': refresh,
  });
}

describe('a call', () => {
  const lead = jest.fn();
  beforeEach(() => {
    lead.mockClear();
    whenSignInIsNeeded(lead);
    setSession(session());
  });

  it('fills parameters and query, and sends token, body and key', async () => {
    const asked = script({
      'POST /cards/01/report-lost': card(),
      'GET /messages': { items: [], nextCursor: null },
    });
    await call(cardRoutes.reportLost, { params: { cardId: '01' }, idempotencyKey: 'k1' });
    await call(messageRoutes.list, { query: { cursor: 'a b', limit: 5 } });
    expect(asked[0]?.header).toMatchObject({ authorization: 'Bearer access-1', 'idempotency-key': 'k1' });
    expect(asked[1]?.url).toBe('/api/v1/messages?cursor=a%20b&limit=5');
  });

  it('refuses to run an idempotent route without its key', async () => {
    await expect(call(cardRoutes.reportLost, { params: { cardId: '01' } })).rejects.toThrow(
      /idempotency key/,
    );
  });

  it('says what the service said, with its request id', async () => {
    script({ 'GET /me': { statusCode: 403, data: problem('FORBIDDEN', { why: 'zone' }) } });
    await expect(call(accountRoutes.me, {})).rejects.toMatchObject({
      code: 'FORBIDDEN',
      details: { why: 'zone' },
      requestId: 'req-1',
      status: 403,
    });
  });

  it.each([
    [{ errMsg: 'request:fail timeout' }, 'NETWORK_TIMEOUT'],
    [{ errMsg: 'request:fail ' }, 'NETWORK_UNREACHABLE'],
    [new TypeError('Failed to fetch'), 'NETWORK_UNREACHABLE'],
  ])('tells a network that fails by a code of its own: %p', async (failure, code) => {
    serve(() => Promise.reject(failure));
    await expect(call(accountRoutes.me, {})).rejects.toMatchObject({ code, status: 0, requestId: null });
  });

  it('does not take the page of a proxy for an answer', async () => {
    script({ 'GET /me': { statusCode: 502, data: '<html>Bad gateway</html>' } });
    await expect(call(accountRoutes.me, {})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('needs no session for public routes and asks nothing without one elsewhere', async () => {
    setSession(null);
    const asked = script({ 'POST /sessions': session() });
    await call(accountRoutes.signIn, { body: { code: 'c', consentVersion: 'v' } });
    await expect(call(accountRoutes.me, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(asked).toHaveLength(1);
  });
});

describe('a session that has expired', () => {
  const lead = jest.fn();
  beforeEach(() => {
    lead.mockClear();
    whenSignInIsNeeded(lead);
    setSession(session());
  });

  it('is refreshed once for any number of parallel calls, which all succeed', async () => {
    const asked = afterExpiry(renewed);
    const answers = await Promise.all([
      call(accountRoutes.me, {}),
      call(cardRoutes.mine, {}),
      call(messageRoutes.unread, {}),
    ]);
    expect(answers[2]).toEqual({ unread: 2 });
    expect(asked.filter((request) => request.url.endsWith('/sessions/refresh'))).toHaveLength(1);
    expect(useSession.getState().session?.refreshToken).toBe('refresh-token-number-two');
    expect(lead).not.toHaveBeenCalled();
  });

  it('is not refreshed again by a call that comes late with the old token', async () => {
    const asked = afterExpiry(renewed);
    await call(accountRoutes.me, {});
    await call(cardRoutes.mine, {});
    expect(asked.filter((request) => request.url.endsWith('/sessions/refresh'))).toHaveLength(1);
  });

  it('leads to the sign-in once when the refresh is refused', async () => {
    afterExpiry({ statusCode: 401, data: problem('REFRESH_TOKEN_REUSED') });
    const outcomes = await Promise.allSettled([
      call(accountRoutes.me, {}),
      call(cardRoutes.mine, {}),
      call(messageRoutes.unread, {}),
    ]);
    expect(outcomes.every((outcome) => outcome.status === 'rejected')).toBe(true);
    expect(lead).toHaveBeenCalledTimes(1);
    expect(useSession.getState().session).toBeNull();
  });

  it('is kept when the refresh could not be asked for', async () => {
    afterExpiry(() => {
      throw { errMsg: 'request:fail timeout' };
    });
    await expect(call(accountRoutes.me, {})).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
    expect(useSession.getState().session?.refreshToken).toBe(session().refreshToken);
    expect(lead).not.toHaveBeenCalled();
  });

  it('is taken over from another tab that has rotated the tokens already', async () => {
    const asked = afterExpiry(renewed);
    Taro.setStorageSync('session', JSON.stringify(renewed));
    await call(accountRoutes.me, {});
    expect(asked.some((request) => request.url.endsWith('/sessions/refresh'))).toBe(false);
    expect(useSession.getState().session?.accessToken).toBe('access-2');
  });

  it('does not loop when the new token is refused as well', async () => {
    const asked = script({ 'GET /me': expired, 'POST /sessions/refresh': renewed });
    await expect(call(accountRoutes.me, {})).rejects.toBeInstanceOf(ApiError);
    expect(asked).toHaveLength(3);
  });
});
