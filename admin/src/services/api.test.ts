import { staffRoutes } from '@talent-card/shared/accounts/routes';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { id, staffSelf, workbench } from '../test/console.js';
import { FakeServer, problem } from '../test/fake-server.js';
import { type ApiError, addressOf, call, fileNameOf, setAccessToken, watchSession } from './api.js';

const session = (accessToken: string) => ({
  accessToken,
  accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
  staff: staffSelf(),
  recoveryCodes: null,
});

describe('the client', () => {
  let server: FakeServer;
  const lost = vi.fn();
  beforeEach(() => {
    server = new FakeServer();
    lost.mockClear();
    watchSession({ lost, renewed: () => undefined });
    setAccessToken('old');
  });

  const guarded = () =>
    server.on(workbenchRoutes.numbers, ({ headers }) =>
      headers.get('authorization') === 'Bearer new' ? workbench : problem(401, 'SESSION_EXPIRED'),
    );

  it('shares one refresh among parallel calls whose token ended', async () => {
    guarded().on(staffRoutes.refresh, () => session('new'));
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(workbenchRoutes.numbers, {})));
    expect(answers).toEqual(Array.from({ length: 5 }, () => workbench));
    expect(server.callsOf(staffRoutes.refresh)).toHaveLength(1);
    expect(lost).not.toHaveBeenCalled();
  });

  it('does not refresh again for a call that was under way while another refreshed', async () => {
    let answerSlow: (answer: Response) => void = () => undefined;
    const slow = new Promise<Response>((resolve) => {
      answerSlow = resolve;
    });
    let first = true;
    guarded().on(staffRoutes.refresh, () => session('new'));
    server.on(cardAdminRoutes.classes, () => {
      if (!first) return { items: [] };
      first = false;
      return slow;
    });
    const waiting = call(cardAdminRoutes.classes, {});
    await call(workbenchRoutes.numbers, {});
    answerSlow(problem(401, 'SESSION_EXPIRED'));
    await expect(waiting).resolves.toEqual({ items: [] });
    expect(server.callsOf(staffRoutes.refresh)).toHaveLength(1);
  });

  it('ends the session when the refresh is refused', async () => {
    guarded().on(staffRoutes.refresh, () => problem(401, 'REFRESH_TOKEN_INVALID'));
    await expect(call(workbenchRoutes.numbers, {})).rejects.toMatchObject({ code: 'SESSION_EXPIRED' });
    expect(lost).toHaveBeenCalledOnce();
  });

  it('keeps the session when the refresh only failed to arrive', async () => {
    guarded().on(staffRoutes.refresh, () => problem(503, 'SERVICE_UNAVAILABLE'));
    await expect(call(workbenchRoutes.numbers, {})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(lost).not.toHaveBeenCalled();
  });

  it('does not take a wrong password for an ended session', async () => {
    server.on(staffRoutes.changePassword, () => problem(401, 'STAFF_CREDENTIALS_WRONG'));
    const body = { currentPassword: 'x', newPassword: 'y' };
    await expect(call(staffRoutes.changePassword, { body })).rejects.toMatchObject({
      code: 'STAFF_CREDENTIALS_WRONG',
    });
    expect(server.callsOf(staffRoutes.refresh)).toHaveLength(0);
  });

  it('sends an idempotency key on idempotent routes, the same one after a refresh', async () => {
    const keys: (string | null)[] = [];
    server
      .on(staffRoutes.refresh, () => session('new'))
      .on(staffRoutes.unlock, ({ headers }) => {
        keys.push(headers.get('idempotency-key'));
        return headers.get('authorization') === 'Bearer new'
          ? problem(404, 'NOT_FOUND')
          : problem(401, 'SESSION_EXPIRED');
      });
    await expect(call(staffRoutes.unlock, { params: { staffId: id(1) } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('turns a problem document, a proxy page and a dead network into one kind of error', async () => {
    server.on(workbenchRoutes.numbers, () => problem(403, 'FORBIDDEN', { permission: 'workbench.read' }));
    await expect(call(workbenchRoutes.numbers, {})).rejects.toMatchObject({
      code: 'FORBIDDEN',
      status: 403,
      requestId: 'req-1',
      details: { permission: 'workbench.read' },
    } satisfies Partial<ApiError>);
    server.on(workbenchRoutes.numbers, () => new Response('<html>', { status: 502 }));
    await expect(call(workbenchRoutes.numbers, {})).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    await expect(call(workbenchRoutes.numbers, {})).rejects.toMatchObject({ code: 'NETWORK', status: 0 });
  });

  it('writes addresses without what is not set', () => {
    const query = { q: '林 海', status: undefined, limit: 30 };
    expect(addressOf(cardAdminRoutes.list, { query })).toBe(
      '/api/v1/admin/cards?q=%E6%9E%97+%E6%B5%B7&limit=30',
    );
  });

  it('reads the name of a download', () => {
    expect(fileNameOf('attachment; filename="x.xlsx"; filename*=UTF-8\'\'%E4%BA%BA%E6%89%8D.xlsx')).toBe(
      '人才.xlsx',
    );
    expect(fileNameOf('attachment; filename="errors.xlsx"')).toBe('errors.xlsx');
    expect(fileNameOf(null)).toBeNull();
  });
});
