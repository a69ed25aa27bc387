import { caseRoutes } from '@talent-card/shared/casework/routes';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openConsole } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { detail, withChanges } from './case.fixtures.js';

describe('the queue', () => {
  it('keeps its filters in the address and shows overdue cases in red', async () => {
    const server = new FakeServer();
    server.on(caseRoutes.queue, ({ query }) => ({
      items: query.get('status') === 'overdue' ? [withChanges({ overdue: true, workingDaysLeft: -2 })] : [],
      nextCursor: null,
    }));
    const { user, router } = openConsole(server, '/cases');
    expect(await screen.findByText('没有等您办理的申请')).toBeVisible();
    await user.click(screen.getByRole('tab', { name: /已超时/ }));
    expect(router.state.location.search).toBe('?status=overdue');
    expect(await screen.findByText('超时 2 个工作日')).toHaveClass('bad');
  });

  it('answers a failure with a retry and the number of the request', async () => {
    const server = new FakeServer();
    let broken = true;
    server.on(caseRoutes.queue, () =>
      broken ? problem(500, 'INTERNAL') : { items: [detail], nextCursor: null },
    );
    const { user } = openConsole(server, '/cases?status=in-review');
    expect(await screen.findByText('请求编号 req-1')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: '重试' }));
    expect(await screen.findByRole('link', { name: 'S2026-1124-0071' })).toBeVisible();
  });
});
