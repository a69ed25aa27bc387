import { me, problem, script, show, signedIn } from '@test/script';
import { CHANNEL_ID, channel, NOW, REQUEST_ID, request } from '@test/services';
import Taro, { openAt, type ScriptedRequest } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { clock } from '@/platform/clock';
import { PAGES, pageUrl } from '@/platform/pages';
import RequestPage from './detail';
import RequestFormPage from './form';
import Requests from './list';

const officer = channel({ use: 'officer', booking: null, name: { zh: '保健医生', en: 'Personal doctor' } });
const { form: _form, documents: _documents, steps: _steps, ...rest } = request();
const row = { ...rest, subject: '想约长期随访' };
const file = {
  fileId: '01JD0000000000000000000F01',
  fileName: '证明.pdf',
  contentType: 'application/pdf' as const,
  sizeBytes: 1000,
  uploadedAt: '2026-11-24T01:00:00.000Z',
};
const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /me/consents': { items: [] },
    [`GET /channels/${CHANNEL_ID}`]: officer,
    'GET /service-requests/mine': { items: [row] },
    [`GET /service-requests/${REQUEST_ID}`]: request(),
    'POST /service-requests': request(),
    ...over,
  });
const tap = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const type = async (label: string, value: string) =>
  fireEvent.change(await screen.findByRole('textbox', { name: label }), { target: { value } });
const posts = (asked: ScriptedRequest[]) => asked.filter(({ method }) => method === 'POST');

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  signedIn();
});
afterEach(() => jest.restoreAllMocks());

describe('asking an office', () => {
  beforeEach(() => openAt(PAGES.requestForm, { channelId: CHANNEL_ID }));

  it('marks what is missing, keeps what is typed, and hands it in once', async () => {
    const asked = service();
    const { unmount } = show(<RequestFormPage />);
    await tap('提交');
    expect(screen.getAllByText('请填写这一项')).toHaveLength(3);
    expect(posts(asked)).toHaveLength(0);
    await type('想办什么', '想约长期随访');
    await type('具体情况', '每季度看一次');
    await type('联系电话', '1380631');
    expect(screen.getByText('请填 11 位手机号')).toBeInTheDocument();
    unmount();

    show(<RequestFormPage />);
    expect(await screen.findByRole('textbox', { name: '想办什么' })).toHaveValue('想约长期随访');
    await type('联系电话', '138 0631 0001');
    await tap('提交');
    await waitFor(() =>
      expect(Taro.redirectTo).toHaveBeenCalledWith({
        url: pageUrl('request', { caseId: REQUEST_ID, fresh: '1' }),
      }),
    );
    expect(posts(asked).map(({ data }) => data)).toEqual([
      {
        channelId: CHANNEL_ID,
        form: { subject: '想约长期随访', details: '每季度看一次', mobile: '13806310001' },
        documents: [],
      },
    ]);
    expect(Taro.getStorageInfoSync().keys.some((key) => key.includes('request:'))).toBe(false);
  });

  it('keeps the draft when it was refused', async () => {
    service({ 'POST /service-requests': { statusCode: 429, data: problem('RATE_LIMITED') } });
    show(<RequestFormPage />);
    await type('想办什么', '想约长期随访');
    await type('具体情况', '每季度看一次');
    await type('联系电话', '13806310001');
    await tap('提交');
    expect(await screen.findByText(errorTexts.RATE_LIMITED[0])).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: '想办什么' })).toHaveValue('想约长期随访');
  });

  it('needs the consent about children before it hands in', async () => {
    const asked = service({
      [`GET /channels/${CHANNEL_ID}`]: { ...officer, use: 'case', sensitive: 'minor' },
      'POST /me/consents/grant': { items: [] },
    });
    show(<RequestFormPage />);
    await type('想办什么', '入学');
    await type('具体情况', '孩子六岁');
    await type('联系电话', '13806310001');
    await tap('提交');
    expect(screen.getByText('请先勾选同意，再继续')).toBeInTheDocument();
    fireEvent.click(screen.getByRole('checkbox', { name: /孩子的信息/ }));
    await tap('提交');
    await waitFor(() => expect(posts(asked)).toHaveLength(2));
    expect(posts(asked)[0]?.data).toMatchObject({ purpose: 'channel-minor' });
  });

  it('leads back to the channel where nothing is handed in', async () => {
    service({ [`GET /channels/${CHANNEL_ID}`]: channel() });
    show(<RequestFormPage />);
    await tap('看通道说明');
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: pageUrl('channel', { channelId: CHANNEL_ID }) });
  });

  it('corrects what the office returned, its documents kept', async () => {
    openAt(PAGES.requestForm, { caseId: REQUEST_ID });
    const returned = request({
      status: 'returned',
      version: 2,
      corrections: [{ field: 'details', note: '请写明学校' }],
      documents: [
        {
          documentType: 'proof',
          name: { zh: '证明材料', en: 'Proof' },
          required: false,
          offline: false,
          files: [file],
        },
      ],
    });
    const asked = service({
      [`GET /service-requests/${REQUEST_ID}`]: returned,
      [`POST /service-requests/${REQUEST_ID}/resubmit`]: request({ version: 3 }),
    });
    show(<RequestFormPage />);
    expect(await screen.findByText('需要改：请写明学校')).toBeInTheDocument();
    expect(screen.getByText('证明.pdf')).toBeInTheDocument();
    await type('具体情况', '转到高区小学');
    await tap('重新提交');
    await waitFor(() =>
      expect(posts(asked)[0]?.data).toEqual({
        version: 2,
        form: { subject: '想约长期随访', details: '转到高区小学', mobile: '13806310001' },
        documents: [{ documentType: 'proof', fileId: file.fileId }],
      }),
    );
  });
});

