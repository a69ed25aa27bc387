import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { QueueItem } from '@talent-card/shared/casework/schema';
import { fileRoutes } from '@talent-card/shared/files/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';
import { CASE, detail, withChanges } from './case.fixtures.js';

describe('the review page', () => {
  let server: FakeServer;
  beforeEach(() => {
    server = new FakeServer();
    server
      .on(caseRoutes.detail, () => detail)
      .on(cardAdminRoutes.classes, () => ({ items: [{ code: 'A', name: { zh: 'A 类', en: 'A' } }] }))
      .on(fileRoutes.staffLink, () => ({ url: '/files/1', expiresAt: '2026-11-24T02:00:00.000Z' }))
      .on(caseRoutes.queue, () => ({ items: [], nextCursor: null }));
  });

  it('shows facts beside their sources, conditions in words, documents and candidates', async () => {
    openConsole(server, `/cases/${CASE}`);
    expect(await screen.findByText('林** · 第二类 · 市级人才工程')).toBeVisible();
    const employer = screen.getByRole('row', { name: /工作单位/ });
    expect(within(employer).getByText('社保 已比对')).toBeVisible();
    expect(within(screen.getByRole('row', { name: /^岗位/ })).getByText('社保：研究员')).toBeVisible();
    expect(screen.getByText('已查到就职于威海某药业有限公司')).toBeVisible();
    expect(screen.getByText('威发〔2018〕22号')).toBeVisible();
    // A rule newer than this console is shown by its code rather than hidden.
    expect(screen.getByText('FUTURE_RULE.NEW')).toBeVisible();
    expect(screen.getByText('类别不同')).toBeVisible();
    expect(await screen.findByTitle('入选文件')).toHaveAttribute(
      'src',
      expect.stringMatching(/^\/files\/1#/),
    );
    expect(screen.getByText('2 个工作日内答复')).toBeVisible();
  });

  it('approves after naming the applicant and what is still open, then leads to the next case', async () => {
    const next = { ...detail, caseId: id('NEXT'), caseNumber: 'S2026-1124-0072' } satisfies QueueItem;
    server
      .on(caseRoutes.decide, () => withChanges({ status: 'approved', mayDecide: false, version: 4 }))
      .on(caseRoutes.queue, () => ({ items: [detail, next], nextCursor: null }));
    const { user } = openConsole(server, `/cases/${CASE}`);
    await user.click(await screen.findByRole('button', { name: '同意并发卡' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('同意 林** 的申请（S2026-1124-0071）')).toBeVisible();
    expect(within(dialog).getByText(/还有 2 个条件/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: '同意并发卡' }));
    expect(await screen.findByRole('link', { name: '下一件（S2026-1124-0072）' })).toHaveAttribute(
      'href',
      `/cases/${next.caseId}`,
    );
    const [call] = server.callsOf(caseRoutes.decide);
    expect(call?.body).toEqual({ version: 3, decision: 'approve' });
    expect(call?.headers.get('idempotency-key')).toBeTruthy();
  });

  it('returns with a note and points by field', async () => {
    server.on(caseRoutes.decide, () => withChanges({ status: 'returned', mayDecide: false }));
    const { user } = openConsole(server, `/cases/${CASE}`);
    await user.click(await screen.findByRole('button', { name: '退回补正' }));
    const dialog = await screen.findByRole('dialog');
    await user.click(within(dialog).getByRole('button', { name: '退回补正' }));
    expect(await within(dialog).findByText('至少写 2 个字，本人会看到')).toBeVisible();
    expect(server.callsOf(caseRoutes.decide)).toHaveLength(0);
    await user.click(within(dialog).getByRole('combobox', { name: '选择字段或材料' }));
    await user.click(await screen.findByTitle('岗位'));
    await user.type(within(dialog).getByLabelText('怎么改'), '与合同不一致');
    await user.type(within(dialog).getByLabelText('总的说明'), '请核对岗位');
    await user.click(within(dialog).getByRole('button', { name: '退回补正' }));
    await waitFor(() => expect(server.callsOf(caseRoutes.decide)).toHaveLength(1));
    expect(server.callsOf(caseRoutes.decide)[0]?.body).toEqual({
      version: 3,
      decision: 'return',
      note: '请核对岗位',
      corrections: [{ field: 'position', note: '与合同不一致' }],
    });
  });

  it('tells of a lost race, fetches the newest version and keeps what was typed', async () => {
    let version = 3;
    server
      .on(caseRoutes.detail, () => withChanges({ version }))
      .on(caseRoutes.decide, ({ body }) => {
        if ((body as { version: number }).version === 4) return withChanges({ status: 'rejected' });
        version = 4;
        return problem(409, 'STALE_VERSION');
      });
    const { user } = openConsole(server, `/cases/${CASE}`);
    await user.click(await screen.findByRole('button', { name: '不予通过' }));
    let dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('理由'), '文件已失效');
    await user.click(within(dialog).getByRole('button', { name: '不予通过' }));
    expect(await within(dialog).findByText('有人刚刚改过这条记录')).toBeVisible();
    expect(within(dialog).getByRole('button', { name: '不予通过' })).toBeDisabled();
    await waitFor(() => expect(server.callsOf(caseRoutes.detail)).toHaveLength(2));
    await user.click(within(dialog).getByRole('button', { name: '查看最新内容' }));
    await user.click(await screen.findByRole('button', { name: '不予通过' }));
    dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByLabelText('理由')).toHaveValue('文件已失效');
    await user.click(within(dialog).getByRole('button', { name: '不予通过' }));
    await waitFor(() =>
      expect(server.callsOf(caseRoutes.decide)[1]?.body).toEqual({
        version: 4,
        decision: 'reject',
        note: '文件已失效',
      }),
    );
  });

  it('offers no decision to somebody who may only look', async () => {
    server.on(caseRoutes.detail, () => withChanges({ mayDecide: false }));
    openConsole(server, `/cases/${CASE}`, staffSelf('auditor'));
    expect(await screen.findByText('这一步由其他部门或同事办理，您可以查看。')).toBeVisible();
    expect(screen.queryByRole('button', { name: '同意并发卡' })).toBeNull();
  });
});
