import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConsole, staffSelf, workbench } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';

describe('the workbench', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
  });
  const numbers = (over: Partial<typeof workbench> = {}) =>
    server.on(workbenchRoutes.numbers, () => ({ ...workbench, ...over }));

  it('leads from each number to the rows behind it', async () => {
    openConsole(numbers({ overdue: 3 }), '/');
    expect(await screen.findByRole('link', { name: /^待我办理 ?2$/ })).toHaveAttribute(
      'href',
      '/cases?status=mine',
    );
    expect(screen.getByRole('link', { name: /^已超时 ?3$/ })).toHaveAttribute(
      'href',
      '/cases?status=overdue',
    );
    expect(screen.getByRole('link', { name: /^90 天内到期 ?9$/ })).toHaveAttribute(
      'href',
      '/cards?status=active&expiresBefore=2027-02-22',
    );
  });

  it('says when there is nothing to do, and that a day off does not count', async () => {
    openConsole(numbers({ waitingForMe: 0, workingDay: false }), '/');
    expect(await screen.findByText(/没有等您办理的申请/)).toHaveTextContent('休息日，期限不计今天');
  });

  it('shows an auditor no queue of their own, and a late seal', async () => {
    openConsole(numbers({ auditUnsealedSeconds: 90 }), '/', staffSelf('auditor'));
    expect(await screen.findByText(/审计日志已有 90 秒未封存/)).toBeVisible();
    expect(screen.queryByText('待我办理')).toBeNull();
  });

  it('keeps a late seal from those who cannot look at it', async () => {
    openConsole(numbers({ auditUnsealedSeconds: 90 }), '/', staffSelf('service-window'));
    expect(await screen.findByText('有效卡片')).toBeVisible();
    expect(screen.queryByText(/未封存/)).toBeNull();
  });

  it('offers another try where the numbers could not be read', async () => {
    server.on(workbenchRoutes.numbers, () => problem(503, 'SERVICE_UNAVAILABLE'));
    const { user } = openConsole(server, '/');
    const retry = await screen.findByRole('button', { name: '重试' }, { timeout: 5_000 });
    numbers();
    await user.click(retry);
    expect(await screen.findByText('有效卡片')).toBeVisible();
  });
});
