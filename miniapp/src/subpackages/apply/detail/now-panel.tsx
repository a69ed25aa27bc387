import type { Application } from '@talent-card/shared/cards/schema';
import { View } from '@tarojs/components';
import { applyTexts } from '@/i18n/apply';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { a11y, Button, Icon } from '@/ui';
import { correctionName } from '../parts/words';

/** Where it stands in large words: who acts, until when, and what the person can do about it. */
export function NowPanel({ application }: { application: Application }) {
  switch (application.status) {
    case 'in-review':
      return application.overdue ? (
        <Overdue application={application} />
      ) : (
        <InReview application={application} />
      );
    case 'returned':
      return <Returned application={application} />;
    case 'approved':
      return <Approved application={application} />;
    case 'rejected':
      return <Rejected application={application} />;
    case 'withdrawn':
      return <Withdrawn />;
  }
}

function InReview({ application: { currentStep, dueOn, workingDaysLeft } }: { application: Application }) {
  const t = useT(applyTexts);
  const dates = useDates();
  const localized = useLocalized();
  return (
    <View className="next">
      <View className="small">{t('now')}</View>
      <View className="next__title">
        {currentStep ? t('waitingFor', { step: localized(currentStep) }) : t('waitingAny')}
      </View>
      {dueOn ? (
        <View>
          {t('dueBefore')}
          <View className="next__due ap-inline">{dates.day(dueOn)}</View>
          {t('dueAfter')}
          {workingDaysLeft === null ? null : <LeftInBrackets days={workingDaysLeft} />}
        </View>
      ) : null}
    </View>
  );
}

function LeftInBrackets({ days }: { days: number }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const words = days > 0 ? t('daysLeft', { n: days }) : t('dueToday');
  return <>{locale === 'en' ? ` (${words})` : `（${words}）`}</>;
}

function Overdue({ application: { currentStep, dueOn, workingDaysLeft } }: { application: Application }) {
  const t = useT(applyTexts);
  const dates = useDates();
  const localized = useLocalized();
  const late = workingDaysLeft !== null && workingDaysLeft < 0 ? -workingDaysLeft : null;
  return (
    <View className="next next--warn">
      <View className="small">{t('now')}</View>
      <View className="next__title">
        {currentStep ? t('waitingFor', { step: localized(currentStep) }) : t('overdueTitle')}
      </View>
      {dueOn ? (
        <View className="next__due">
          {late === null
            ? t('overdueDay', { day: dates.day(dueOn) })
            : t('overdueDays', { day: dates.day(dueOn), n: late })}
        </View>
      ) : null}
      <View className="muted">{t('overdueText')}</View>
    </View>
  );
}

function Returned({ application }: { application: Application }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const dates = useDates();
  const { corrections, caseId, decisionNote, dueOn } = application;
  const correct = () => go('apply', { caseId });
  return (
    <View className="next next--warn">
      <View className="small">{t('now')}</View>
      <View className="next__title">{t('returnedTitle')}</View>
      <View className="muted">
        {corrections.length > 0 ? t('returnedText', { n: corrections.length }) : t('returnedNoList')}
      </View>
      {dueOn ? <View className="next__due">{t('returnedDue', { day: dates.day(dueOn) })}</View> : null}
      {decisionNote ? (
        <View className="ap-note ap-gap-top">
          <View className="small">{t('officeNote')}</View>
          {decisionNote}
        </View>
      ) : null}
      {corrections.map((correction) => {
        const name = correctionName(correction.field, locale);
        return (
          <View
            key={`${correction.field}-${correction.note}`}
            className="ap-missing__item"
            onClick={correct}
            {...a11y({
              role: 'button',
              focusable: true,
              label: `${t('correctField', { name })}：${correction.note}`,
            })}
          >
            <View className="grow">
              <View className="strong">{name}</View>
              <View className="muted">{correction.note}</View>
            </View>
            <Icon name="right" size={18} colour="ink-3" />
          </View>
        );
      })}
      <View className="ap-gap-top">
        <Button onTap={correct}>{t('correct')}</Button>
      </View>
    </View>
  );
}

function Approved({ application: { cardId } }: { application: Application }) {
  const t = useT(applyTexts);
  return (
    <View className="next ap-next--ok">
      <View className="small">{t('now')}</View>
      <View className="next__title">{t(cardId ? 'approvedTitle' : 'approvedNoCard')}</View>
      <View className="muted">{t('approvedText')}</View>
      <View className="ap-gap-top">
        {cardId ? (
          <Button onTap={() => go('card', { cardId })}>{t('seeCard')}</Button>
        ) : (
          <Button onTap={() => go('wallet')}>{t('toWallet')}</Button>
        )}
      </View>
    </View>
  );
}

function Rejected({ application: { decisionNote } }: { application: Application }) {
  const t = useT(applyTexts);
  return (
    <View className="next ap-next--bad">
      <View className="small">{t('now')}</View>
      <View className="next__title">{t('rejectedTitle')}</View>
      {decisionNote ? (
        <View className="ap-note ap-gap-top">
          <View className="small">{t('reason')}</View>
          {decisionNote}
        </View>
      ) : null}
      <View className="strong ap-gap-top">{t('rejectedText')}</View>
      <View className="muted">{t('rejectedAgain')}</View>
      <View className="muted">{t('rejectedAsk')}</View>
      <View className="ap-gap-top">
        <Button kind="ghost" onTap={() => go('apply', {})}>
          {t('applyAgain')}
        </Button>
      </View>
    </View>
  );
}

function Withdrawn() {
  const t = useT(applyTexts);
  return (
    <View className="next ap-next--quiet">
      <View className="small">{t('now')}</View>
      <View className="next__title">{t('withdrawnTitle')}</View>
      <View className="muted">{t('withdrawnText')}</View>
      <View className="ap-gap-top">
        <Button kind="ghost" onTap={() => go('apply', {})}>
          {t('applyAgain')}
        </Button>
      </View>
    </View>
  );
}
