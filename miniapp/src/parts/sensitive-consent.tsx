import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { Consent } from '@talent-card/shared/accounts/schema';
import type { Channel } from '@talent-card/shared/channels/schema';
import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { explain } from '@/i18n/errors';
import { sensitiveBodies, sensitiveTexts, sensitiveTitles } from '@/i18n/sensitive';
import { textIn, useLocale, useT } from '@/platform/i18n';
import { useSubmit } from '@/platform/use-submit';
import { setConsent, useConsents } from '@/services/account';
import { a11y, Check } from '@/ui';

type Matter = Channel['sensitive'];
const PURPOSES = { health: 'channel-health', minor: 'channel-minor' } as const;

function stands(consents: readonly Consent[], purpose: Consent['purpose']): boolean {
  const consent = consents.find((one) => one.purpose === purpose);
  return (
    consent?.grantedAt != null &&
    (consent.withdrawnAt === null || consent.withdrawnAt < consent.grantedAt) &&
    consent.version === CONSENT_VERSIONS[purpose]
  );
}

export interface SensitiveConsent {
  /** The box to tick with its words; null where nothing is asked. */
  box: ReactNode;
  /** Gives the consent where it is needed. Resolves to whether one may go on; a box not ticked says so. */
  settle: () => Promise<boolean>;
  pending: boolean;
}

/** The consent that a sensitive channel needs, asked for once, where it is needed. */
export function useSensitiveConsent(matter: Matter): SensitiveConsent {
  const t = useT(sensitiveTexts);
  const locale = useLocale((state) => state.locale);
  const consents = useConsents(matter !== null);
  const giving = useSubmit(setConsent);
  const [agreed, setAgreed] = useState(false);
  const [reminded, setReminded] = useState(false);
  if (matter === null) return { box: null, settle: async () => true, pending: false };
  const purpose = PURPOSES[matter];
  if (consents.data && stands(consents.data, purpose)) {
    return { box: null, settle: async () => true, pending: false };
  }
  const title = textIn(locale, sensitiveTitles[matter]);
  return {
    box: (
      <View className="card sensitive">
        <Check checked={agreed} label={title} onChange={setAgreed}>
          <View className="strong">{title}</View>
          <View className="small">{textIn(locale, sensitiveBodies[matter])}</View>
          <View className="small">{t('version', { version: CONSENT_VERSIONS[purpose] })}</View>
        </Check>
        {(reminded && !agreed) || giving.error ? (
          <View className="field__error" {...a11y({ role: 'alert' })}>
            {giving.error ? explain(giving.error, locale) : t('needed')}
          </View>
        ) : null}
      </View>
    ),
    settle: async () => {
      setReminded(true);
      return agreed && (await giving.submit({ purpose, granted: true })) !== null;
    },
    pending: giving.pending,
  };
}