describe('my requests', () => {
  it('say who acts until when, and open on a tap', async () => {
    openAt(PAGES.requests);
    service();
    show(<Requests />);
    expect(
      await screen.findByText('等待服务专员办理，预计 11月27日 前答复（还有 3 个工作日）'),
    ).toBeInTheDocument();
    await tap(/想约长期随访/);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('request', { caseId: REQUEST_ID }) });
  });

  it('are empty with a way on, and fail with a retry', async () => {
    openAt(PAGES.requests);
    service({ 'GET /service-requests/mine': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Requests />);
    await screen.findByRole('button', { name: '重试' });
    service({ 'GET /service-requests/mine': { items: [] } });
    await tap('重试');
    await tap('去服务大厅');
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.services });
  });
});

describe('one request', () => {
  beforeEach(() => openAt(PAGES.request, { caseId: REQUEST_ID }));

  it('shows what has happened and what comes, and can be withdrawn', async () => {
    const asked = service({
      [`POST /service-requests/${REQUEST_ID}/withdraw`]: request({ status: 'withdrawn' }),
    });
    show(<RequestPage />);
    expect(await screen.findByText('等待服务专员办理')).toBeInTheDocument();
    expect(screen.getByText('11月24日 09:00 · 本人')).toBeInTheDocument();
    await tap('撤回');
    expect(screen.getByText('撤回“想约长期随访”？')).toBeInTheDocument();
    const buttons = screen.getAllByRole('button', { name: '撤回' });
    fireEvent.click(buttons[buttons.length - 1] as HTMLElement);
    expect(await screen.findByText('你已撤回')).toBeInTheDocument();
    expect(posts(asked)[0]?.data).toEqual({ version: 1 });
  });

  it('leads from a return to the correction', async () => {
    service({
      [`GET /service-requests/${REQUEST_ID}`]: request({
        status: 'returned',
        corrections: [{ field: 'details', note: '请写明学校' }],
      }),
    });
    show(<RequestPage />);
    expect(await screen.findByText('请写明学校')).toBeInTheDocument();
    await tap('去补正');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('requestForm', { caseId: REQUEST_ID }) });
  });

  it('shows the answer', async () => {
    service({
      [`GET /service-requests/${REQUEST_ID}`]: request({ status: 'approved', answer: '已约好张医生' }),
    });
    show(<RequestPage />);
    expect(await screen.findByText('已约好张医生')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '撤回' })).not.toBeInTheDocument();
  });

  it('of a booking leads to it, and is cancelled there', async () => {
    service({
      [`GET /service-requests/${REQUEST_ID}`]: request({ type: 'booking-review', bookingId: 'B1' }),
    });
    show(<RequestPage />);
    await tap('查看预约');
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('booking', { bookingId: 'B1' }) });
    expect(screen.queryByRole('button', { name: '撤回' })).not.toBeInTheDocument();
  });

  it('is not found for somebody else', async () => {
    service({ [`GET /service-requests/${REQUEST_ID}`]: { statusCode: 404, data: problem('NOT_FOUND') } });
    show(<RequestPage />);
    expect(await screen.findByText(errorTexts.NOT_FOUND[0])).toBeInTheDocument();
  });
});
