import { MoonOutlined, SunOutlined, TranslationOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';
import { useSettings } from '../settings.js';

/** Language and theme, on the sign-in page and in the top bar. */
export function DisplayTools() {
  const t = useText(commonTexts);
  const { locale, theme, setLocale, setTheme } = useSettings();
  const themeLabel = theme === 'dark' ? t('toLight') : t('toDark');
  return (
    <>
      <Button
        type="text"
        icon={<TranslationOutlined aria-hidden />}
        onClick={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}
        aria-label={t('language')}
        lang={locale === 'en' ? 'zh-CN' : 'en'}
      >
        {locale === 'en' ? '中文' : 'EN'}
      </Button>
      <Tooltip title={themeLabel}>
        <Button
          type="text"
          icon={theme === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
          onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')}
          aria-label={themeLabel}
        />
      </Tooltip>
    </>
  );
}
