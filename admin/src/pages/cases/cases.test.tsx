import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { CaseDetail, QueueItem } from '@talent-card/shared/casework/schema';
import { fileRoutes } from '@talent-card/shared/files/routes';
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { id, openConsole, staffSelf } from '../../test/console.js';
import { FakeServer, problem } from '../../test/fake-server.js';

const CASE = id('CASE');
const detail: CaseDetail = {
  caseId: CASE,
  caseNumber: 'S2026-1124-0071',
  type: 'card-application',
  status: 'in-review',
  submittedAt: '2026-11-23T01:00:00.000Z',
  updatedAt: '2026-11-23T01:00:00.000Z',
  currentStep: { zh: '窗口核验', en: 'Window check' },
  dueOn: '2026-11-26',
  workingDaysLeft: 2,
  overdue: false,
  version: 3,
  applicant: {
    personId: id('P1'),
    maskedName: '林**',
    identityType: 'resident-id',
    maskedIdentityNumber: '3710**********2418',
    zoneCode: '371002-G',
  },
  category: '2',
  zoneCode: '371002-G',
  mayDecide: true,
  form: {
    category: '2',
    employer: '威海某药业有限公司',
    position: '研发中心副主任',
    programme: '威海英才计划',
  },
  steps: [
    {
      key: 'window',
      name: { zh: '窗口核验', en: 'Window check' },
      status: 'current',
      workingDays: 3,
      dueOn: '2026-11-26',
      decidedAt: null,
    },
  ],
  timeline: [],
  documents: [
    {
      documentType: 'programme-notice',
      name: { zh: '入选文件', en: 'Notice' },
      required: true,
      offline: false,
      files: [
        {
          fileId: id('F1'),
          fileName: '入选文件.pdf',
          contentType: 'application/pdf',
          sizeBytes: 1000,
          uploadedAt: '2026-11-23T01:00:00.000Z',
        },
      ],
    },
  ],
  conditions: [
    {
      code: 'WORKS_IN_WEIHAI',
      outcome: 'met',
      reason: 'WORKS_IN_WEIHAI.EMPLOYED',
      params: { employer: '威海某药业有限公司' },
      source: '威发〔2018〕22号',
    },
    { code: 'IN_ROSTER', outcome: 'unknown', reason: 'IN_ROSTER.NOT_LISTED', params: {}, source: null },
    { code: 'FUTURE_RULE', outcome: 'unknown', reason: 'FUTURE_RULE.NEW', params: {}, source: null },
  ],
  facts: [
    {
      factId: id('X1'),
      kind: 'employment',
      value: {
        employer: '威海某药业有限公司',
        position: '研究员',
        since: '2023-09-01',
        until: null,
        zoneCode: '371002-G',
      },
      source: 'social-insurance',
      observedAt: '2026-11-20T02:00:00.000Z',
      proofFileId: null,
    },
  ],
  offlineMaterial: false,
  title: null,
  extra: {
    rosterCandidates: [
      {
        entryId: id('E1'),
        maskedName: '林**',
        maskedIdentityNumber: '3710**********2418',
        category: '1',
        programme: null,
        employer: null,
        differences: ['category'],
      },
    ],
  },
  corrections: [],
};

const withChanges = (over: Partial<CaseDetail>): CaseDetail => ({ ...detail, ...over });

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
