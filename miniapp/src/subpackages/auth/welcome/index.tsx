import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import './index.scss';
import { authTexts } from '@/i18n/auth';
import { commonTexts } from '@/i18n/common';
import { chooseLocale, useLocale, useT } from '@/platform/i18n';
import { decoded, go, replace } from '@/platform/navigation';
import { setWelcomed } from '@/platform/session';
import { useTheme } from '@/platform/theme';
import { Button, Cell, Cells, Page } from '@/ui';
import { Sea } from './sea';

const PROMISES = [
  { icon: 'card', title: 'welcomeApply', note: 'welcomeApplyNote' },
  { icon: 'clock', title: 'welcomeTrack', note: 'welcomeTrackNote' },
  { icon: 'shield', title: 'welcomePrivate', note: 'welcomePrivateNote' },
] as const;

/** What somebody sees who opens the mini-program for the first time. */
export default function Welcome() {
  const t = useT(authTexts);
  const common = useT(commonTexts);
  const locale = useLocale((state) => state.locale);
  const elder = useTheme((state) => state.elder);
  const { params } = useRouter();
  const next = params.next ? { next: decoded(params.next) } : {};
  return (
    <Page
      title={common('appName')}
      quietTitle
      bar={
        <View className="btns">
          <Button
            onTap={() => {
              setWelcomed();
              replace('consent', next);
            }}
          >
            {t('start')}
          </Button>
        </View>
      }
    >
      <View className="welcome__hero">
        <Sea />
        <View className="welcome__brand row">
          <View>
            <View className={locale === 'en' ? 'welcome__name welcome__name--en' : 'welcome__name'}>
              {common('appName')}
            </View>
            <View className="welcome__office">{t('office')}</View>
          </View>
          <View className="welcome__lang">
            <Button kind="ghost" small onTap={() => chooseLocale(locale === 'en' ? 'zh-CN' : 'en')}>
              {locale === 'en' ? '中文' : 'English'}
            </Button>
          </View>
        </View>
      </View>
      <View>
        <View className="h1">{t('welcomeTitle')}</View>
        <View className="muted" style={{ marginTop: '8px' }}>
          {t('welcomeText')}
        </View>
      </View>
      {elder ? null : (
        <Cells>
          {PROMISES.map((promise) => (
            <Cell key={promise.icon} icon={promise.icon} title={t(promise.title)} note={t(promise.note)} />
          ))}
        </Cells>
      )}
      <Button
        kind="text"
        onTap={() => {
          setWelcomed();
          go('aboutCard');
        }}
      >
        {t('lookAround')}
      </Button>
    </Page>
  );
}
