import type { Application } from '@talent-card/shared/cards/schema';
import { application, CASE_ID, returned } from '@test/applications';
import { me, problem, type Script, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { chooseLocale } from '@/platform/i18n';
import { PAGES, pageUrl } from '@/platform/pages';
import { setSession } from '@/platform/session';
import ApplicationDetail from './index';
import { timelineOf } from './timeline';

const path = `/card-applications/${CASE_ID}`;
const service = (given: Application, over: Script = {}) =>
  script({ 'GET /me': me(), [`GET ${path}`]: given, ...over });
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const tap = (name: string | RegExp) => fireEvent.click(button(name));
async function open(given: Application, over: Script = {}) {
  const asked = service(given, over);
  show(<ApplicationDetail />);
  await screen.findByText('办理进度');
  return asked;
}
const event = (
  kind: Application['timeline'][number]['kind'],
  over: Partial<Application['timeline'][number]> = {},
) => ({
  eventId: `01JD0000000000000000000${kind.slice(0, 3).toUpperCase()}`,
  kind,
  at: '2026-11-20T08:05:00.000Z',
  stepName: { zh: '服务窗口核验', en: 'Check by the service window' },
  by: 'office' as const,
  office: { zh: '高区人社局', en: 'High-tech Zone bureau' },
  note: null,
  ...over,
});

beforeEach(() => {
  openAt(PAGES.application, { caseId: CASE_ID });
  signedIn();
});

describe('where it stands', () => {
  it('says who acts, until when and how many working days are left', async () => {
    await open(application());
    expect(screen.getByText('等待服务窗口核验')).toBeInTheDocument();
    expect(screen.getByText('11月27日')).toBeInTheDocument();
    expect(screen.getByText(/还有 3 个工作日/)).toBeInTheDocument();
    expect(screen.getByText('5 个工作日内')).toBeInTheDocument();
    expect(screen.getByText('到“卡包”查看，无需领取')).toBeInTheDocument();
  });

  it('says honestly that it is late, and whom to call', async () => {
    await open(application({ overdue: true, dueOn: '2026-11-19', workingDaysLeft: -2 }));
    expect(screen.getByText('承诺 11月19日 前办结，已超 2 个工作日。')).toBeInTheDocument();
    expect(screen.getByText('高区人才服务窗口')).toBeInTheDocument();
    tap('联系窗口');
    expect(Taro.makePhoneCall).toHaveBeenCalledWith({ phoneNumber: '06310000000' });
    tap(/威海市高区文化西路/);
    await waitFor(() =>
      expect(Taro.setClipboardData).toHaveBeenCalledWith({ data: '威海市高区文化西路 288 号' }),
    );
  });

  it('names the document that a condition stands in, where there is one', async () => {
    const condition = { outcome: 'met' as const, params: {} };
    await open(
      application({
        conditions: [
          {
            ...condition,
            code: 'IN_PROGRAMME',
            reason: 'IN_PROGRAMME.CHOSEN',
            params: { programme: '演示工程' },
            source: '威发〔2018〕1号',
          },
          { ...condition, code: 'NO_VALID_CARD', reason: 'NO_VALID_CARD.NONE', source: null },
        ],
      }),
    );
    expect(screen.getAllByText(/^依据 /)).toHaveLength(1);
    expect(screen.getByText('依据 威发〔2018〕1号')).toBeInTheDocument();
  });

  it('names each correction with its note, one tap from the form', async () => {
    await open(returned());
    expect(screen.getByText('请补正后重新提交')).toBeInTheDocument();
    expect(screen.getByText('请补正两处。')).toBeInTheDocument();
    expect(button('修改：劳动合同或聘用合同：请上传劳动合同。')).toBeInTheDocument();
    tap('修改：单位全称：请按营业执照填写全称。');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('apply', { caseId: CASE_ID }) });
  });

  it('gives the reason of a rejection and what one can do', async () => {
    await open(
      application({ status: 'rejected', dueOn: null, currentStep: null, decisionNote: '惠才卡已到期。' }),
    );
    expect(screen.getByText('这次没有通过')).toBeInTheDocument();
    expect(screen.getByText('惠才卡已到期。')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '撤回申请' })).not.toBeInTheDocument();
    tap('重新申领');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.apply });
  });

  it('leads to the card once it is issued', async () => {
    await open(application({ status: 'approved', dueOn: null, currentStep: null, cardId: 'card-1' }));
    tap('查看我的卡');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('card', { cardId: 'card-1' }) });
  });
});

