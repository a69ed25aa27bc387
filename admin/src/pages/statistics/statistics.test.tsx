import { statisticsRoutes } from '@talent-card/shared/statistics/routes';
import type { UseStatistics } from '@talent-card/shared/statistics/schema';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { checkup, ferry } from '../../test/fixtures.js';

const answer: UseStatistics = {
  uses: 1240,
  holders: 388,
  bookings: 200,
  noShows: 9,
  averageGrade: 4.62,
  byChannel: [
    { channelId: ferry.channelId, name: ferry.name, uses: 930, grade: 4.8 },
    { channelId: checkup.channelId, name: checkup.name, uses: 310, grade: null },
  ],
  byDistrict: [
    { zoneCode: '371002', uses: 930 },
    { zoneCode: '371082', uses: 310 },
  ],
  byMonth: [
    { month: '2026-09', uses: 400 },
    { month: '2026-10', uses: 0 },
    { month: '2026-11', uses: 840 },
  ],
};
const OWN = '/statistics?from=2026-09-01&to=2026-11-24';

describe('statistics', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer().on(statisticsRoutes.uses, () => answer);
  });

  it('show big numbers, the share of no-shows, and a table beside each chart', async () => {
    openConsole(server, OWN);
    expect(await screen.findByText('1,240')).toBeVisible();
    expect(screen.getByText('占预约的 4.5%')).toBeVisible();
    expect(screen.getByText('4.6')).toBeVisible();
    const months = screen.getByRole('table', { name: '各月使用次数' });
    expect(
      within(months)
        .getAllByRole('row')
        .map((row) => row.textContent),
    ).toEqual(['月份使用次数', '2026-11840', '2026-100', '2026-09400']);
    const channels = screen.getByRole('table', { name: '各通道使用次数和评分' });
    expect(within(channels).getByRole('link', { name: ferry.name.zh })).toHaveAttribute(
      'href',
      `/uses?tab=all&channelId=${ferry.channelId}&from=2026-09-01&to=2026-11-24`,
    );
    expect(within(channels).getByRole('row', { name: new RegExp(checkup.name.zh) })).toHaveTextContent('—');
    const districts = screen.getByRole('table', { name: '各区市使用次数' });
    expect(within(districts).getByRole('row', { name: /环翠区/ })).toHaveTextContent('75.0%');
  });

  it('ask for the days and the district of the address, and put a choice there', async () => {
    const { user, router } = openConsole(server, OWN);
    await user.click(await screen.findByRole('button', { name: '荣成市' }));
    await waitFor(() => expect(router.state.location.search).toContain('zoneCode=371082'));
    await waitFor(() => {
      const last = server.callsOf(statisticsRoutes.uses).at(-1);
      expect(Object.fromEntries(last?.query ?? [])).toEqual({
        from: '2026-09-01',
        to: '2026-11-24',
        zoneCode: '371082',
      });
    });
    await user.click(screen.getByText('今年'));
    await waitFor(() => expect(router.state.location.search).toBe('?zoneCode=371082&period=year'));
    await waitFor(() =>
      expect(server.callsOf(statisticsRoutes.uses).at(-1)?.query.get('from')).toMatch(/^\d{4}-01-01$/),
    );
  });

  it('offer no district to staff of one, whatever the address says', async () => {
    openConsole(server, `${OWN}&zoneCode=371082`, staffSelf('district-reviewer', { zoneCode: '371002' }));
    await screen.findByText('1,240');
    expect(screen.queryByLabelText('所属区市')).toBeNull();
    expect(screen.queryByRole('button', { name: '荣成市' })).toBeNull();
    expect(server.callsOf(statisticsRoutes.uses)[0]?.query.get('zoneCode')).toBeNull();
  });

  it('say so while nothing was used, and when the server fails', async () => {
    server.on(statisticsRoutes.uses, () => ({
      ...answer,
      uses: 0,
      holders: 0,
      bookings: 0,
      noShows: 0,
      averageGrade: null,
      byChannel: [],
      byDistrict: [],
    }));
    const { user } = openConsole(server, '/statistics?period=month');
    expect(await screen.findByText('这一时段还没有人使用')).toBeVisible();
    server.on(statisticsRoutes.uses, () => problem(503, 'SERVICE_UNAVAILABLE'));
    await user.click(screen.getByText('近三个月'));
    expect(await screen.findByText('没能加载')).toBeVisible();
    server.on(statisticsRoutes.uses, () => answer);
    await user.click(screen.getByRole('button', { name: /重\s*试/ }));
    expect(await screen.findByText('1,240')).toBeVisible();
  });

  it('are closed to clerks of venues', async () => {
    openConsole(server, OWN, staffSelf('venue-clerk', { venueIds: [id('V1')] }));
    expect(await screen.findByText('您的角色不能打开这个页面')).toBeVisible();
    expect(screen.queryByRole('link', { name: '使用统计' })).toBeNull();
  });
});
