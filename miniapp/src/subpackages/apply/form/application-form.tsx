import { DISTRICT_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import type { Application } from '@talent-card/shared/cards/schema';
import { View } from '@tarojs/components';
import { useMemo, useState } from 'react';
import { applyTexts } from '@/i18n/apply';
import { explainField } from '@/i18n/field-problems';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { Button, Card, Cell, Cells, Choices, DateField, Input, Notice, Textarea } from '@/ui';
import { type DraftOwner, type FieldName } from '../draft';
import { DOCUMENT_TYPES } from '../files-rules';
import {
  fieldsFor,
  MAX_LENGTHS,
  missingDocuments,
  type SectionKey,
  sectionOf,
  shownFields,
} from '../form-rules';
import { HoldingChoice } from '../parts/holding-choice';
import { PathPanel } from '../parts/path-panel';
import { Review, SubmitProblem, useConsentGiven } from '../parts/review';
import { scrollToId } from '../parts/scroll';
import { FieldBox, FixNote, Section } from '../parts/section';
import { useUndo } from '../parts/undo';
import { documentName, fieldName, valueInWords } from '../parts/words';
import { type ApplyFormState, useApplyForm } from '../use-apply-form';

type TextField = keyof typeof MAX_LENGTHS;

export interface ApplicationFormProps {
  person: { personId: string; name: string; maskedIdentityNumber: string };
  /** The returned application to correct; null for a new one. */
  application: Application | null;
}

export function ApplicationForm({ person, application }: ApplicationFormProps) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const dates = useDates();
  const owner: DraftOwner = useMemo(
    () => ({ personId: person.personId, correcting: application }),
    [person.personId, application],
  );
  const state = useApplyForm(owner, application);
  const { form, documents, answer } = state;
  const undo = useUndo();
  const [resumed, setResumed] = useState(state.resumed);
  const [agreed, setAgreed] = useState(false);
  const [urged, setUrged] = useState(false);
  const consentGiven = useConsentGiven();
  const asksConsent = application === null;

  const discard = () => {
    const before = state.discard();
    setResumed(null);
    undo.offer({
      text: t('draftDiscarded'),
      undo: () => {
        state.restore(before);
        setResumed(before.savedAt);
      },
    });
  };

  const submit = async () => {
    if (asksConsent && !consentGiven && !agreed) {
      setUrged(true);
      scrollToId('consent', false);
      return;
    }
    const sent = await state.submit();
    if (sent) replace('applicationResult', { caseId: sent.caseId });
  };

  /** What a text field needs, beyond its looks. */
  const text = (name: TextField) => {
    const problem = state.problemOf(name);
    const words = problem ? explainField(problem.code, locale) : null;
    return {
      label: fieldName(name, locale),
      value: form[name],
      onChange: (value: string) => state.set(name, value),
      onBlur: () => state.visit(name),
      maxLength: MAX_LENGTHS[name],
      ...(words && !problem?.warning ? { error: words } : {}),
      ...(words && problem?.warning ? { hint: <View className="ap-warning">{words}</View> } : {}),
    };
  };
  const errorOf = (name: FieldName): string | null => {
    const problem = state.problemOf(name);
    return problem && !problem.warning ? explainField(problem.code, locale) : null;
  };
  const summary = (key: SectionKey): string =>
    shownFields(form)
      .filter((name) => sectionOf(name) === key)
      .map((name) => valueInWords(name, form, locale))
      .filter((words) => words !== null)
      .join(' · ');

  if (state.mode === 'review') {
    return (
      <View>
        <Review {...{ state, applicant: person, asksConsent, agreed, urged }} onAgree={setAgreed} />
        <View className="ap-bar-room ap-bar-room--two" />
        <View className="bar">
          <View className="bar__in btns">
            <Button pending={state.submission.pending} onTap={() => void submit()}>
              {t(state.submission.pending ? 'submitting' : application ? 'resubmit' : 'submit')}
            </Button>
            <Button kind="text" disabled={state.submission.pending} onTap={state.backToForm}>
              {t('backToForm')}
            </Button>
          </View>
        </View>
      </View>
    );
  }

  const asked = fieldsFor(form.holding);
  const lacking = missingDocuments(answer).map((type) =>
    documentName(type, answer?.documents.find((slot) => slot.documentType === type)?.name ?? null, locale),
  );
  const documentFixes = DOCUMENT_TYPES.flatMap((type) => {
    const fix = state.fixOf(type);
    return fix ? [{ type, fix }] : [];
  });

  return (
    <View className="stack">
      {resumed ? (
        <Notice title={t('draftTitle', { when: dates.recent(resumed) })}>
          <View className="row ap-resume">
            <View className="grow">{t('draftText')}</View>
            <Button kind="ghost" small onTap={discard}>
              {t('draftDiscard')}
            </Button>
          </View>
        </Notice>
      ) : null}
      {application ? (
        <Notice tone="warn" title={t('returnedTitle')}>
          {application.decisionNote}
        </Notice>
      ) : null}
      {state.wrongCount > 0 ? (
        <Notice tone="danger" alert>
          {t('fieldsWrong', { n: state.wrongCount })}
        </Notice>
      ) : null}
      <Card>
        <View className="small">{t('applicant')}</View>
        <View className="ap-name">
          {person.name} <View className="small tabular ap-name__id">{person.maskedIdentityNumber}</View>
        </View>
        <View className="small">{t('applicantNote')}</View>
      </Card>

      <Section at="place" state={state} summary={summary('place')}>
        <FieldBox name="zoneCode" state={state}>
          <Choices
            label={fieldName('zoneCode', locale)}
            hint={t('zoneHint')}
            error={errorOf('zoneCode')}
            value={form.zoneCode}
            options={DISTRICT_CODES.map((code) => {
              const name = zoneName(code);
              return { value: code as string, label: locale === 'en' ? name.en : name.zh };
            })}
            onChange={(code) => state.set('zoneCode', code)}
          />
        </FieldBox>
      </Section>

      <Section at="holding" state={state} summary={summary('holding')}>
        <FieldBox name="holding" state={state}>
          <HoldingChoice
            value={form.holding}
            error={errorOf('holding')}
            onChange={(holding) => state.set('holding', holding)}
          />
        </FieldBox>
        {asked.includes('provincialCardNumber') ? (
          <FieldBox name="provincialCardNumber" state={state}>
            <Input {...text('provincialCardNumber')} keyboard="id" optional={form.holding === 'unsure'} />
          </FieldBox>
        ) : null}
        {asked.includes('programme') ? (
          <FieldBox name="programme" state={state}>
            <Input hint={t('programmeHint')} {...text('programme')} optional={form.holding === 'unsure'} />
          </FieldBox>
        ) : null}
        {asked.includes('programmeDocumentNumber') ? (
          <FieldBox name="programmeDocumentNumber" state={state}>
            <Input {...text('programmeDocumentNumber')} optional />
          </FieldBox>
        ) : null}
        {asked.includes('achievements') ? (
          <FieldBox name="achievements" state={state}>
            <Textarea {...text('achievements')} optional />
          </FieldBox>
        ) : null}
      </Section>

      <Section at="work" state={state} summary={summary('work')}>
        <FieldBox name="employer" state={state}>
          <Input hint={t('employerHint')} {...text('employer')} autocomplete="organization" />
        </FieldBox>
        <FieldBox name="creditCode" state={state}>
          <Input hint={t('creditCodeHint')} {...text('creditCode')} keyboard="id" optional />
        </FieldBox>
        <FieldBox name="position" state={state}>
          <Input {...text('position')} autocomplete="organization-title" />
        </FieldBox>
        <FieldBox name="employedSince" state={state}>
          <DateField
            label={fieldName('employedSince', locale)}
            error={errorOf('employedSince')}
            value={form.employedSince}
            to={state.today}
            onChange={(day) => {
              state.set('employedSince', day);
              state.visit('employedSince');
            }}
          />
        </FieldBox>
      </Section>

      <Section at="contact" state={state} summary={summary('contact')}>
        <FieldBox name="mobile" state={state}>
          <Input hint={t('mobileHint')} {...text('mobile')} keyboard="phone" autocomplete="tel-national" />
        </FieldBox>
      </Section>

      <Section
        at="material"
        state={state}
        summary={documents.length > 0 ? t('documentsCount', { n: documents.length }) : ''}
      >
        {documentFixes.map(({ type, fix }) => (
          <View key={type}>
            <View className="strong">{documentName(type, null, locale)}</View>
            <FixNote fix={fix} />
          </View>
        ))}
        <FieldBox name="offlineMaterial" state={state}>
          <Cells>
            <Cell
              icon="upload"
              title={t('documentsCell')}
              note={
                <View>
                  <View>
                    {documents.length > 0 ? t('documentsCount', { n: documents.length }) : t('documentsNone')}
                  </View>
                  {lacking.length > 0 ? (
                    <View className="ap-warning">
                      {t('documentsMissing', { names: lacking.join(locale === 'en' ? ', ' : '、') })}
                    </View>
                  ) : null}
                  {form.offlineMaterial ? <View>{t('documentsOffline')}</View> : null}
                </View>
              }
              onTap={() => go('applyDocuments', application ? { caseId: application.caseId } : {})}
            />
          </Cells>
        </FieldBox>
      </Section>

      <PathPanel state={state} />
      <SubmitProblem error={state.wrongCount > 0 ? null : state.submission.error} />
      <View className="ap-bar-room" />
      {undo.bar}
      {state.closed ? null : (
        <View className="bar">
          <View className="bar__in">
            <View className="bar__note">{barNote(state, t)}</View>
            <Button onTap={state.review}>{t('review')}</Button>
          </View>
        </View>
      )}
    </View>
  );
}

/** What stands between the form and the review, in one line. */
function barNote(
  { blocking, unmended, ready }: ApplyFormState,
  t: ReturnType<typeof useT<typeof applyTexts>>,
) {
  if (blocking.length > 0) return t('missingTitle', { n: blocking.length });
  if (unmended > 0) return t('unmended', { n: unmended });
  return ready ? t('missingNothing') : t('draftKept');
}
