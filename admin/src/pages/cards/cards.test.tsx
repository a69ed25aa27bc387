import type { Permission, StaffRole } from '@talent-card/shared/accounts/permissions';
import { mayUse } from '@talent-card/shared/accounts/permissions';
import { cardCodeAdminRoutes } from '@talent-card/shared/card-code/routes';
import type { CodeDevice } from '@talent-card/shared/card-code/schema';
import { CARD_STATES, type CardState } from '@talent-card/shared/cards/card-state';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import type { CardDetail } from '@talent-card/shared/cards/schema';
import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { type CardAction, offeredActions } from './card-actions.js';

describe('offered actions', () => {
  const reviewer: Record<CardState, CardAction[]> = {
    active: ['suspend', 'change-class', 'revoke'],
    suspended: ['restore', 'change-class', 'revoke'],
    lost: ['suspend', 'restore', 'change-class', 'revoke'],
    revoked: [],
    expired: [],
  };
  const by = (role: StaffRole) => (permission: Permission) => mayUse(permission, role);

  it.each(CARD_STATES)('of a card that is %s', (state) => {
    expect(offeredActions(state, by('city-reviewer'), 5)).toEqual(reviewer[state]);
    expect(offeredActions(state, by('auditor'), 5)).toEqual([]);
    expect(offeredActions(state, by('system-administrator'), 5)).toEqual([]);
    const window = offeredActions(state, by('service-window'), 5);
    expect(window).toEqual(reviewer[state].filter((action) => action === 'suspend' || action === 'restore'));
  });

  it('leave the class out where the city runs one class only', () => {
    expect(offeredActions('active', by('city-reviewer'), 1)).toEqual(['suspend', 'revoke']);
  });
});

const card: CardDetail = {
  cardId: id('C1'),
  number: '3710082100634185',
  kind: 'talent',
  holder: {
    personId: id('P1'),
    maskedName: '林**',
    identityType: 'resident-id',
    maskedIdentityNumber: '3710**********2418',
    zoneCode: '371002',
  },
  category: '1',
  cardClass: 'A',
  zoneCode: '371002',
  status: 'active',
  validFrom: '2026-01-01',
  validUntil: '2031-01-01',
  issuedAt: '2026-01-01T01:00:00.000Z',
  version: 1,
  history: [
    {
      at: '2026-01-01T01:00:00.000Z',
      action: 'issued',
      from: null,
      to: 'active',
      reason: null,
      actorName: null,
    },
  ],
  classHistory: [{ cardClass: 'A', validFrom: '2026-01-01', validUntil: null }],
  caseId: null,
  rosterEntryId: null,
};

describe('the card page', () => {
  it('suspends with a reason and shows the card as it is then', async () => {
    const server = new FakeServer();
    server
      .on(cardAdminRoutes.detail, () => card)
      .on(cardAdminRoutes.classes, () => ({ items: [] }))
      .on(cardAdminRoutes.suspend, (): CardDetail => ({ ...card, status: 'suspended', version: 2 }));
    const { user } = openConsole(
      server,
      `/cards/${card.cardId}`,
      staffSelf('service-window', { zoneCode: '371002' }),
    );
    expect(await screen.findByRole('heading', { name: '3710 0821 0063 4185' })).toBeVisible();
    expect(screen.queryByRole('button', { name: '注销' })).toBeNull();
    await user.click(screen.getByRole('button', { name: '暂停' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('暂停 林** 的英才卡（3710 0821 0063 4185）')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '暂停' }));
    expect(await within(dialog).findByText('理由至少 2 个字')).toBeVisible();
    await user.type(within(dialog).getByLabelText('理由'), '本人暂离威海');
    await user.click(within(dialog).getByRole('button', { name: '暂停' }));
    expect(await screen.findByRole('button', { name: '恢复' })).toBeVisible();
    expect(server.callsOf(cardAdminRoutes.suspend)[0]?.body).toEqual({ version: 1, reason: '本人暂离威海' });
  });

  it('asks to look at the document before a card is restored that its holder reported lost', async () => {
    const server = new FakeServer();
    server
      .on(cardAdminRoutes.detail, (): CardDetail => ({ ...card, status: 'lost' }))
      .on(cardAdminRoutes.classes, () => ({ items: [] }));
    const { user } = openConsole(
      server,
      `/cards/${card.cardId}`,
      staffSelf('service-window', { zoneCode: '371002' }),
    );
    await user.click(await screen.findByRole('button', { name: '恢复' }));
    expect(within(await screen.findByRole('dialog')).getByText(/请先核对本人和身份证件原件/)).toBeVisible();
  });

  it('answers a card of another district as not found', async () => {
    const server = new FakeServer();
    server.on(cardAdminRoutes.detail, () => problem(404, 'NOT_FOUND'));
    openConsole(server, `/cards/${card.cardId}`);
    expect(await screen.findByText('这个页面不存在')).toBeVisible();
  });
});

