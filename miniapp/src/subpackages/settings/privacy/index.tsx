import { CONSENT_CONSEQUENCES, CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { Consent } from '@talent-card/shared/accounts/schema';
import { View } from '@tarojs/components';
import { explain } from '@/i18n/errors';
import { settingsTexts } from '@/i18n/settings';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { useAction } from '@/platform/use-action';
import { useSubmit } from '@/platform/use-submit';
import { exportMyData, forgetSession, setConsent, useConsents } from '@/services/account';
import { Badge, Button, Card, Cell, Cells, confirm, Loaded, Notice, Page, toast } from '@/ui';
import { saveText } from './save-text';

/** Consents one by one, and what the law lets everybody do with their data: see, take along, erase. */
export default function Privacy() {
  const t = useT(settingsTexts);
  return (
    <Page title={t('privacy')} access="citizen">
      <View className="h2">{t('consents')}</View>
      <Consents />
      <View className="h2">{t('myData')}</View>
      <MyData />
    </Page>
  );
}

function Consents() {
  const consents = useConsents();
  return (
    <Loaded query={consents}>
      {(items) => (
        <View className="stack">
          {items.map((consent) => (
            <ConsentCard key={consent.purpose} consent={consent} />
          ))}
        </View>
      )}
    </Loaded>
  );
}

const isGranted = (consent: Consent) =>
  consent.grantedAt !== null && (consent.withdrawnAt === null || consent.withdrawnAt < consent.grantedAt);

function ConsentCard({ consent }: { consent: Consent }) {
  const t = useT(settingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const { submit, pending, error } = useSubmit(setConsent);
  const { purpose } = consent;
  const granted = isGranted(consent);
  const outdated = granted && consent.version !== CONSENT_VERSIONS[purpose];
  const consequence = localized(CONSENT_CONSEQUENCES[purpose]);
  const named = { purpose: t(`purpose-${purpose}`) };

  const change = async (grant: boolean) => {
    const sure = await confirm(
      grant
        ? { title: t('grantTitle', named), text: t(`purposeText-${purpose}`), action: t('grant') }
        : {
            title: t('withdrawTitle', named),
            text: purpose === 'account' ? `${consequence}\n${t('draftsGo')}` : consequence,
            action: t('withdraw'),
            danger: true,
          },
    );
    if (!sure || !(await submit({ purpose, granted: grant }))) return;
    if (purpose === 'account' && !grant) {
      // The service has signed everybody out: this phone follows, and asks for the consent anew.
      forgetSession();
      toast(t('signedOutEverywhere'), { crossing: true });
      replace('home');
    } else {
      toast(t('consentChanged'));
    }
  };

  const state =
    granted && consent.grantedAt
      ? t('consentGranted', { day: dates.day(consent.grantedAt), version: consent.version })
      : consent.withdrawnAt
        ? t('consentWithdrawn', { day: dates.day(consent.withdrawnAt) })
        : t('consentNever');
  return (
    <Card>
      <View className="split">
        <View className="grow">
          <View className="strong">{named.purpose}</View>
          <View className="muted">{t(`purposeText-${purpose}`)}</View>
          <View className="small">{state}</View>
          {granted ? <View className="small">{t('consentMeans', { consequence })}</View> : null}
        </View>
        <Button
          kind="ghost"
          small
          pending={pending}
          label={granted && !outdated ? t('withdrawTitle', named) : t('grantTitle', named)}
          onTap={() => void change(!granted || outdated)}
        >
          {t(granted && !outdated ? 'withdraw' : 'grant')}
        </Button>
      </View>
      {outdated ? <Badge tone="warn">{t('consentOutdated')}</Badge> : null}
      {error ? (
        <Notice tone="danger" alert>
          {explain(error, locale)}
        </Notice>
      ) : null}
    </Card>
  );
}

function MyData() {
  const t = useT(settingsTexts);
  const locale = useLocale((state) => state.locale);
  const exporting = useAction(async (_: null) => {
    const how = await saveText('my-data.json', JSON.stringify(await exportMyData(), null, 2));
    toast(t(how === 'copied' ? 'exportCopied' : 'exportSaved'));
  });
  return (
    <View className="stack">
      {exporting.error ? (
        <Notice tone="danger" alert>
          {explain(exporting.error, locale)}
        </Notice>
      ) : null}
      <Cells>
        <Cell
          icon="download"
          title={t('export')}
          note={t('exportNote')}
          onTap={() => void exporting.run(null)}
          {...(exporting.pending ? { end: <View className="spin" style={{ margin: 0 }} /> } : {})}
        />
        <Cell icon="trash" danger title={t('erase')} note={t('eraseNote')} onTap={() => go('erase')} />
      </Cells>
    </View>
  );
}
