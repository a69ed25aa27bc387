import { deviceLabelOf } from './device-label.js';

const IPHONE_WECHAT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.50(0x1800323d) NetType/WIFI Language/zh_CN';

describe('the label of a device', () => {
  it.each([
    [IPHONE_WECHAT, 'WeChat · iPhone'],
    ['Mozilla/5.0 (Linux; Android 14; PJD110) Chrome/116 Mobile MicroMessenger/8.0', 'WeChat · Android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0', 'Edge · Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15', 'Safari · Mac'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox · Linux'],
    ['curl/8', 'App · Other'],
    [undefined, 'App · Other'],
  ])('%s is %s', (agent, label) => {
    expect(deviceLabelOf(agent)).toBe(label);
  });

  it('tells neither versions nor models', () => {
    expect(deviceLabelOf(IPHONE_WECHAT)).not.toMatch(/\d/);
  });
});
