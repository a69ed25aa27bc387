import type { CheckApplication, SubmitApplication } from '@talent-card/shared/cards/schema';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import {
  application,
  CASE_ID,
  check,
  draft,
  leaveDraft,
  OTHER_PERSON_ID,
  PERSON_ID,
  returned,
  summary,
} from '@test/applications';
import { card, me, problem, type Script, script, show, signedIn } from '@test/script';
import Taro, { openAt } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { chooseLocale } from '@/platform/i18n';
import { PAGES, pageUrl } from '@/platform/pages';
import { queryClient } from '@/platform/query';
import { setSession } from '@/platform/session';
import ApplyPage from './index';

const SOMEBODY = {
  name: '王晓明',
  identityType: 'resident-id',
  maskedIdentityNumber: '3710**********0035',
  birthDate: '1990-01-01',
} as const;
const PATIENT = { timeout: 5000 };
const KEY = `apply-draft:${PERSON_ID}`;

/** A service where nothing stands in the way; a test changes what matters to it. */
const service = (over: Script = {}) =>
  script({
    'GET /me': me(),
    'GET /card-applications/mine': { items: [] },
    'GET /cards/mine': { items: [] },
    'GET /me/consents': { items: [] },
    'POST /card-applications/check': check(),
    'POST /card-applications': application(),
    ...over,
  });
type Asked = ReturnType<typeof service>;

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const tap = (name: string | RegExp) => fireEvent.click(button(name));
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const leave = (...args: Parameters<typeof draft>) => leaveDraft(Taro.setStorageSync, draft(...args));
const stored = (): { form: Record<string, unknown> } | null => {
  const text = Taro.getStorageSync(KEY);
  return text ? JSON.parse(String(text)) : null;
};
const sent = (asked: Asked, path: string) =>
  asked.filter((request) => request.method === 'POST' && request.url.endsWith(path));
const bodies = <T,>(asked: Asked, path: string) => sent(asked, path).map((request) => request.data as T);

async function open(): Promise<void> {
  show(<ApplyPage />);
  await screen.findByText('办理方式', undefined, PATIENT);
}
async function openReview(): Promise<void> {
  await open();
  await screen.findByText('最长 3 个工作日', undefined, PATIENT);
  tap('核对并提交');
  await screen.findByText('请再看一遍，确认无误再提交。');
}
const agree = () => fireEvent.click(screen.getByRole('checkbox', { name: '申领授权' }));

beforeEach(() => {
  openAt(PAGES.apply);
  signedIn();
});

