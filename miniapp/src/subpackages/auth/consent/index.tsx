import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { authTexts } from '@/i18n/auth';
import { useT } from '@/platform/i18n';
import { decoded, replace } from '@/platform/navigation';
import { setAccountConsent } from '@/platform/session';
import { Badge, Button, Card, Notice, Page, toast } from '@/ui';

const LATER = ['real-name', 'card-application', 'data-matching', 'channel-health', 'channel-minor'] as const;

/** What is agreed to before signing in, and what will be asked for separately. */
export default function ConsentPage() {
  const t = useT(authTexts);
  const { params } = useRouter();
  const next = params.next ? { next: decoded(params.next) } : {};
  return (
    <Page
      title={t('consentTitle')}
      bar={
        <View className="btns">
          <Button
            onTap={() => {
              setAccountConsent(CONSENT_VERSIONS.account);
              replace('signIn', next);
            }}
          >
            {t('consentAgree')}
          </Button>
          <Button
            kind="ghost"
            onTap={() => {
              setAccountConsent(null);
              toast(t('consentRefused'), { crossing: true });
              replace('home');
            }}
          >
            {t('consentRefuse')}
          </Button>
        </View>
      }
    >
      <View className="lead">{t('consentLead')}</View>
      <Card>
        <View className="section-head">
          <View className="h2">{t('consentNowTitle')}</View>
          <Badge tone="quiet">{t('consentVersion', { version: CONSENT_VERSIONS.account })}</Badge>
        </View>
        <Purpose title={t('purpose-account')} text={t('purposeText-account')} />
      </Card>
      <Card>
        <View className="h2" style={{ marginBottom: '8px' }}>
          {t('consentLaterTitle')}
        </View>
        <View className="stack">
          {LATER.map((purpose) => (
            <Purpose key={purpose} title={t(`purpose-${purpose}`)} text={t(`purposeText-${purpose}`)} />
          ))}
        </View>
      </Card>
      <Notice>{t('consentRights')}</Notice>
      {/* Room for the second button of the bar. */}
      <View style={{ height: '56px' }} />
    </Page>
  );
}

function Purpose({ title, text }: { title: string; text: string }) {
  return (
    <View>
      <View className="strong">{title}</View>
      <View className="muted">{text}</View>
    </View>
  );
}
