import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { IDENTITY_TYPES } from '@talent-card/shared/validators/identity-document';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { authTexts } from '@/i18n/auth';
import { explain } from '@/i18n/errors';
import { ApiError } from '@/platform/api-error';
import { clock, serviceDay } from '@/platform/clock';
import { useLocale, useT } from '@/platform/i18n';
import { continueTo, decoded, replace } from '@/platform/navigation';
import { rememberedPersona } from '@/platform/sandbox';
import { useMe, usePersonas } from '@/services/account';
import {
  Button,
  Card,
  Check,
  Choices,
  DateField,
  Empty,
  Input,
  Loaded,
  Notice,
  Page,
  SandboxMark,
  toast,
} from '@/ui';
import { CountryField } from './country-field';
import { needsBirthDate, needsNationality, useRealName } from './use-real-name';

/** Proves who somebody is, once. */
export default function RealName() {
  const t = useT(authTexts);
  const { params } = useRouter();
  const next = params.next ? decoded(params.next) : undefined;
  return (
    <Page title={t('realNameTitle')} access="citizen">
      <Start {...(next ? { next } : {})} />
    </Page>
  );
}

function Start({ next }: { next?: string }) {
  const t = useT(authTexts);
  const me = useMe();
  // Known from the start only: proving the name here leads on by itself.
  const [leading, setLeading] = useState(false);
  return (
    <Loaded query={me}>
      {(account) =>
        account.person && !leading ? (
          <Empty
            title={t('alreadyProvedTitle')}
            text={account.person.name}
            action={{ label: t('goOn'), onTap: () => continueTo(next) }}
          />
        ) : (
          <RealNameForm
            sandbox={account.sandbox}
            onProve={() => setLeading(true)}
            onProved={() => {
              toast(t('proved'), { crossing: true });
              continueTo(next);
            }}
          />
        )
      }
    </Loaded>
  );
}

interface FormProps {
  sandbox: boolean;
  onProve: () => void;
  onProved: () => void;
}
function RealNameForm({ sandbox, onProve, onProved }: FormProps) {
  const t = useT(authTexts);
  const locale = useLocale((state) => state.locale);
  const form = useRealName();
  const [agreed, setAgreed] = useState(false);
  const [consentMissing, setConsentMissing] = useState(false);
  const { draft, errors, error } = form;
  const type = draft.identityType;

  const submit = async () => {
    setConsentMissing(!agreed);
    if (!agreed) return;
    onProve();
    if (await form.prove()) onProved();
  };

  return (
    <>
      <View className="muted">{t('realNameLead')}</View>
      {sandbox ? <DemoIdentity onFill={form.change} /> : null}
      {error && !(error instanceof ApiError && error.code === 'VALIDATION_FAILED') ? (
        <Notice tone="danger" alert>
          {explain(error, locale)}
        </Notice>
      ) : null}
      <Card>
        <View className="stack">
          <Choices
            label={t('identityType')}
            value={type}
            options={IDENTITY_TYPES.map((value) => ({ value, label: t(`type-${value}`) }))}
            onChange={(identityType) => form.change({ identityType })}
          />
          <Input
            label={t('name')}
            value={draft.name}
            onChange={(name) => form.change({ name })}
            onBlur={() => form.leave('name')}
            error={errors.name}
            hint={t(type === 'resident-id' ? 'nameHint' : 'nameHintForeign')}
            maxLength={60}
            autocomplete="name"
          />
          <Input
            label={t('number')}
            value={draft.identityNumber}
            onChange={(identityNumber) => form.change({ identityNumber })}
            onBlur={() => form.leave('identityNumber')}
            error={errors.identityNumber}
            hint={t(`numberHint-${type}`)}
            keyboard={type === 'resident-id' ? 'id' : 'text'}
            maxLength={40}
          />
          {needsBirthDate(draft) ? (
            <DateField
              label={t('birthDate')}
              value={draft.birthDate}
              onChange={(birthDate) => form.change({ birthDate })}
              error={errors.birthDate}
              from="1900-01-01"
              to={serviceDay(clock.now())}
            />
          ) : null}
          {needsNationality(draft) ? (
            <CountryField
              value={draft.nationality}
              onChange={(nationality) => form.change({ nationality })}
              error={errors.nationality}
            />
          ) : null}
        </View>
      </Card>
      <View>
        <Check
          checked={agreed}
          onChange={(yes) => {
            setAgreed(yes);
            setConsentMissing(false);
          }}
          label={t('realNameConsent', { version: CONSENT_VERSIONS['real-name'] })}
        >
          {t('realNameConsent', { version: CONSENT_VERSIONS['real-name'] })}
        </Check>
        {consentMissing ? <View className="field__error">{t('realNameConsentNeeded')}</View> : null}
      </View>
      <View className="btns">
        <Button pending={form.pending} onTap={() => void submit()}>
          {t('prove')}
        </Button>
        <Button kind="text" disabled={form.pending} onTap={() => replace('home')}>
          {t('later')}
        </Button>
      </View>
      <View className="small">
        {t('encrypted')} {t('windowHelp')}
      </View>
    </>
  );
}

/** Sandbox only: puts the identity of the demo person into the form. */
function DemoIdentity({ onFill }: { onFill: (identity: ReturnType<typeof useRealName>['draft']) => void }) {
  const t = useT(authTexts);
  const personas = usePersonas();
  const persona = rememberedPersona() ?? personas.data?.[0];
  if (!persona) return null;
  return (
    <View className="row" style={{ justifyContent: 'space-between', flexWrap: 'wrap' }}>
      <SandboxMark />
      <Button
        kind="ghost"
        small
        onTap={() =>
          onFill({
            name: persona.name,
            identityType: persona.identityType,
            identityNumber: persona.identityNumber,
            birthDate: persona.birthDate ?? '',
            nationality: persona.nationality ?? '',
          })
        }
      >
        {t('fillDemo')}
      </Button>
    </View>
  );
}