describe('finding the path', () => {
  it('asks the service while the form is filled in, and says category, days and what is missing', async () => {
    const asked = service({
      'POST /card-applications/check': ({ data }: { data?: unknown }) => {
        const { form } = data as CheckApplication;
        return check({
          maySubmit: false,
          missing: form.provincialCardNumber
            ? [{ kind: 'document', name: 'provincial-card' }]
            : [
                { kind: 'field', name: 'provincialCardNumber' },
                { kind: 'document', name: 'provincial-card' },
              ],
        });
      },
    });
    await open();
    expect(screen.getByText(/选好“符合哪一项”/)).toBeInTheDocument();
    fireEvent.click(screen.getByRole('radio', { name: '高区' }));
    tap('下一项：符合哪一项');
    fireEvent.click(screen.getByRole('radio', { name: '我有山东惠才卡' }));
    expect(await screen.findByText('最长 3 个工作日', undefined, PATIENT)).toBeInTheDocument();
    expect(screen.getByText('第一类')).toBeInTheDocument();
    expect(screen.getByText('填写：惠才卡卡号')).toBeInTheDocument();
    expect(screen.getByText('上传：山东惠才卡')).toBeInTheDocument();
    expect(screen.getByText('填写：单位全称')).toBeInTheDocument();
    type('惠才卡卡号', 'SDHC2022');
    expect(screen.queryByText('填写：惠才卡卡号')).not.toBeInTheDocument();
    await waitFor(
      () =>
        expect(bodies<CheckApplication>(asked, '/check').at(-1)?.form).toEqual({
          offlineMaterial: false,
          zoneCode: '371002-G',
          category: '1',
          provincialCardNumber: 'SDHC2022',
        }),
      PATIENT,
    );
  });

  it('leads from a missing thing to its field', async () => {
    leave({ mobile: '' });
    service();
    await open();
    expect(screen.getByText('还差 1 项', { selector: '.strong' })).toBeInTheDocument();
    tap('填写：手机号');
    expect(screen.getByLabelText('手机号')).toBeInTheDocument();
  });

  it('says that the card comes at once where the roster fits', async () => {
    leave();
    service({ 'POST /card-applications/check': check({ workingDays: 0 }) });
    await open();
    expect(await screen.findByText('提交后马上发卡', undefined, PATIENT)).toBeInTheDocument();
  });

  it('offers the category that the roster knows', async () => {
    leave();
    service({ 'POST /card-applications/check': check({ proposedCategory: '2' }) });
    await open();
    await screen.findByText('按人才库记录，第二类更适合你，办得更快。', undefined, PATIENT);
    tap('改按第二类申领');
    expect(stored()?.form.holding).toBe('2');
  });

  it('announces a category that opens soon with what to prepare and ways on, and no submit', async () => {
    leave({ holding: '4' });
    service({
      'POST /card-applications/check': check({ proposedCategory: '4', path: 'reviewed', opensSoon: true }),
    });
    await open();
    expect(screen.getByText('第四类的线上申领即将开放')).toBeInTheDocument();
    expect(screen.getByText('可以先准备')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '核对并提交' })).not.toBeInTheDocument();
    expect(button('联系服务窗口')).toBeInTheDocument();
    tap('看看是否符合第一、二类');
    expect(stored()?.form.holding).toBe('unsure');
  });

  it('words conditions, also one that this version does not know', async () => {
    leave();
    const conditions: Condition[] = [
      {
        code: 'AGE_AT_MOST',
        outcome: 'unmet',
        reason: 'AGE_AT_MOST.TOO_OLD',
        params: { max: 55, age: 57 },
        source: null,
      },
      { code: 'NEW_ONE', outcome: 'unknown', reason: 'NEW_ONE.WHY', params: {}, source: null },
    ];
    service({
      'POST /card-applications/check': check({
        eligibility: {
          outcome: 'unmet',
          ruleSetId: 'r',
          documentNumber: '威发〔2018〕22号',
          demo: true,
          conditions,
        },
      }),
    });
    await open();
    expect(await screen.findByText(/一般不超过 55 岁，你现在 57 岁/, undefined, PATIENT)).toBeInTheDocument();
    expect(screen.getByText(/NEW_ONE\.WHY/)).toBeInTheDocument();
    expect(screen.getByText('演示数据')).toBeInTheDocument();
  });

  it('goes on without the check when the network fails, and asks again on demand', async () => {
    leave();
    let broken = true;
    service({
      'POST /card-applications/check': () => {
        if (broken) throw new Error('request:fail');
        return check();
      },
    });
    await open();
    await screen.findByText(/暂时没能核对，不影响继续填写/, undefined, PATIENT);
    broken = false;
    tap('再核对一次');
    expect(await screen.findByText('最长 3 个工作日', undefined, PATIENT)).toBeInTheDocument();
  });
});

describe('the draft', () => {
  it('survives leaving, and belongs to one person only', async () => {
    service();
    show(<ApplyPage />).unmount();
    const first = show(<ApplyPage />);
    await screen.findByText('办理方式');
    tap(/^展开怎么联系你/);
    type('手机号', '13806310001');
    first.unmount();

    const second = show(<ApplyPage />);
    expect(await screen.findByText(/已接上 今天 .* 的草稿/)).toBeInTheDocument();
    tap(/^展开怎么联系你/);
    expect(screen.getByLabelText('手机号')).toHaveValue('13806310001');
    second.unmount();

    queryClient.clear();
    service({ 'GET /me': me({ person: { ...SOMEBODY, personId: OTHER_PERSON_ID } }) });
    show(<ApplyPage />);
    await screen.findByText('办理方式');
    expect(screen.queryByText(/的草稿/)).not.toBeInTheDocument();
    tap(/^展开怎么联系你/);
    expect(screen.getByLabelText('手机号')).toHaveValue('');
  });

  it('of another format is dropped rather than misread', async () => {
    Taro.setStorageSync(KEY, JSON.stringify({ ...draft(), format: 99, caseVersion: null }));
    service();
    await open();
    expect(screen.queryByText(/的草稿/)).not.toBeInTheDocument();
  });

  it('can be cleared, and the clearing undone', async () => {
    leave();
    service();
    await open();
    tap('清空重填');
    expect(stored()).toBeNull();
    expect(screen.getByText('草稿已清空')).toBeInTheDocument();
    tap('撤销');
    expect(stored()?.form.employer).toBe('威海某药业有限公司');
  });
});

