import { CopyOutlined } from '@ant-design/icons';
import { App, Button, type ButtonProps } from 'antd';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

/** Copies `text` and says so; where the browser refuses, it says that too. */
export function CopyButton({ text, label, ...rest }: { text: string; label?: string } & ButtonProps) {
  const t = useText(commonTexts);
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      message.success(t('copied'));
    } catch {
      message.warning(t('copyFailed'));
    }
  };
  return (
    <Button icon={<CopyOutlined aria-hidden />} onClick={copy} {...rest}>
      {label ?? t('copy')}
    </Button>
  );
}

/** Hands a text to the browser's downloads. */
export function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
