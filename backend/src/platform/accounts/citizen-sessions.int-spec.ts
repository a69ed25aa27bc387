import type { Session } from '@talent-card/shared/accounts/schema';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { signInCitizen } from '../../../test/sign-in.js';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { ReadDatabase } from '../database/database.module.js';
import { OutboxMessage } from '../outbox/outbox-message.entity.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('sessions of citizens', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  let personas = 0;
  const newcomer = () => {
    personas += 1;
    return signInCitizen(test, `sessions-${personas}`);
  };
  const refresh = (refreshToken: string) =>
    test.app.inject({ method: 'POST', url: '/api/v1/sessions/refresh', payload: { refreshToken } });
  const get = (path: string, accessToken: string) =>
    test.app.inject({ url: `/api/v1${path}`, headers: { authorization: `Bearer ${accessToken}` } });

  it('open with an access token for 15 minutes and go on with a refresh', async () => {
    const { session } = await newcomer();
    expect((await get('/me', session.accessToken)).statusCode).toBe(200);
    test.clock.advance(15 * MINUTE + 1000);
    expect((await get('/me', session.accessToken)).json()).toMatchObject({ code: 'SESSION_EXPIRED' });
    const next = (await refresh(session.refreshToken)).json<Session>();
    expect(next.refreshToken).not.toBe(session.refreshToken);
    expect((await get('/me', next.accessToken)).statusCode).toBe(200);
  });

  it('give a client that lost the answer the same successor within 60 s', async () => {
    const { session } = await newcomer();
    const first = (await refresh(session.refreshToken)).json<Session>();
    test.clock.advance(59_000);
    const repeated = await refresh(session.refreshToken);
    expect(repeated.statusCode).toBe(200);
    expect(repeated.json<Session>().refreshToken).toBe(first.refreshToken);
    expect((await refresh(first.refreshToken)).statusCode).toBe(200);
  });

  it('end when an old token comes back after 60 s', async () => {
    const { session, accountId } = await newcomer();
    const next = (await refresh(session.refreshToken)).json<Session>();
    test.clock.advance(61_000);
    const reused = await refresh(session.refreshToken);
    expect(reused.statusCode).toBe(401);
    expect(reused.json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
    expect((await get('/me', next.accessToken)).statusCode).toBe(401);
    expect((await refresh(next.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });

    const { manager } = test.app.get(ReadDatabase);
    const messages = await manager.findBy(OutboxMessage, { topic: 'accounts.session-revoked' });
    expect(messages.filter(({ payload }) => payload.includes(accountId))).toHaveLength(1);
    expect(await manager.countBy(AuditEntry, { action: 'sessions.revoke-reused' })).toBe(1);

    await test.deliverOutbox();
    const again = await signInCitizen(test, `sessions-${personas}`);
    const told = await get('/messages', again.session.accessToken);
    expect(told.json().items).toMatchObject([{ kind: 'security-session-revoked' }]);
  });

  it('end when an old token comes back although its successor was used, within 60 s too', async () => {
    const { session } = await newcomer();
    const next = (await refresh(session.refreshToken)).json<Session>();
    await refresh(next.refreshToken);
    expect((await refresh(session.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_REUSED' });
  });

  it('end after 30 days without use, and do not mind a token that never was', async () => {
    const { session } = await newcomer();
    test.clock.advance(30 * DAY + 1000);
    expect((await refresh(session.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
    expect((await refresh('a'.repeat(43))).json()).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
    expect((await refresh('short')).json()).toMatchObject({
      code: 'VALIDATION_FAILED',
      details: { fields: [{ path: 'refreshToken', code: 'TOO_SHORT' }] },
    });
  });

  it('are listed by kind of device, and each can be ended', async () => {
    const here = await signInCitizen(test, 'two-devices');
    test.clock.advance(1000);
    const there = await signInCitizen(test, 'two-devices');
    const list = await get('/sessions', here.session.accessToken);
    const items = list.json<{ items: { sessionId: string; current: boolean }[] }>().items;
    expect(items.map(({ current }) => current)).toEqual([false, true]);
    const end = await test.app.inject({
      method: 'DELETE',
      url: `/api/v1/sessions/${items[0]?.sessionId}`,
      headers: here.headers,
    });
    expect(end.statusCode).toBe(204);
    expect((await get('/me', there.session.accessToken)).statusCode).toBe(401);
    expect((await get('/me', here.session.accessToken)).statusCode).toBe(200);
  });

  it('of others cannot be ended, nor told from ones that are not there', async () => {
    const mine = await newcomer();
    const other = await newcomer();
    const theirs = (await get('/sessions', other.session.accessToken)).json<{
      items: { sessionId: string }[];
    }>();
    const end = await test.app.inject({
      method: 'DELETE',
      url: `/api/v1/sessions/${theirs.items[0]?.sessionId}`,
      headers: mine.headers,
    });
    expect(end.json()).toMatchObject({ code: 'NOT_FOUND' });
    expect((await get('/me', other.session.accessToken)).statusCode).toBe(200);
  });

  it('end at once by signing out, although they were seen standing a moment ago', async () => {
    const { session, headers } = await newcomer();
    expect((await get('/me', session.accessToken)).statusCode).toBe(200);
    const out = await test.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers });
    expect(out.statusCode).toBe(204);
    expect((await get('/me', session.accessToken)).json()).toMatchObject({ code: 'SESSION_EXPIRED' });
    expect((await refresh(session.refreshToken)).json()).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
  });

  it('refuse what is no token of ours', async () => {
    for (const authorization of ['Bearer nonsense', 'Basic abc', 'Bearer a.b.c']) {
      const answer = await test.app.inject({ url: '/api/v1/me', headers: { authorization } });
      expect(answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('refuse a token whose algorithm was changed to none', async () => {
    const { session } = await newcomer();
    const [, payload = ''] = session.accessToken.split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    expect((await get('/me', `${header}.${payload}.`)).statusCode).toBe(401);
    expect((await get('/me', `${header}.${payload}.AAAA`)).statusCode).toBe(401);
  });
});