describe('submitting', () => {
  it('shows everything once more and sends form, documents and the consent that was given', async () => {
    leave();
    const asked = service();
    await openReview();
    expect(screen.getByText('威海某药业有限公司')).toBeInTheDocument();
    expect(screen.getByText('惠才卡.jpg')).toBeInTheDocument();
    tap('提交申请');
    expect(screen.getByText('请先勾选同意，再提交')).toBeInTheDocument();
    expect(sent(asked, '/card-applications')).toHaveLength(0);
    agree();
    tap('提交申请');
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('applicationResult', { caseId: CASE_ID }),
      }),
    );
    const [body] = bodies<SubmitApplication>(asked, '/card-applications');
    expect(body?.consentVersion).toBe('2026-11');
    expect(body?.form).toMatchObject({ category: '1', mobile: '13806310001', zoneCode: '371002-G' });
    expect(body?.documents).toEqual([
      { documentType: 'provincial-card', fileId: '01JD0000000000000000000F01' },
    ]);
    expect(stored()).toBeNull();
  });

  it('does not ask for a consent that stands', async () => {
    leave();
    const consent = {
      purpose: 'card-application',
      version: '2026-11',
      grantedAt: '2026-11-20T00:00:00.000Z',
      withdrawnAt: null,
      currentVersion: '2026-11',
    };
    const asked = service({ 'GET /me/consents': { items: [consent] } });
    await openReview();
    await screen.findByText('你已同意申领授权（版本 2026-11）');
    tap('提交申请');
    await waitFor(() => expect(sent(asked, '/card-applications')).toHaveLength(1));
  });

  it('sends once for two taps', async () => {
    leave();
    const asked = service();
    await openReview();
    agree();
    const submit = button('提交申请');
    fireEvent.click(submit);
    fireEvent.click(submit);
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalled());
    expect(sent(asked, '/card-applications')).toHaveLength(1);
  });

  it('keeps the key for a retry after the network failed, and makes a new one after an answer', async () => {
    leave();
    const answers = [
      () => {
        throw new Error('request:fail');
      },
      () => ({ statusCode: 409, data: problem('APPLICATION_ALREADY_OPEN') }),
      () => ({ statusCode: 409, data: problem('APPLICATION_ALREADY_OPEN') }),
    ];
    const asked = service({ 'POST /card-applications': () => answers.shift()?.() });
    await openReview();
    agree();
    tap('提交申请');
    expect(await screen.findByText(errorTexts.NETWORK_UNREACHABLE[0])).toBeInTheDocument();
    expect(stored()?.form.mobile).toBe('13806310001');
    tap('提交申请');
    await screen.findByText(errorTexts.APPLICATION_ALREADY_OPEN[0]);
    tap('提交申请');
    await waitFor(() => expect(sent(asked, '/card-applications')).toHaveLength(3));
    const keys = sent(asked, '/card-applications').map((request) => request.header['idempotency-key']);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[1]);
    await waitFor(() => expect(button('查看我的申请')).toBeInTheDocument());
  });

  it('puts what the service found wrong at its field and keeps what was typed', async () => {
    leave();
    const fields = [
      { path: 'form.mobile', code: 'MOBILE_FORMAT' },
      { path: 'form.employer', code: 'TOO_LONG' },
    ];
    service({
      'POST /card-applications': { statusCode: 400, data: problem('VALIDATION_FAILED', { fields }) },
    });
    await openReview();
    agree();
    tap('提交申请');
    expect(await screen.findByText('请填 11 位手机号')).toBeInTheDocument();
    expect(screen.getByText('太长了，请缩短一些')).toBeInTheDocument();
    expect(screen.getByText('有 2 处需要修改，已为你标出')).toBeInTheDocument();
    expect(screen.getByLabelText('手机号')).toHaveValue('13806310001');
    expect(screen.getByLabelText('手机号')).toHaveAttribute('aria-invalid', 'true');
    await waitFor(() => expect(screen.getByLabelText('单位全称')).toHaveFocus());
    type('手机号', '13806310002');
    expect(screen.queryByText('请填 11 位手机号')).not.toBeInTheDocument();
  });

  it('marks what is missing instead of going to the review', async () => {
    leave({ mobile: '138', employer: '' });
    service();
    await open();
    tap('核对并提交');
    expect(await screen.findByText('请填写这一项')).toBeInTheDocument();
    expect(screen.queryByText('请再看一遍，确认无误再提交。')).not.toBeInTheDocument();
    tap(/^展开怎么联系你/);
    expect(screen.getByText('请填 11 位手机号')).toBeInTheDocument();
  });

  it('only warns about the check character of a credit code', async () => {
    leave({ creditCode: '91371000613080138X' });
    service();
    await openReview();
    tap('修改单位和岗位');
    fireEvent.blur(screen.getByLabelText('统一社会信用代码（选填）'));
    expect(screen.getByText(/校验位对不上/)).toHaveClass('ap-warning');
    tap('核对并提交');
    expect(await screen.findByText('请再看一遍，确认无误再提交。')).toBeInTheDocument();
  });
});

