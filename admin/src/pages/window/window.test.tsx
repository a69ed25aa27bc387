import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import { windowRoutes } from '@talent-card/shared/uses/routes';
import type { Due, Looked } from '@talent-card/shared/uses/schema';
import { VERDICT_COLOURS, VERDICTS } from '@talent-card/shared/uses/verdicts';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { verdictAdviceTexts, verdictTexts } from '../../i18n/window.js';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { checkup, clinic, ferry, pier, use } from '../../test/fixtures.js';
import { firstChoice, isUsable } from './dues.js';

const clerk = staffSelf('venue-clerk', { zoneCode: '371002', venueIds: [pier.venueId] });

const due = (over: Partial<Due> = {}): Due => ({
  channelId: ferry.channelId,
  name: ferry.name,
  verdict: 'ok',
  conditions: [],
  left: null,
  leftWindow: null,
  renewsOn: null,
  companions: 1,
  discountPercent: null,
  booking: null,
  bookingRequired: false,
  ...over,
});

const looked = (over: Partial<Looked> = {}): Looked => ({
  verdict: 'ok',
  holder: {
    maskedName: '林**',
    cardKind: 'talent',
    cardClass: 'A',
    cardNumberTail: '6418',
    zoneCode: '371002',
    validUntil: '2031-05-20',
  },
  lookId: id('LOOK'),
  dues: [
    due({
      channelId: checkup.channelId,
      name: checkup.name,
      verdict: 'quota-gone',
      left: 0,
      leftWindow: 'year',
      renewsOn: '2027-01-01',
    }),
    due(),
  ],
  ...over,
});

describe('verdicts', () => {
  it('have a sentence and an advice each, no two alike, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const said = VERDICTS.map((verdict) => verdictTexts[language][verdict]);
      expect(new Set(said).size).toBe(VERDICTS.length);
      for (const verdict of VERDICTS) expect(verdictAdviceTexts[language][verdict]).toBeTruthy();
    }
  });
  it('choose the booking of today before anything else, and never what has to be booked and is not', () => {
    const booked = due({
      channelId: checkup.channelId,
      bookingRequired: true,
      booking: {
        bookingId: id('B1'),
        number: '20481377',
        startsAt: '2026-11-24T06:30:00.000Z',
        endsAt: '2026-11-24T07:00:00.000Z',
        companions: 0,
        arrivedAt: null,
      },
    });
    expect(firstChoice([due(), booked])).toBe(checkup.channelId);
    expect(isUsable(due({ bookingRequired: true }))).toBe(false);
    expect(firstChoice([due({ verdict: 'not-entitled' })])).toBeNull();
  });
});

