import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/en-gb';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useEffect, useLayoutEffect, useMemo } from 'react';
import { CrashBoundary } from './components/crash.js';
import { queryClient } from './services/query.js';
import { useSettings } from './settings.js';
import { antdThemeOf, applyTokens } from './theme.js';

/** Everything a page finds around itself: theme, language, server data. Tests leave Ant Design's style sheets out. */
export function Providers({ children, unstyled = false }: { children: ReactNode; unstyled?: boolean }) {
  const { locale, theme } = useSettings();
  useLayoutEffect(() => applyTokens(theme), [theme]);
  useEffect(() => {
    document.documentElement.lang = locale;
    // Weeks begin on Monday in both: so do the weeks of a venue.
    dayjs.locale(locale === 'en' ? 'en-gb' : 'zh-cn');
  }, [locale]);
  const antdTheme = useMemo(() => ({ ...antdThemeOf(theme), zeroRuntime: unstyled }), [theme, unstyled]);
  return (
    <ConfigProvider
      locale={locale === 'en' ? enGB : zhCN}
      theme={antdTheme}
      // Two Han characters on a button stay as they are written.
      button={{ autoInsertSpace: false }}
    >
      <AntApp className="app" style={{ height: '100%' }}>
        <CrashBoundary>
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </CrashBoundary>
      </AntApp>
    </ConfigProvider>
  );
}