describe('nobody fills it in in vain', () => {
  it('leads to the open application', async () => {
    service({ 'GET /card-applications/mine': { items: [summary()] } });
    show(<ApplyPage />);
    await screen.findByText('你已有一份申请在办理');
    tap('查看进度');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('application', { caseId: CASE_ID }) });
  });

  it('leads to the card that is held', async () => {
    service({ 'GET /cards/mine': { items: [card()] } });
    show(<ApplyPage />);
    await screen.findByText('你已有有效的英才卡');
    tap('去卡包');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: PAGES.wallet });
  });

  it('leads to the sign-in and back', async () => {
    setSession(null);
    openAt(PAGES.apply, { caseId: CASE_ID }, 0);
    show(<ApplyPage />);
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('signIn', { next: pageUrl('apply', { caseId: CASE_ID }) }),
      }),
    );
  });
});

describe('correcting a returned application', () => {
  const path = `/card-applications/${CASE_ID}`;
  beforeEach(() => openAt(PAGES.apply, { caseId: CASE_ID }));

  it('opens at the fields with the office’s notes, and sends the corrected form with its version', async () => {
    const asked = service({
      [`GET ${path}`]: returned(),
      [`POST ${path}/resubmit`]: application({ version: 5 }),
    });
    show(<ApplyPage />);
    expect(await screen.findByText('请按营业执照填写全称。')).toBeInTheDocument();
    expect(screen.getByText('请上传劳动合同。')).toBeInTheDocument();
    expect(screen.getByLabelText('单位全称')).toHaveValue('威海某药业');
    expect(screen.queryByText('已修改')).not.toBeInTheDocument();
    expect(screen.getByText('还有 2 处没有按窗口意见修改')).toBeInTheDocument();
    type('单位全称', '威海某药业有限公司');
    expect(screen.getByText('已修改')).toBeInTheDocument();
    expect(screen.getByText('还有 1 处没有按窗口意见修改')).toBeInTheDocument();
    await screen.findByText('最长 3 个工作日', undefined, PATIENT);
    tap('核对并提交');
    await screen.findByText('请再看一遍，确认无误再提交。');
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    tap('重新提交');
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('applicationResult', { caseId: CASE_ID }),
      }),
    );
    expect(bodies<{ version: number; form: unknown }>(asked, '/resubmit')[0]).toMatchObject({
      version: 4,
      form: { employer: '威海某药业有限公司' },
    });
  });

  it('says so when there is nothing to correct', async () => {
    service({ [`GET ${path}`]: application() });
    show(<ApplyPage />);
    expect(await screen.findByText('这份申请现在不用修改')).toBeInTheDocument();
  });

  it('offers a retry when it cannot be loaded', async () => {
    let broken = true;
    service({
      [`GET ${path}`]: () =>
        broken ? { statusCode: 503, data: problem('SERVICE_UNAVAILABLE') } : returned(),
    });
    show(<ApplyPage />);
    await screen.findByText(errorTexts.SERVICE_UNAVAILABLE[0]);
    broken = false;
    tap('重试');
    expect(await screen.findByText('请按营业执照填写全称。')).toBeInTheDocument();
  });
});

it('speaks English', async () => {
  leave();
  service();
  chooseLocale('en');
  show(<ApplyPage />);
  expect(await screen.findByText('At most 3 working days', undefined, PATIENT)).toBeInTheDocument();
  expect(button('Review and submit')).toBeInTheDocument();
});
