import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { channelAdminRoutes } from '@talent-card/shared/channels/routes';
import { ratingAdminRoutes } from '@talent-card/shared/feedback/routes';
import { exportRoutes } from '@talent-card/shared/statistics/routes';
import type { Export } from '@talent-card/shared/statistics/schema';
import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { ferry, pier, use } from '../../test/fixtures.js';
import { maskedSearch } from './words.js';

const done: Export = {
  exportId: id('E1'),
  kind: 'uses',
  filter: { status: 'used', venueId: pier.venueId, offline: 'true' },
  state: 'done',
  rowsDone: 1312,
  rowsTotal: 1312,
  requestedAt: '2026-11-24T01:00:00.000Z',
  finishedAt: '2026-11-24T01:00:20.000Z',
  expiresAt: '2026-12-01T01:00:20.000Z',
};
const running: Export = {
  ...done,
  exportId: id('E2'),
  kind: 'cards',
  filter: {},
  state: 'running',
  rowsDone: 500,
  rowsTotal: 2000,
  finishedAt: null,
  expiresAt: null,
};
const failed: Export = {
  ...running,
  exportId: id('E3'),
  kind: 'ratings',
  filter: { callBack: 'overdue', grade: '1' },
  state: 'failed',
};

describe('exports', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier] }))
      .on(channelAdminRoutes.list, () => ({ items: [ferry] }))
      .on(exportRoutes.mine, () => ({ items: [running, failed, done] }));
  });

  it('show what each holds, how far it is, and until when it is kept', async () => {
    openConsole(server, '/exports');
    const list = await screen.findByRole('list', { name: '我的导出' });
    const [first, second, third] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('没有筛选，全部记录');
    expect(first).toHaveTextContent('500 / 2,000 行');
    expect(within(first as HTMLElement).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    expect(second).toHaveTextContent('没有做成');
    expect(second).toHaveTextContent('回访：已超期 · 评分：1');
    await waitFor(() => expect(third).toHaveTextContent('场馆：刘公岛客运中心'));
    expect(third).toHaveTextContent('离线核验：是');
    expect(third).toHaveTextContent('1,312 行 · 保留到 2026-12-01 09:00');
  });

  it('look again while one is in the making, and stop when none is', async () => {
    openConsole(server, '/exports');
    expect(await screen.findByText('制作中')).toBeVisible();
    server.on(exportRoutes.mine, () => ({ items: [done] }));
    await waitFor(() => expect(screen.queryByText('制作中')).toBeNull());
    const looks = server.callsOf(exportRoutes.mine).length;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(server.callsOf(exportRoutes.mine)).toHaveLength(looks);
  });

  it('fetch the workbook with the session and hand it on under its name', async () => {
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    URL.createObjectURL = () => 'blob:workbook';
    URL.revokeObjectURL = () => undefined;
    server.on(
      exportRoutes.file,
      () =>
        new Response('xlsx', {
          headers: { 'content-disposition': "attachment; filename*=UTF-8''%E4%BD%BF%E7%94%A8.xlsx" },
        }),
    );
    const { user } = openConsole(server, '/exports');
    await user.click(await screen.findByRole('button', { name: '下载使用记录，2026-11-24 09:00 申请' }));
    await waitFor(() => expect(names).toEqual(['使用.xlsx']));
    const [heard] = server.callsOf(exportRoutes.file);
    expect(heard?.params.exportId).toBe(done.exportId);
    expect(heard?.headers.get('authorization')).toBe('Bearer token');
  });

  it('say why a file cannot be had any more, and look where it stands', async () => {
    server.on(exportRoutes.file, () => problem(410, 'FILE_LINK_EXPIRED'));
    const { user } = openConsole(server, '/exports');
    const button = await screen.findByRole('button', { name: /^下载使用记录/ });
    server.on(exportRoutes.mine, () => ({ items: [{ ...done, state: 'expired' as const }] }));
    await user.click(button);
    expect(await screen.findByText('文件链接已过期，请重新打开')).toBeVisible();
    expect(await screen.findByText('文件已删除，可按同样的筛选重新导出。')).toBeVisible();
  });

  it('ask again for one that failed, with the same filters', async () => {
    server.on(exportRoutes.request, () => ({ ...failed, exportId: id('E4'), state: 'waiting' as const }));
    const { user } = openConsole(server, '/exports');
    await user.click(await screen.findByRole('button', { name: /^重新导出评价/ }));
    await waitFor(() => expect(server.callsOf(exportRoutes.request)).toHaveLength(1));
    const [heard] = server.callsOf(exportRoutes.request);
    expect(heard?.body).toEqual({ kind: 'ratings', filter: { callBack: 'overdue', grade: '1' } });
    expect(heard?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('say where to begin while there are none, and when the list fails', async () => {
    server.on(exportRoutes.mine, () => problem(503, 'SERVICE_UNAVAILABLE'));
    const { user } = openConsole(server, '/exports');
    expect(await screen.findByText('没能加载')).toBeVisible();
    server.on(exportRoutes.mine, () => ({ items: [] }));
    await user.click(screen.getByRole('button', { name: /重\s*试/ }));
    expect(await screen.findByText('还没有导出过')).toBeVisible();
  });
});

describe('the button of a list', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier] }))
      .on(channelAdminRoutes.list, () => ({ items: [ferry] }))
      .on(useAdminRoutes.list, () => ({ items: [use], nextCursor: null }))
      .on(ratingAdminRoutes.list, () => ({ items: [], nextCursor: null }))
      .on(cardAdminRoutes.list, () => ({ items: [], nextCursor: null }))
      .on(cardAdminRoutes.classes, () => ({ items: [] }))
      .on(exportRoutes.mine, () => ({ items: [{ ...done, state: 'waiting' as const }] }))
      .on(exportRoutes.request, () => ({ ...done, state: 'waiting' as const }));
  });
  const asked = async (address: string) => {
    const { user } = openConsole(server, address);
    await user.click(await screen.findByRole('button', { name: /导\s*出/ }));
    await waitFor(() => expect(server.callsOf(exportRoutes.request)).toHaveLength(1));
    return server.callsOf(exportRoutes.request)[0]?.body;
  };

  it('asks for the rows of the screen and shows them in the making', async () => {
    const body = await asked(`/uses?tab=all&status=used&venueId=${pier.venueId}&from=2026-11-01`);
    expect(body).toEqual({
      kind: 'uses',
      filter: { status: 'used', venueId: pier.venueId, from: '2026-11-01' },
    });
    expect(await screen.findByText('排队中')).toBeVisible();
    expect(screen.getByRole('link', { name: '在页面中打开' })).toHaveAttribute('href', '/exports');
  });

  it('takes the tab for the filter that it is', async () => {
    expect(await asked('/ratings?grade=1')).toEqual({
      kind: 'ratings',
      filter: { grade: '1', callBack: 'open' },
    });
  });

  it('leaves out what the list itself does not take from the address', async () => {
    expect(await asked('/cards?status=gone&q=林')).toEqual({ kind: 'cards', filter: { q: '林' } });
  });

  it('says why the server refused', async () => {
    server.on(exportRoutes.request, () => problem(403, 'FORBIDDEN'));
    const { user } = openConsole(server, '/uses?tab=all');
    await user.click(await screen.findByRole('button', { name: /导\s*出/ }));
    expect(await screen.findByText('您的角色不能做这件事')).toBeVisible();
    expect(screen.queryByText('排队中')).toBeNull();
  });

  it('is not there for auditors', async () => {
    openConsole(server, '/uses?tab=all', staffSelf('auditor'));
    await screen.findByRole('table');
    expect(screen.queryByRole('button', { name: /导\s*出/ })).toBeNull();
  });
});

it('shows the ends only of a number that was searched for', () => {
  expect(maskedSearch('371002199001012418')).toBe('3710…2418');
  expect(maskedSearch('林海')).toBe('林海');
});
