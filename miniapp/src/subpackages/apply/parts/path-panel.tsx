import type { Eligibility } from '@talent-card/shared/eligibility/schema';
import { View } from '@tarojs/components';
import { applyTexts } from '@/i18n/apply';
import { explainCondition, nameCondition } from '@/i18n/conditions';
import { explain } from '@/i18n/errors';
import { useLocale, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { a11y, Badge, Button, DemoMark, Icon, Notice } from '@/ui';
import { otherProposal } from '../form-rules';
import type { ApplyFormState } from '../use-apply-form';
import { categoryName, missingName } from './words';

/** Which way the application goes, how long it takes, what is missing, and what the rules say. */
export function PathPanel({ state }: { state: ApplyFormState }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const { answer, check, form } = state;
  return (
    <View className="card" id="path" {...a11y({ live: 'polite' })}>
      <View className="section-head">
        <View className="h2">{t('pathTitle')}</View>
        {check.isFetching ? <View className="small">{t('pathChecking')}</View> : null}
      </View>
      {form.holding === null ? <View className="muted">{t('pathAsk')}</View> : null}
      {check.isError && form.holding ? (
        <View className="stack stack--tight">
          <View className="muted">
            {t('pathFailed')} {explain(check.error, locale)}
          </View>
          <Button kind="ghost" icon="refresh" onTap={() => void check.refetch()}>
            {t('pathRetry')}
          </Button>
        </View>
      ) : null}
      <Suggestion state={state} />
      {state.closed ? <OpensSoon state={state} /> : answer ? <Path state={state} /> : null}
      {!state.closed && form.holding ? <MissingList state={state} /> : null}
      {answer?.eligibility ? <Conditions eligibility={answer.eligibility} /> : null}
    </View>
  );
}

/** Each thing that is missing, and one tap to where it belongs. */
function MissingList({ state: { answer, blocking, goTo } }: { state: ApplyFormState }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  if (blocking.length === 0) return null;
  return (
    <View className="ap-missing">
      <View className="strong">{t('missingTitle', { n: blocking.length })}</View>
      {blocking.map((item) => (
        <View
          key={`${item.kind}-${item.name}`}
          className="ap-missing__item"
          onClick={() => goTo(item)}
          {...a11y({ role: 'button', focusable: true })}
        >
          <View className="grow">{missingName(item, locale, answer?.documents)}</View>
          <Icon name="right" size={18} colour="ink-3" />
        </View>
      ))}
    </View>
  );
}

function Path({ state: { answer, form } }: { state: ApplyFormState }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  if (!answer) return null;
  const { proposedCategory, path, workingDays } = answer;
  if (!proposedCategory || !path) return <View className="muted">{t('pathNone')}</View>;
  const chosen = form.holding === 'unsure' || form.holding === null ? proposedCategory : form.holding;
  const found = categoryName(chosen, locale);
  return (
    <View>
      <View className="ap-path">
        <View className="ap-path__what">
          {form.holding === 'unsure' ? t('pathProposed', { category: found }) : found}
        </View>
        {workingDays === null ? null : (
          <View className="ap-path__days">
            {workingDays === 0 ? t('pathNow') : t('pathDays', { n: workingDays })}
          </View>
        )}
      </View>
      <View className="muted">{t(`pathText-${path}`)}</View>
    </View>
  );
}

/** The roster may know better than the person which category is theirs. */
function Suggestion({ state }: { state: ApplyFormState }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const better = otherProposal(state.form, state.answer);
  if (!better) return null;
  const category = categoryName(better, locale);
  return (
    <View className="stack stack--tight ap-gap">
      <Notice tone="ok">{t('betterCategory', { category })}</Notice>
      <Button kind="ghost" onTap={() => state.set('holding', better)}>
        {t('takeCategory', { category })}
      </Button>
    </View>
  );
}

/** Not open yet: what it is, what to get ready, and three ways on. */
function OpensSoon({ state }: { state: ApplyFormState }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const { holding } = state.form;
  const category =
    holding === 'unsure' || holding === null ? (state.answer?.proposedCategory ?? '3') : holding;
  return (
    <View className="stack">
      <View>
        <View className="ap-path__what">{t('soonTitle', { category: categoryName(category, locale) })}</View>
        <View className="muted">{t('soonText')}</View>
      </View>
      <View className="ap-note">
        <View className="strong">{t('soonPrepare')}</View>
        <View>{t(category === '4' ? 'soonPrepare-4' : 'soonPrepare-3')}</View>
      </View>
      <View className="btns">
        {holding === 'unsure' ? null : (
          <Button kind="ghost" onTap={() => state.set('holding', 'unsure')}>
            {t('soonOther')}
          </Button>
        )}
        <Button kind="ghost" icon="phone" onTap={() => go('help')}>
          {t('askWindow')}
        </Button>
      </View>
    </View>
  );
}

const OUTCOME_LOOKS = {
  met: { icon: 'ok', colour: 'youth' },
  unmet: { icon: 'close', colour: 'danger' },
  unknown: { icon: 'clock', colour: 'warn' },
} as const;

/** Each condition with its answer and, where it is not met, what to do. */
export function Conditions({
  eligibility,
}: {
  eligibility: Pick<Eligibility, 'conditions' | 'demo' | 'documentNumber'>;
}) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  if (eligibility.conditions.length === 0) return null;
  return (
    <View className="ap-conditions">
      <View className="section-head">
        <View className="strong grow">{t('conditionsTitle')}</View>
        {eligibility.demo ? <DemoMark /> : null}
      </View>
      {eligibility.conditions.map((condition) => {
        const look = OUTCOME_LOOKS[condition.outcome];
        return (
          <View className="ap-condition" key={condition.code}>
            <View className="ap-condition__icon">
              <Icon name={look.icon} size={20} colour={look.colour} weight={2} />
            </View>
            <View className="grow">
              <View className="split ap-condition__head">
                <View className="grow">{nameCondition(condition.code, locale)}</View>
                <Badge
                  tone={
                    condition.outcome === 'met' ? 'ok' : condition.outcome === 'unmet' ? 'danger' : 'warn'
                  }
                >
                  {t(`outcome-${condition.outcome}`)}
                </Badge>
              </View>
              <View className="small">{explainCondition(condition, locale)}</View>
              {condition.source && condition.source !== eligibility.documentNumber ? (
                <View className="small">{t('basis', { document: condition.source })}</View>
              ) : null}
            </View>
          </View>
        );
      })}
      {eligibility.documentNumber ? (
        <View className="small">{t('basis', { document: eligibility.documentNumber })}</View>
      ) : null}
    </View>
  );
}
