import { auditRoutes } from '@talent-card/shared/audit/routes';
import type { AuditEntry } from '@talent-card/shared/audit/schema';
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';

const entry: AuditEntry = {
  entryId: id('A1'),
  at: '2026-11-24T01:12:00.000Z',
  actorType: 'staff',
  actorId: id('CLERK'),
  actorName: '窗口甲',
  action: 'cards.revoked',
  objectType: 'card',
  objectId: id('CARD1'),
  fields: ['status'],
  requestId: 'req-77777777',
  sealed: false,
};
const verified = { at: '2026-11-24T01:10:00.000Z', ok: true, entries: 5210, problems: 0 };

describe('the audit log', () => {
  let server: FakeServer;
  const auditor = staffSelf('auditor');
  beforeEach(() => {
    server = new FakeServer();
    server.on(auditRoutes.status, () => ({
      sealedThrough: '2026-11-24T01:11:59.000Z',
      unsealed: 1,
      lastVerification: null,
    }));
    server.on(auditRoutes.list, () => ({ items: [entry], nextCursor: null }));
  });

  it('names deeds and people, marks what is not sealed yet, and narrows down to one object', async () => {
    const { user } = openConsole(server, '/audit', auditor);
    const row = await screen.findByRole('row', { name: /窗口甲/ });
    expect(row).toHaveTextContent('注销卡片');
    expect(row).toHaveTextContent('待封存');
    const [, card] = within(row).getAllByRole('button');
    if (!card) throw new Error('the object cannot be picked');
    await user.click(card);
    expect(server.callsOf(auditRoutes.list).at(-1)?.query.get('objectId')).toBe(id('CARD1'));
  });

  it('asks for what the address says, and offers a way on where nothing fits', async () => {
    server.on(auditRoutes.list, () => ({ items: [], nextCursor: null }));
    const { user } = openConsole(server, '/audit?action=cards.revoked', auditor);
    expect(await screen.findByText('没有符合条件的记录')).toBeVisible();
    expect(server.callsOf(auditRoutes.list)[0]?.query.get('action')).toBe('cards.revoked');
    const [reset] = screen.getAllByRole('button', { name: '清除筛选' });
    if (!reset) throw new Error('the filters cannot be reset');
    await user.click(reset);
    expect(server.callsOf(auditRoutes.list).at(-1)?.query.get('action')).toBeNull();
  });

  it('says loudly when a verification finds something', async () => {
    server.on(auditRoutes.verify, () => ({
      sealedThrough: null,
      unsealed: 0,
      lastVerification: { ...verified, ok: false, problems: 2 },
    }));
    const { user } = openConsole(server, '/audit', auditor);
    expect(await screen.findByText('还没有核验过')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '立即核验' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('发现 2 处异常');
  });

  it('offers another try where it could not be read', async () => {
    server.on(auditRoutes.list, () => problem(503, 'SERVICE_UNAVAILABLE'));
    const { user } = openConsole(server, '/audit', auditor);
    const retry = await screen.findByRole('button', { name: '重试' }, { timeout: 5_000 });
    server.on(auditRoutes.list, () => ({ items: [entry], nextCursor: null }));
    await user.click(retry);
    expect(await screen.findByRole('row', { name: /窗口甲/ })).toBeVisible();
  });
});
