import { View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { settingsTexts } from '@/i18n/settings';
import { useT } from '@/platform/i18n';
import { quietly } from '@/platform/quietly';
import { Card, Cell, Cells, Page } from '@/ui';

const QUESTIONS = [1, 2, 3, 4, 5] as const;
/** The government service line of every Chinese city. */
const HOTLINE = '12345';

export default function Help() {
  const t = useT(settingsTexts);
  return (
    <Page title={t('helpTitle')}>
      <Cells>
        <Cell
          icon="phone"
          title={t('hotline')}
          note={t('hotlineNote')}
          value={HOTLINE}
          // Hanging up or not wanting to call is no failure.
          onTap={() => quietly(Taro.makePhoneCall({ phoneNumber: HOTLINE }))}
        />
      </Cells>
      <Card>
        <View className="stack">
          {QUESTIONS.map((n) => (
            <View key={n}>
              <View className="strong">{t(`q${n}`)}</View>
              <View className="muted">{t(`a${n}`)}</View>
            </View>
          ))}
        </View>
      </Card>
      <Card>
        <View className="h2">{t('privacyPolicy')}</View>
        <View className="muted">{t('privacyPolicyText')}</View>
      </Card>
    </Page>
  );
}
