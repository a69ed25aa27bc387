import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Interfaces that WeChat disables unless the privacy guideline declares them, by what they handle. */
const PRIVATE: Readonly<Record<string, RegExp>> = {
  手机号: /\bget(Realtime)?PhoneNumber\b/,
  选中的照片或视频信息: /\bchoose(Image|Media|Video)\b/,
  选中的文件: /\bchooseMessageFile\b/,
  剪切板: /\b[sg]etClipboardData\b/,
  '昵称、头像': /chooseAvatar|type="nickname"|\bgetUser(Info|Profile)\b/,
  位置信息: /\bget(Fuzzy)?Location\b|\bstartLocationUpdate/,
  选择的位置信息: /\bchoose(Poi|Location)\b/,
  地址: /\bchooseAddress\b/,
  发票信息: /\bchooseInvoice/,
  微信运动步数: /\bgetWeRunData\b/,
  车牌号: /\bchooseLicensePlate\b/,
  麦克风: /\bgetRecorderManager\b|\bstartRecord\b|\bjoinVoIPChat\b/,
  摄像头: /<Camera\b|\bcreateVKSession\b|<LivePusher\b/,
  蓝牙: /\bopenBluetoothAdapter\b|\bcreateBLEPeripheralServer\b/,
  '相册（仅写入）': /\bsave(Image|Video)ToPhotosAlbum\b/,
  '通讯录（仅写入）': /\baddPhoneContact\b/,
  '日历（仅写入）': /\baddPhone(Repeat)?Calendar\b/,
};

const sourceRoot = path.join(__dirname, '..');
const files = readdirSync(sourceRoot, { recursive: true, encoding: 'utf8' });
/** A file with a twin for WeChat is for h5 alone. */
const isForWechat = (file: string): boolean => !files.includes(file.replace(/(\.tsx?)$/, '.weapp$1'));
const source = files
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && isForWechat(file))
  .map((file) => readFileSync(path.join(sourceRoot, file), 'utf8'))
  .join('\n');
const page = readFileSync(path.join(__dirname, '../../../docs/wechat-launch.md'), 'utf8');
const [, section = ''] = page.split('## 6. ');
const [table = ''] = section.split('## 7. ');
const declared = [...table.matchAll(/^\| (\S+) +\| `(\w+)` /gm)].map(([, information]) => information);

describe('the privacy guideline in docs/wechat-launch.md', () => {
  it('declares what the code uses, and nothing else', () => {
    const used = Object.keys(PRIVATE).filter((information) => PRIVATE[information]?.test(source));
    expect(declared.sort()).toEqual(used.sort());
  });
});
