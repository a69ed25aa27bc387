import { SandboxWechatClient } from './sandbox-wechat-client.js';

describe('WeChat in the sandbox', () => {
  const sendTo = async (persona: string, wechat = new SandboxWechatClient()) => {
    const { openid } = await wechat.codeToSession(`sandbox:${persona}`);
    return wechat.sendSubscription({ openid, templateId: 'card', page: 'p', data: {}, lang: 'zh_CN' });
  };

  it('takes every message and keeps it', async () => {
    const wechat = new SandboxWechatClient();
    expect(await sendTo('lin-haiqing', wechat)).toEqual({ result: 'sent', note: 'sandbox' });
    expect(wechat.sent).toHaveLength(1);
  });

  it('refuses each message to one, and never answers of another', async () => {
    const wechat = new SandboxWechatClient();
    const refused = { result: 'refused', code: '47003', detail: 'data.thing1' };
    expect([await sendTo('refused', wechat), await sendTo('refused', wechat)]).toEqual([refused, refused]);
    expect(await sendTo('silent', wechat)).toEqual({ result: 'uncertain', code: 'NO_ANSWER' });
    expect(wechat.sent).toEqual([]);
  });

  it('gives first what it was told to answer', async () => {
    const wechat = new SandboxWechatClient();
    wechat.answers.push({ result: 'unwanted', code: '43101' });
    expect(await sendTo('refused', wechat)).toEqual({ result: 'unwanted', code: '43101' });
  });
});
