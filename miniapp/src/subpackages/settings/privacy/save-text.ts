import Taro from '@tarojs/taro';

/** Hands a text to the person: a file in the browser, the clipboard in WeChat, where a mini-program has no folder to save to. */
export async function saveText(fileName: string, text: string): Promise<'saved' | 'copied'> {
  if (process.env.TARO_ENV === 'h5') {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    URL.revokeObjectURL(url);
    return 'saved';
  }
  await Taro.setClipboardData({ data: text });
  return 'copied';
}
