import { Form, Input } from 'antd';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

interface Props {
  name: string | string[];
  label: string;
  /** Most characters in Chinese and in English, as the contract has them. */
  most: readonly [zh: number, en: number];
  rows?: number;
  /** May be empty, but then in both languages. */
  optional?: boolean;
  extra?: string;
}

/** One text in both languages, side by side. */
export function Bilingual({ name, label, most, rows = 1, optional = false, extra }: Props) {
  const c = useText(commonTexts);
  const path = Array.isArray(name) ? name : [name];
  const field = (language: 'zh' | 'en') => {
    const other = language === 'zh' ? 'en' : 'zh';
    const named = `${label} · ${language === 'zh' ? c('chinese') : c('english')}`;
    const max = most[language === 'zh' ? 0 : 1];
    return (
      <Form.Item
        className="grow"
        name={[...path, language]}
        label={named}
        dependencies={[[...path, other]]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value: unknown) => {
              const own = typeof value === 'string' ? value.trim() : '';
              if (own) return Promise.resolve();
              const filled = String(getFieldValue([...path, other]) ?? '').trim();
              if (optional && !filled) return Promise.resolve();
              return Promise.reject(new Error(optional ? c('both') : c('required')));
            },
          }),
        ]}
      >
        {rows > 1 ? (
          <Input.TextArea autoSize={{ minRows: rows, maxRows: 12 }} maxLength={max} lang={language} />
        ) : (
          <Input maxLength={max} lang={language} />
        )}
      </Form.Item>
    );
  };
  return (
    <div className="pair">
      {field('zh')}
      {field('en')}
      {extra ? <p className="small quiet">{extra}</p> : null}
    </div>
  );
}