describe('the list of cards', () => {
  it('asks by the filters in the address and loads the next page', async () => {
    const server = new FakeServer();
    server
      .on(cardAdminRoutes.classes, () => ({ items: [] }))
      .on(cardAdminRoutes.list, ({ query }) =>
        query.get('cursor') === 'next'
          ? { items: [{ ...card, cardId: id('C2'), number: '3710082100634999' }], nextCursor: null, total: 2 }
          : { items: [card], nextCursor: 'next', total: 2 },
      );
    const { user } = openConsole(server, '/cards?status=active&expiresBefore=2027-02-22&status2=x');
    expect(await screen.findByText('已显示 1 条，共 2 条')).toBeVisible();
    expect(server.callsOf(cardAdminRoutes.list)[0]?.query.toString()).toBe(
      'status=active&expiresBefore=2027-02-22&limit=30',
    );
    await user.click(screen.getByRole('button', { name: '加载更多' }));
    expect(await screen.findByRole('link', { name: '3710 0821 0063 4999' })).toBeVisible();
    expect(screen.queryByRole('button', { name: '加载更多' })).toBeNull();
  });

  it('shows whose phone shows the code, and takes that from it with a reason', async () => {
    const server = new FakeServer();
    const phone: CodeDevice = {
      deviceId: id('D1'),
      cardId: card.cardId,
      label: '微信 · iPhone',
      platform: 'weapp',
      enrolledAt: '2026-11-20T02:00:00.000Z',
      lastRenewedAt: '2026-11-23T02:00:00.000Z',
      status: 'active',
      revokedAt: null,
      current: false,
    };
    const gone: CodeDevice = { ...phone, status: 'revoked', revokedAt: '2026-11-24T02:00:00.000Z' };
    let revoked = false;
    server
      .on(cardAdminRoutes.detail, () => card)
      .on(cardAdminRoutes.classes, () => ({ items: [] }))
      .on(cardCodeAdminRoutes.devices, () => ({
        items: [revoked ? gone : phone],
      }))
      .on(cardCodeAdminRoutes.revoke, () => {
        revoked = true;
        return gone;
      });
    const { user } = openConsole(server, `/cards/${card.cardId}`);
    await user.click(await screen.findByRole('button', { name: '收回：微信 · iPhone' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('收回“微信 · iPhone”的亮码权限')).toBeVisible();
    await user.type(within(dialog).getByLabelText('理由'), '手机丢失');
    await user.click(within(dialog).getByRole('button', { name: '收回' }));
    expect(await screen.findByText('已收回“微信 · iPhone”')).toBeVisible();
    expect(await screen.findByText(/2026-11-24 10:00 收回/)).toBeVisible();
    expect(server.callsOf(cardCodeAdminRoutes.revoke)[0]?.body).toEqual({ reason: '手机丢失' });
  });
});
