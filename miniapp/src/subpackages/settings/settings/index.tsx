import { LOCALES } from '@talent-card/shared/common/locale';
import { View } from '@tarojs/components';
import { deviceTexts } from '@/i18n/devices';
import { explain } from '@/i18n/errors';
import { settingsTexts } from '@/i18n/settings';
import { chooseLocale, useLocale, useT } from '@/platform/i18n';
import { newIdempotencyKey } from '@/platform/idempotency';
import { go, replace } from '@/platform/navigation';
import { useSession } from '@/platform/session';
import { chooseTheme, setElder, useTheme } from '@/platform/theme';
import { useAction } from '@/platform/use-action';
import { signOut, updateProfile } from '@/services/account';
import { a11y, Button, Card, Cell, Cells, Choices, confirm, Notice, Page } from '@/ui';

type LanguageChoice = (typeof LOCALES)[number] | 'system';
const LANGUAGE_NAMES = { 'zh-CN': '中文', en: 'English' } as const;
const THEMES = ['system', 'light', 'dark'] as const;

/** How things look and read, and the way to one's data. Open to guests as far as it needs no account. */
export default function Settings() {
  const t = useT(settingsTexts);
  const code = useT(deviceTexts);
  const signedIn = useSession((state) => state.session !== null);
  return (
    <Page title={t('settings')}>
      <Looks signedIn={signedIn} />
      {signedIn ? (
        <>
          <Cells>
            <Cell icon="shield" title={t('privacy')} note={t('privacyNote')} onTap={() => go('privacy')} />
            <Cell
              icon="code"
              title={code('devices')}
              note={code('devicesNote')}
              onTap={() => go('devices')}
            />
            <Cell icon="device" title={t('sessions')} note={t('sessionsNote')} onTap={() => go('sessions')} />
          </Cells>
          <SignOut />
        </>
      ) : null}
      <View className="small" style={{ textAlign: 'center' }}>
        {t('version', { version: process.env.TARO_APP_VERSION })}
      </View>
    </Page>
  );
}

function Looks({ signedIn }: { signedIn: boolean }) {
  const t = useT(settingsTexts);
  const choice = useLocale((state) => state.choice);
  const theme = useTheme();
  const chooseLanguage = (language: LanguageChoice) => {
    chooseLocale(language === 'system' ? null : language);
    // The service words its WeChat messages in this language; here it counts already.
    if (signedIn && language !== 'system') {
      void newIdempotencyKey()
        .then((key) => updateProfile({ locale: language }, key))
        .catch(() => undefined);
    }
  };
  return (
    <>
      <Card>
        <View className="stack">
          <Choices<LanguageChoice>
            label={t('language')}
            value={choice ?? 'system'}
            options={[
              { value: 'system', label: t('languageSystem') },
              ...LOCALES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
            ]}
            onChange={chooseLanguage}
          />
          <Choices
            label={t('theme')}
            value={theme.choice}
            options={THEMES.map((value) => ({ value, label: t(`theme-${value}`) }))}
            onChange={chooseTheme}
          />
        </View>
      </Card>
      <View
        className="cells"
        onClick={() => setElder(!theme.elder)}
        {...a11y({ role: 'switch', checked: theme.elder, label: t('elder'), focusable: true })}
      >
        <Cell
          icon="text"
          title={t('elder')}
          note={t('elderNote')}
          end={
            <View className={theme.elder ? 'switch switch--on' : 'switch'}>
              <View className="switch__knob" />
            </View>
          }
        />
      </View>
    </>
  );
}

function SignOut() {
  const t = useT(settingsTexts);
  const locale = useLocale((state) => state.locale);
  const leaving = useAction(async (_: null) => {
    await signOut();
    replace('home');
  });
  const leave = async () => {
    const sure = await confirm({ title: t('signOutTitle'), text: t('signOutText'), action: t('signOut') });
    if (sure) await leaving.run(null);
  };
  return (
    <>
      {leaving.error ? (
        <Notice tone="warn" alert>
          {explain(leaving.error, locale)}
        </Notice>
      ) : null}
      <Button kind="ghost" pending={leaving.pending} onTap={() => void leave()}>
        {t('signOut')}
      </Button>
    </>
  );
}