describe('withdrawing', () => {
  const done = application({ status: 'withdrawn', dueOn: null, currentStep: null, version: 5 });

  it('asks with the number of the case, and does nothing on a no', async () => {
    const asked = await open(application());
    tap('撤回申请');
    const dialog = screen.getByRole('dialog', { name: '撤回申请 S2026-1118-0071？' });
    fireEvent.click(within(dialog).getByRole('button', { name: '取消' }));
    expect(asked.some((request) => request.method === 'POST')).toBe(false);
  });

  it('sends the version that was looked at and shows what has become of it', async () => {
    const asked = await open(application(), { [`POST ${path}/withdraw`]: done });
    tap('撤回申请');
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '撤回申请' }));
    expect(await screen.findByText('你已撤回这份申请')).toBeInTheDocument();
    expect(asked.find((request) => request.method === 'POST')?.data).toEqual({ version: 4 });
    expect(screen.getByText('申请 S2026-1118-0071 已撤回')).toBeInTheDocument();
  });

  it('shows the newer state when the office was faster', async () => {
    let decided = false;
    await open(application(), {
      [`GET ${path}`]: () =>
        decided ? application({ status: 'approved', cardId: 'card-1' }) : application(),
      [`POST ${path}/withdraw`]: () => {
        decided = true;
        return { statusCode: 409, data: problem('STALE_VERSION') };
      },
    });
    tap('撤回申请');
    fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: '撤回申请' }));
    expect(await screen.findByText(errorTexts.STALE_VERSION[0])).toBeInTheDocument();
    expect(await screen.findByText('已通过，卡已发放')).toBeInTheDocument();
  });
});

describe('the timeline', () => {
  const looks = (given: Application) => timelineOf(given, 'zh-CN').map((item) => [item.title, item.status]);

  it('goes from what is done over now to what is ahead', () => {
    expect(looks(application())).toEqual([
      ['提交申请', 'done'],
      ['服务窗口核验', 'now'],
      ['市级复核', 'ahead'],
      ['发卡', 'ahead'],
    ]);
  });

  it('marks a return while it stands, and not once it was answered', () => {
    const back = event('returned', { note: '缺合同' });
    const submitted = application().timeline;
    expect(looks(returned({ timeline: [...submitted, back] }))).toEqual([
      ['提交申请', 'done'],
      ['退回补正', 'bad'],
      ['服务窗口核验', 'ahead'],
      ['市级复核', 'ahead'],
      ['发卡', 'ahead'],
    ]);
    const again = event('resubmitted', { at: '2026-11-21T01:00:00.000Z', by: 'applicant', office: null });
    expect(looks(application({ timeline: [...submitted, back, again] })).slice(0, 3)).toEqual([
      ['提交申请', 'done'],
      ['退回补正', 'done'],
      ['补正后重新提交', 'done'],
    ]);
  });

  it('ends with the decision and promises nothing beyond it', () => {
    const timeline = [...application().timeline, event('rejected', { note: '不符合' })];
    expect(looks(application({ status: 'rejected', timeline }))).toEqual([
      ['提交申请', 'done'],
      ['不予通过', 'bad'],
    ]);
    expect(timelineOf(application({ timeline }), 'en')[1]?.when).toBe('20 Nov 16:05 · High-tech Zone bureau');
  });

  it('says that a promise was missed', () => {
    const timeline = [...application().timeline, event('overdue', { by: 'system', office: null })];
    expect(looks(application({ timeline, overdue: true }))[1]).toEqual(['超过承诺时间', 'bad']);
  });
});

describe('the page', () => {
  it('waits with bones and offers a retry when it fails', async () => {
    let broken = true;
    script({
      'GET /me': me(),
      [`GET ${path}`]: () => {
        if (broken) throw new Error('request:fail');
        return application();
      },
    });
    show(<ApplicationDetail />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    await screen.findByText(errorTexts.NETWORK_UNREACHABLE[0]);
    broken = false;
    tap('重试');
    expect(await screen.findByText('等待服务窗口核验')).toBeInTheDocument();
  });

  it('leads somebody who is not signed in to the sign-in and back', async () => {
    setSession(null);
    openAt(PAGES.application, { caseId: CASE_ID }, 0);
    show(<ApplicationDetail />);
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('signIn', { next: pageUrl('application', { caseId: CASE_ID }) }),
      }),
    );
  });

  it('speaks English', async () => {
    chooseLocale('en');
    service(application());
    show(<ApplicationDetail />);
    expect(await screen.findByText('Waiting for: Check by the service window')).toBeInTheDocument();
    expect(screen.getByText(/3 working days left/)).toBeInTheDocument();
  });
});
