import { me, problem, script, show, signedIn } from '@test/script';
import { NOW, RATING_ID, rating, USE_ID, use } from '@test/services';
import Taro, { openAt, type ScriptedRequest } from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { errorTexts } from '@/i18n/errors';
import { clock } from '@/platform/clock';
import { PAGES, pageUrl } from '@/platform/pages';
import UsePage from './detail';
import Uses from './list';
import RatingPage from './rating';

const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /me': me(),
    'GET /uses/mine': { items: [use()], nextCursor: null },
    [`GET /uses/${USE_ID}`]: use(),
    [`GET /ratings/${RATING_ID}`]: rating(),
    ...over,
  });
const tap = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }));
const posts = (asked: ScriptedRequest[]) => asked.filter(({ method }) => method === 'POST');

beforeEach(() => {
  jest.spyOn(clock, 'now').mockReturnValue(NOW);
  signedIn();
});
afterEach(() => jest.restoreAllMocks());

describe('my uses', () => {
  beforeEach(() => openAt(PAGES.uses));

  it('say what, where and when, and what waits for a rating', async () => {
    service({
      'GET /uses/mine': {
        items: [use(), use({ useId: 'S2', status: 'to-settle', offline: true, mayRate: false, left: null })],
        nextCursor: null,
      },
    });
    show(<Uses />);
    const [first] = (await screen.findAllByRole('button', { name: /昨天 14:30/ })) as [HTMLElement];
    expect(first).toHaveTextContent('同行 1 人');
    expect(first).toHaveTextContent('评价');
    expect(screen.getByText('待核对')).toBeInTheDocument();
    fireEvent.click(first);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('use', { useId: USE_ID }) });
  });

  it('are empty with a way on, and fail with a retry', async () => {
    service({ 'GET /uses/mine': { statusCode: 500, data: problem('INTERNAL') } });
    show(<Uses />);
    expect(screen.getByRole('status', { name: '正在加载' })).toBeInTheDocument();
    expect(await screen.findByText(errorTexts.INTERNAL[0])).toBeInTheDocument();
    service({ 'GET /uses/mine': { items: [], nextCursor: null } });
    await tap('重试');
    await tap('看看有什么服务');
    expect(Taro.switchTab).toHaveBeenCalledWith({ url: PAGES.services });
  });
});

describe('one use', () => {
  beforeEach(() => openAt(PAGES.use, { useId: USE_ID }));

  it('asks for a grade first, keeps what is filled in, and sends it once', async () => {
    const asked = service({ [`POST /uses/${USE_ID}/rating`]: rating() });
    const { unmount } = show(<UsePage />);
    await tap('提交评价');
    expect(screen.getByText('请先选一个评价')).toBeInTheDocument();
    expect(posts(asked)).toHaveLength(0);
    fireEvent.click(screen.getByRole('radio', { name: '满意' }));
    fireEvent.click(screen.getByRole('checkbox', { name: '办得快' }));
    // A bad grade speaks of other things: what was praised is let go.
    fireEvent.click(screen.getByRole('radio', { name: '不满意' }));
    expect(screen.getByText(/15 个工作日内给你打电话/)).toBeInTheDocument();
    fireEvent.click(screen.getByRole('checkbox', { name: '等太久' }));
    fireEvent.change(screen.getByRole('textbox'), { target: { value: '等了四十分钟' } });
    unmount();
    show(<UsePage />);
    expect(await screen.findByRole('radio', { name: '不满意' })).toHaveAttribute('aria-checked', 'true');
    await tap('提交评价');
    await waitFor(() =>
      expect(Taro.navigateTo).toHaveBeenCalledWith({ url: pageUrl('rating', { ratingId: RATING_ID }) }),
    );
    expect(posts(asked).map(({ data }) => data)).toEqual([
      { grade: 2, tags: ['waited-long'], comment: '等了四十分钟' },
    ]);
  });

  it('says that it was rated already, on this phone or another', async () => {
    service({ [`POST /uses/${USE_ID}/rating`]: { statusCode: 409, data: problem('RATING_EXISTS') } });
    show(<UsePage />);
    fireEvent.click(await screen.findByRole('radio', { name: '满意' }));
    await tap('提交评价');
    expect(await screen.findByText(errorTexts.RATING_EXISTS[0])).toBeInTheDocument();
  });

  it('takes an objection and shows its answer', async () => {
    const disputed = use({
      status: 'disputed',
      mayDispute: false,
      mayRate: false,
      dispute: { reason: '那天没有去', answer: null, openedAt: '2026-11-24T01:00:00.000Z' },
    });
    const asked = service({ [`POST /uses/${USE_ID}/dispute`]: disputed });
    show(<UsePage />);
    await tap('不是我用的，或有误');
    fireEvent.change(screen.getByRole('textbox', { name: '说明' }), { target: { value: '那天没有去' } });
    await tap('提出异议');
    expect(await screen.findByText('你的异议')).toBeInTheDocument();
    expect(posts(asked)[0]?.data).toEqual({ reason: '那天没有去' });
    expect(screen.queryByRole('button', { name: '不是我用的，或有误' })).not.toBeInTheDocument();
  });

  it('says why it was given back', async () => {
    service({
      [`GET /uses/${USE_ID}`]: use({
        status: 'refunded',
        refundReason: '窗口误扫',
        mayRate: false,
        mayDispute: false,
      }),
    });
    show(<UsePage />);
    expect(await screen.findByText('退回原因：窗口误扫')).toBeInTheDocument();
    expect(screen.getByText('这一次已退回，次数还给你了。')).toBeInTheDocument();
  });
});

describe('my rating', () => {
  beforeEach(() => openAt(PAGES.rating, { ratingId: RATING_ID }));

  it('says until when somebody calls back', async () => {
    service();
    show(<RatingPage />);
    expect(await screen.findByText('12月14日前会有人联系你')).toBeInTheDocument();
    expect(screen.getByText('等太久')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /申诉/ })).not.toBeInTheDocument();
  });

  it('shows the answer, and takes one appeal', async () => {
    const callBack = {
      status: 'done' as const,
      dueOn: '2026-12-14',
      answer: '已补充人手',
      answeredAt: '2026-11-24T00:00:00.000Z',
      appeal: null,
      appealAnswer: null,
      mayAppeal: true,
    };
    const asked = service({
      [`GET /ratings/${RATING_ID}`]: rating({ callBack }),
      [`POST /ratings/${RATING_ID}/appeal`]: rating({
        callBack: { ...callBack, status: 'appealed', appeal: '还是要等', mayAppeal: false },
      }),
    });
    show(<RatingPage />);
    expect(await screen.findByText('已补充人手')).toBeInTheDocument();
    await tap('对答复不满意，申诉');
    fireEvent.change(screen.getByRole('textbox', { name: '申诉理由' }), { target: { value: '还是要等' } });
    await tap('提交申诉');
    expect(await screen.findByText('申诉处理中')).toBeInTheDocument();
    expect(posts(asked)).toHaveLength(1);
    expect(screen.queryByRole('button', { name: '对答复不满意，申诉' })).not.toBeInTheDocument();
  });

  it('thanks for a good one, and fails with a retry', async () => {
    service({ [`GET /ratings/${RATING_ID}`]: { statusCode: 500, data: problem('INTERNAL') } });
    show(<RatingPage />);
    await screen.findByRole('button', { name: '重试' });
    service({ [`GET /ratings/${RATING_ID}`]: rating({ grade: 5, tags: ['quick'], callBack: null }) });
    await tap('重试');
    expect(await screen.findByText(/谢谢，你的评价会用来改进服务/)).toBeInTheDocument();
  });
});