describe('the window desk', () => {
  let server: FakeServer;
  beforeEach(() => {
    localStorage.clear();
    server = new FakeServer();
    server
      .on(venueAdminRoutes.list, () => ({ items: [pier] }))
      .on(windowRoutes.look, () => looked())
      .on(windowRoutes.record, () => ({ ...use, companions: 1, left: 8 }));
  });

  it('looks a scanned line up, and uses what is due with one more Enter', async () => {
    const { user } = openConsole(server, '/window', clerk);
    const field = await screen.findByLabelText('用扫码枪扫描持卡人的英才码');
    expect(field).toHaveFocus();
    await user.type(field, 'HC1:AB CD+/{Enter}');
    expect(await screen.findByText('可以使用')).toBeVisible();
    expect(server.callsOf(windowRoutes.look)[0]?.body).toEqual({
      venueId: pier.venueId,
      code: 'HC1:AB CD+/',
    });
    expect(screen.getByText('林**')).toBeVisible();
    expect(screen.getByText('6418')).toBeVisible();
    const dues = screen.getByRole('region', { name: '在这里可以用' });
    expect(within(dues).getByText('次数已经用完')).toBeVisible();
    expect(within(dues).getByText(/2027-01-01 恢复/)).toBeVisible();
    await user.click(within(dues).getByRole('button', { name: '增加同行：刘公岛客轮优先' }));
    await user.type(field, '{Enter}');
    expect(await screen.findByText('已使用：刘公岛客轮优先')).toBeVisible();
    expect(screen.getByText(/林\*\* · 共 2 人 · 还剩 8 次/)).toBeVisible();
    const [recorded] = server.callsOf(windowRoutes.record);
    expect(recorded?.body).toEqual({
      lookId: id('LOOK'),
      venueId: pier.venueId,
      channelId: ferry.channelId,
      companions: 1,
    });
    expect(recorded?.headers.get('idempotency-key')).toBeTruthy();
    await waitFor(() => expect(field).toHaveFocus());
  });

  it.each(['forged', 'card-suspended', 'code-expired', 'already-used'] as const)(
    'says %s in its own words and colour, and offers no use',
    async (verdict) => {
      server.on(windowRoutes.look, () => looked({ verdict, holder: null, lookId: null, dues: [] }));
      const { user } = openConsole(server, '/window', clerk);
      await user.type(await screen.findByLabelText('用扫码枪扫描持卡人的英才码'), 'XX{Enter}');
      const said = (await screen.findAllByText(verdictTexts.zh[verdict]))[0];
      expect(said?.closest('.verdict')).toHaveClass(VERDICT_COLOURS[verdict]);
      expect(screen.getByText(verdictAdviceTexts.zh[verdict])).toBeVisible();
      expect(screen.queryByRole('button', { name: /^使用/ })).toBeNull();
    },
  );

  it('does not show green for a good code with nothing to use, and says why for each', async () => {
    server.on(windowRoutes.look, () => looked({ dues: [due({ verdict: 'not-entitled' })] }));
    const { user } = openConsole(server, '/window', clerk);
    await user.type(await screen.findByLabelText('用扫码枪扫描持卡人的英才码'), 'XX{Enter}');
    const said = (await screen.findAllByText('码有效，但这里没有可以用的事项'))[0];
    expect(said?.closest('.verdict')).toHaveClass('amber');
    expect(screen.getByText('不符合条件')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^使用/ })).toBeNull();
  });

  it('says when somebody was checked in before, in amber, and offers nothing to use', async () => {
    const booking = {
      bookingId: id('B1'),
      number: '20481377',
      startsAt: '2026-11-24T06:30:00.000Z',
      endsAt: '2026-11-24T07:00:00.000Z',
      companions: 0,
      arrivedAt: '2026-11-24T06:20:00.000Z',
    };
    const verdict = 'already-arrived' as const;
    server.on(windowRoutes.look, () =>
      looked({ verdict, lookId: null, dues: [due({ verdict, bookingRequired: true, booking })] }),
    );
    const { user } = openConsole(server, '/window', clerk);
    await user.type(await screen.findByLabelText('用扫码枪扫描持卡人的英才码'), 'HC1:AB{Enter}');
    expect((await screen.findAllByText('今天的预约已签到'))[0]).toBeVisible();
    expect(screen.getByText(/已于 14:20 签到/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /^使用：/ })).not.toBeInTheDocument();
  });

  it('keeps the line when the server is away, so that Enter tries again', async () => {
    server.on(windowRoutes.look, () => problem(503, 'SERVICE_UNAVAILABLE'));
    const { user } = openConsole(server, '/window', clerk);
    const field = await screen.findByLabelText('用扫码枪扫描持卡人的英才码');
    await user.type(field, 'XX{Enter}');
    expect(await screen.findByText('服务正在启动或维护，请稍后重试')).toBeVisible();
    expect(field).toHaveValue('XX');
    server.on(windowRoutes.look, () => looked());
    await user.type(field, '{Enter}');
    expect(await screen.findByText('可以使用')).toBeVisible();
    expect(field).toHaveValue('');
  });

  it('asks for the venue once, and remembers it on this computer', async () => {
    server.on(venueAdminRoutes.list, () => ({ items: [pier, clinic] }));
    const { user } = openConsole(server, '/window', staffSelf('service-window'));
    expect(await screen.findByText('先选一个场馆')).toBeVisible();
    await user.click(screen.getByRole('button', { name: '市立医院导诊台' }));
    expect(await screen.findByText('等待扫码')).toBeVisible();
    expect(localStorage.getItem('talent-card.console.venue')).toBe(clinic.venueId);
  });

  it('takes a code that was scanned on the arrivals page', async () => {
    server.on(bookingAdminRoutes.arrivals, () => ({
      venueId: pier.venueId,
      date: '2026-11-24',
      slots: [],
    }));
    const { user, router } = openConsole(server, '/arrivals', clerk);
    const code = `HC1:${'A'.repeat(60)}`;
    await user.type(await screen.findByLabelText('预约号或扫码'), `${code}{Enter}`);
    expect(await screen.findByText('可以使用')).toBeVisible();
    expect(router.state.location.pathname).toBe('/window');
    expect(server.callsOf(windowRoutes.look).map(({ body }) => (body as { code: string }).code)).toEqual([
      code,
    ]);
  });
});
