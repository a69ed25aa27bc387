import { script, show, signedIn } from '@test/script';
import Taro from '@test/taro';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { RemindMe } from './remind-me';

const template = { templateId: 'T1', topic: 'booking', kind: 'one-time', granted: 0, blocked: false };
const service = (over: Record<string, unknown> = {}) =>
  script({
    'GET /subscriptions': { items: [template, { ...template, templateId: 'T2', topic: 'waiting' }] },
    'POST /subscriptions': { items: [{ ...template, granted: 1 }] },
    ...over,
  });
const answers = (answer: object | null) =>
  Taro.requestSubscribeMessage.mockImplementation(({ success, fail }) => {
    if (answer) success(answer);
    else fail();
    return undefined;
  });
const before = process.env.TARO_ENV;

beforeEach(() => {
  process.env.TARO_ENV = 'weapp';
  signedIn();
});
afterEach(() => {
  process.env.TARO_ENV = before;
});

describe("asking for WeChat's messages", () => {
  it('waits for a tap, asks for one topic, and has the service keep the answer', async () => {
    const asked = service();
    answers({ T1: 'accept', errMsg: 'requestSubscribeMessage:ok' });
    show(<RemindMe topic="booking" />);
    const button = await screen.findByText('开启微信提醒');
    expect(Taro.requestSubscribeMessage).not.toHaveBeenCalled();
    fireEvent.click(button);
    await waitFor(() => expect(screen.queryByText('开启微信提醒')).not.toBeInTheDocument());
    expect(Taro.requestSubscribeMessage.mock.calls[0]?.[0].tmplIds).toEqual(['T1']);
    const posted = asked.find(({ method }) => method === 'POST');
    expect(posted?.data).toEqual({ answers: [{ templateId: 'T1', answer: 'accept' }] });
    expect(posted?.header['idempotency-key']).toBeTruthy();
  });

  it('keeps a refusal too, and nothing at all when WeChat did not ask', async () => {
    const asked = service({ 'POST /subscriptions': { items: [template] } });
    answers({ T1: 'reject' });
    show(<RemindMe topic="booking" />);
    fireEvent.click(await screen.findByText('开启微信提醒'));
    await waitFor(() => expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1));
    answers(null);
    fireEvent.click(await screen.findByText('开启微信提醒'));
    await waitFor(() => expect(Taro.requestSubscribeMessage).toHaveBeenCalledTimes(2));
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    ['where one is granted', [{ ...template, granted: 1 }]],
    ['to whom said never', [{ ...template, blocked: true }]],
    ['where the operator has no template', []],
  ])('offers nothing %s', async (_, items) => {
    const asked = service({ 'GET /subscriptions': { items } });
    show(<RemindMe topic="booking" />);
    await waitFor(() => expect(asked).toHaveLength(1));
    expect(screen.queryByText('开启微信提醒')).not.toBeInTheDocument();
  });

  it('offers and asks nothing on h5', () => {
    process.env.TARO_ENV = 'h5';
    const asked = service();
    show(<RemindMe topic="booking" />);
    expect(asked).toHaveLength(0);
  });
});
