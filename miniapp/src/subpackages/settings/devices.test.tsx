import type { CodeDevice } from '@talent-card/shared/card-code/schema';
import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { PAGES } from '@/platform/pages';
import { setSession } from '@/platform/session';
import { forgetCodes, keepCards, keptDeviceId, keptUnder } from '@/services/kept-cards';
import Devices from './devices';

const device = (over: Partial<CodeDevice> = {}): CodeDevice => ({
  deviceId: '01JD00000000000000000000D1',
  cardId: card().cardId,
  label: '微信 · iPhone',
  platform: 'weapp',
  enrolledAt: '2026-11-01T02:00:00.000Z',
  lastRenewedAt: '2026-11-20T02:00:00.000Z',
  status: 'active',
  revokedAt: null,
  current: false,
  ...over,
});
const old = device({
  deviceId: '01JD00000000000000000000D0',
  label: '微信 · HUAWEI',
  status: 'revoked',
  revokedAt: '2026-11-01T02:00:00.000Z',
});
const base = { 'GET /me': me(), 'GET /cards/mine': { items: [card()] } };

beforeEach(() => {
  setSession(null);
  signedIn();
});
afterEach(() => forgetCodes());

describe('phones with my code', () => {
  it('say which phone shows which card since when, and which did before', async () => {
    script({ ...base, 'GET /card-code/devices': { items: [device(), old] } });
    show(<Devices />);
    expect(await screen.findByText('微信 · iPhone')).toBeInTheDocument();
    expect(await screen.findByText(/威海英才卡 尾号 4185 · 11月1日 启用/)).toBeInTheDocument();
    expect(screen.getByText('微信 · HUAWEI')).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: /^停用/ })).toHaveLength(1);
    expect(screen.queryByText('这台')).not.toBeInTheDocument();
  });

  it('are stopped after a question that names the phone, and this one forgets its key', async () => {
    keepCards('01JD0000000000000000000002', [card()]);
    Taro.setStorageSync(
      keptUnder('credential', card().cardId),
      JSON.stringify({ deviceId: device().deviceId, cardId: card().cardId }),
    );
    let active = true;
    const asked = script({
      ...base,
      'GET /card-code/devices': () => ({
        items: [active ? device() : { ...old, ...device(), status: 'revoked' }],
      }),
      [`POST /card-code/devices/${device().deviceId}/revoke`]: () => {
        active = false;
        return device({ status: 'revoked', revokedAt: '2026-11-24T02:00:00.000Z' });
      },
    });
    show(<Devices />);
    expect(await screen.findByText('这台')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('button', { name: '停用“微信 · iPhone”上的码？' }));
    expect(await screen.findByRole('dialog', { name: '停用“微信 · iPhone”上的码？' })).toBeInTheDocument();
    expect(asked.some((request) => request.method === 'POST')).toBe(false);
    fireEvent.click(screen.getByRole('button', { name: '停用' }));
    await waitFor(() => expect(screen.getByText('以前用过的')).toBeInTheDocument());
    expect(keptDeviceId(card().cardId)).toBeNull();
  });

  it('say why a lost phone wants its card reported too, and lead there', async () => {
    const stopped = card({
      cardId: '01JD00000000000000000000C9',
      number: '3710000000009999',
      status: 'lost',
    });
    script({
      ...base,
      'GET /cards/mine': { items: [card(), stopped] },
      'GET /card-code/devices': { items: [device(), { ...old, cardId: stopped.cardId }] },
    });
    show(<Devices />);
    expect(await screen.findByText('手机真丢了？把卡也挂失')).toBeInTheDocument();
    expect(screen.getByText(/捡到的人能直接登录微信/)).toBeInTheDocument();
    // A card that is reported already, or works no more, is not offered.
    const ways = screen.getAllByRole('button', { name: /^去挂失/ });
    expect(ways.map((way) => way.textContent)).toEqual(['去挂失：威海英才卡 尾号 4185']);
    fireEvent.click(ways[0] as HTMLElement);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: `${PAGES.card}?cardId=${card().cardId}` });
  });

  it('are none yet, with the way to the code', async () => {
    script({ ...base, 'GET /card-code/devices': { items: [] } });
    show(<Devices />);
    fireEvent.click(await screen.findByRole('button', { name: '打开出示码' }));
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.code });
  });

  it('fail with a retry', async () => {
    script({ ...base, 'GET /card-code/devices': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Devices />);
    expect(await screen.findByRole('button', { name: '重试' })).toBeInTheDocument();
  });
});
