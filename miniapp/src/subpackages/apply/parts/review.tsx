import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { View } from '@tarojs/components';
import { applyTexts } from '@/i18n/apply';
import { explain } from '@/i18n/errors';
import { ApiError } from '@/platform/api-error';
import { useLocale, useT } from '@/platform/i18n';
import { replace } from '@/platform/navigation';
import { useConsents } from '@/services/account';
import { a11y, Badge, Button, Card, Check, Facts, Notice } from '@/ui';
import { slotsOf } from '../files-rules';
import { documentsToSend, SECTIONS, sectionOf, shownFields } from '../form-rules';
import type { ApplyFormState } from '../use-apply-form';
import { documentName, fieldName, valueInWords } from './words';

export interface ReviewProps {
  state: ApplyFormState;
  applicant: { name: string; maskedIdentityNumber: string };
  /** A returned application was consented to when it was first submitted. */
  asksConsent: boolean;
  agreed: boolean;
  onAgree: (agreed: boolean) => void;
  /** Submitting was tapped before agreeing. */
  urged: boolean;
}

const CONSENT = 'card-application';

/** Whether the consent in force has been given already, so that it is not asked for twice. */
export function useConsentGiven(): boolean {
  const consents = useConsents();
  const given = consents.data?.find((consent) => consent.purpose === CONSENT);
  return Boolean(given?.grantedAt && !given.withdrawnAt && given.version === CONSENT_VERSIONS[CONSENT]);
}

/** Everything once more before it is sent, with a way back to each part. */
export function Review({ state, applicant, asksConsent, agreed, onAgree, urged }: ReviewProps) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const given = useConsentGiven();
  const { form, documents } = state;
  const version = CONSENT_VERSIONS[CONSENT];
  const sent = documentsToSend(documents, state.answer?.documents);
  return (
    <View className="stack">
      <View>
        <View className="h1">{t('reviewTitle')}</View>
        <View className="lead">{t('reviewLead')}</View>
      </View>
      <Card>
        <View className="small">{t('applicant')}</View>
        <View className="ap-name">{applicant.name}</View>
        <View className="small tabular">{applicant.maskedIdentityNumber}</View>
      </Card>
      {SECTIONS.map(({ key }) => {
        const name = t(`section-${key}`);
        const fields = shownFields(form).filter(
          (field) => sectionOf(field) === key && field !== 'offlineMaterial',
        );
        return (
          <Card key={key}>
            <View className="section-head">
              <View className="h2">{name}</View>
              <View
                className="ap-change"
                onClick={() => state.openAt(key)}
                {...a11y({ role: 'button', focusable: true, label: t('changeSection', { name }) })}
              >
                {t('change')}
              </View>
            </View>
            {key === 'material' ? (
              <View className="stack stack--tight">
                {form.offlineMaterial ? <Badge tone="warn">{t('documentsOffline')}</Badge> : null}
                {slotsOf(state.answer?.documents, sent)
                  .filter((slot) => slot.documents.length > 0)
                  .map((slot) => (
                    <View key={slot.documentType}>
                      <View className="small">{documentName(slot.documentType, slot.name, locale)}</View>
                      {slot.documents.map(({ file }) => (
                        <View key={file.fileId}>{file.fileName}</View>
                      ))}
                    </View>
                  ))}
                {sent.length === 0 ? <View className="muted">{t('noDocuments')}</View> : null}
              </View>
            ) : (
              <Facts
                items={fields.map((field) => ({
                  name: fieldName(field, locale),
                  value: valueInWords(field, form, locale) ?? <View className="muted">{t('notFilled')}</View>,
                }))}
              />
            )}
          </Card>
        );
      })}
      {asksConsent ? (
        <Card>
          <View className="section-head" id="consent">
            <View className="h2">{t('consentTitle')}</View>
            <Badge tone="quiet">{t('consentVersion', { version })}</Badge>
          </View>
          {given ? (
            <View className="muted">{t('consentGiven', { version })}</View>
          ) : (
            <>
              <Check checked={agreed} onChange={onAgree} label={t('consentTitle')}>
                {t('consentText')}
              </Check>
              {urged && !agreed ? (
                <View className="field__error" {...a11y({ role: 'alert' })}>
                  {t('consentNeeded')}
                </View>
              ) : null}
            </>
          )}
        </Card>
      ) : null}
      <SubmitProblem error={state.submission.error} />
    </View>
  );
}

/** Why it was not submitted, and the way on where there is one. Wrong fields are shown at the fields instead. */
export function SubmitProblem({ error }: { error: unknown }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  if (!error) return null;
  const code = error instanceof ApiError ? error.code : null;
  return (
    <View className="stack stack--tight">
      <Notice tone="danger" alert title={t('submitFailed')}>
        {explain(error, locale)}
      </Notice>
      {code === 'APPLICATION_ALREADY_OPEN' || code === 'CASE_STATE_CONFLICT' || code === 'STALE_VERSION' ? (
        <Button kind="ghost" onTap={() => replace('applications')}>
          {t('toApplications')}
        </Button>
      ) : null}
      {code === 'CARD_ALREADY_VALID' ? (
        <Button kind="ghost" onTap={() => replace('wallet')}>
          {t('toWallet')}
        </Button>
      ) : null}
    </View>
  );
}
