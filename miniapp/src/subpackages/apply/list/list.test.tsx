import { application, CASE_ID, leaveDraft, summary } from '@test/applications';
import { card, me, problem, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { PAGES, pageUrl } from '@/platform/pages';
import ApplicationResult from '../result';
import Applications from './index';

const tap = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const list = (items: unknown) => script({ 'GET /me': me(), 'GET /card-applications/mine': items });

beforeEach(() => {
  openAt(PAGES.applications);
  signedIn();
});

describe('my applications', () => {
  it('say for each who acts until when, and open on a tap', async () => {
    list({
      items: [
        summary(),
        summary({
          caseId: 'B',
          caseNumber: 'S2026-1101-0001',
          status: 'returned',
          dueOn: null,
          currentStep: null,
        }),
        summary({ caseId: 'C', caseNumber: 'S2026-1001-0001', overdue: true, workingDaysLeft: -1 }),
      ],
    });
    show(<Applications />);
    expect(await screen.findByText('等待服务窗口核验，预计 11月27日 前完成')).toBeInTheDocument();
    expect(screen.getByText('请补正后重新提交')).toBeInTheDocument();
    expect(screen.getByText('超过承诺时间')).toBeInTheDocument();
    // With one open, another would be refused.
    expect(screen.queryByRole('button', { name: '申领英才卡' })).not.toBeInTheDocument();
    tap(/S2026-1118-0071/);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('application', { caseId: CASE_ID }) });
  });

  it('offer the form where there are none, and remind of a draft', async () => {
    leaveDraft(Taro.setStorageSync);
    list({ items: [] });
    show(<Applications />);
    expect(await screen.findByText('还没有申请')).toBeInTheDocument();
    expect(screen.getByText(/草稿没有提交/)).toBeInTheDocument();
    tap('申领英才卡');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.apply });
  });

  it('offer a retry when they cannot be loaded', async () => {
    list({ statusCode: 500, data: problem('INTERNAL') });
    show(<Applications />);
    expect(await screen.findByText(errorTexts.INTERNAL[0])).toBeInTheDocument();
    expect(screen.getByText('问题编号 req-1')).toBeInTheDocument();
    list({ items: [summary()] });
    tap('重试');
    expect(await screen.findByText(/等待服务窗口核验/)).toBeInTheDocument();
  });
});

describe('what came of it', () => {
  const result = (given: ReturnType<typeof application>) => {
    openAt(PAGES.applicationResult, { caseId: CASE_ID }, 0);
    script({
      'GET /me': me(),
      [`GET /card-applications/${CASE_ID}`]: given,
      'GET /cards/card-1': card({ cardId: 'card-1' }),
    });
    show(<ApplicationResult />);
  };

  it('is the card itself, and the way to it', async () => {
    result(application({ status: 'approved', cardId: 'card-1', dueOn: null }));
    expect(await screen.findByText('你的英才卡办好了')).toBeInTheDocument();
    expect(await screen.findByText('3710 0821 0063 4185')).toBeInTheDocument();
    tap('查看我的卡');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('card', { cardId: 'card-1' }) });
  });

  it('is a window that decides by a day, and what happens next', async () => {
    result(application());
    expect(await screen.findByText('申请已提交')).toBeInTheDocument();
    expect(screen.getByText('高区人才服务窗口最晚 11月27日 前办结')).toBeInTheDocument();
    expect(screen.queryByText(/机要/)).not.toBeInTheDocument();
    tap('查看进度');
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('application', { caseId: CASE_ID }) }),
    );
  });

  it('reminds of classified material that goes by paper', async () => {
    const given = application();
    result({ ...given, form: { ...given.form, offlineMaterial: true } });
    expect(await screen.findByText(/机要渠道递交/)).toBeInTheDocument();
  });
});
