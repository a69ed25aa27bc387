import { calendarRoutes } from '@talent-card/shared/calendar/routes';
import type { CalendarDay } from '@talent-card/shared/calendar/schema';
import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { monthsOf, weekdayOf } from './month-grid.js';

const days: CalendarDay[] = Array.from({ length: 365 }, (_, i) => {
  const date = new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
  const weekend = weekdayOf(date) > 4;
  return {
    date,
    kind: weekend ? 'weekend' : 'workday',
    working: !weekend,
    name: null,
    overridden: false,
    overriddenAt: null,
  };
});

describe('the grid of a year', () => {
  it('begins each month under its day of the week', () => {
    const months = monthsOf(days);
    expect(months.map((month) => month.days.length)).toEqual([
      31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]);
    // 1 January 2026 is a Thursday, 1 February a Sunday.
    expect(months.slice(0, 2).map((month) => month.blanks)).toEqual([3, 6]);
    expect(months[1]?.workingDays).toBe(20);
  });
});

describe('the calendar page', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server.on(calendarRoutes.year, () => ({ year: 2026, published: true, days }));
  });

  it('turns a day to come into a holiday after asking', async () => {
    const [day] = days;
    if (!day) throw new Error('no days');
    server.on(
      calendarRoutes.override,
      (): CalendarDay => ({ ...day, kind: 'holiday', working: false, overridden: true }),
    );
    const { user } = openConsole(server, '/calendar');
    await user.click(await screen.findByRole('button', { name: /^2026-12-31/ }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('名称'), '台风停工');
    await user.click(within(dialog).getByRole('button', { name: '确认' }));
    expect(await screen.findByText('已修改 2026-12-31')).toBeVisible();
    const [call] = server.callsOf(calendarRoutes.override);
    expect(call?.params).toEqual({ date: '2026-12-31' });
    expect(call?.body).toEqual({ kind: 'holiday', name: '台风停工' });
  });

  it('leaves the past alone, by the day of the server', async () => {
    const { user } = openConsole(server, '/calendar');
    await user.click(await screen.findByRole('button', { name: /^2026-11-23/ }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('过去的日子不能再改。')).toBeVisible();
    expect(within(dialog).getByRole('button', { name: '确认' })).toBeDisabled();
  });

  it('is for reading only to those who do not keep it', async () => {
    openConsole(server, '/calendar', staffSelf('service-window', { zoneCode: '371002' }));
    expect(await screen.findByRole('button', { name: /^2026-12-31/ })).toBeDisabled();
  });

  it('answers a failure with a retry', async () => {
    server.on(calendarRoutes.year, () => problem(503, 'SERVICE_UNAVAILABLE'));
    openConsole(server, '/calendar?year=2027');
    expect(await screen.findByText('服务正在启动或维护，请稍后重试')).toBeVisible();
    expect(screen.getByRole('button', { name: '重试' })).toBeVisible();
  });
});
