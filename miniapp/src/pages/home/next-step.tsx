import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { homeTexts } from '@/i18n/home';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import type { ApplicationSummary } from '@/services/applications';
import { Button } from '@/ui';

interface StepProps {
  eyebrow: string;
  title: string;
  text?: ReactNode;
  action: string;
  onTap: () => void;
  warn?: boolean;
  /** The page's main button; otherwise a quieter one. */
  primary?: boolean;
}
/** The one thing to do or to wait for now. */
export function Step({ eyebrow, title, text, action, onTap, warn, primary }: StepProps) {
  return (
    <View className={warn ? 'next next--warn' : 'next'}>
      <View className="small">{eyebrow}</View>
      <View className="next__title">{title}</View>
      {text ? <View className="muted">{text}</View> : null}
      <View style={{ marginTop: '16px' }}>
        <Button kind={primary ? 'primary' : 'ghost'} onTap={onTap}>
          {action}
        </Button>
      </View>
    </View>
  );
}

/** An application on its way: what it waits for, until when, and what the applicant can do. */
export function ApplicationStep({ application }: { application: ApplicationSummary }) {
  const t = useT(homeTexts);
  const localized = useLocalized();
  const open = () => go('application', { caseId: application.caseId });
  if (application.status === 'returned') {
    return (
      <Step
        warn
        primary
        eyebrow={t('next')}
        title={t('returnedTitle')}
        text={t('returnedText')}
        action={t('returnedAct')}
        onTap={open}
      />
    );
  }
  if (application.status === 'rejected') {
    return (
      <Step
        warn
        eyebrow={t('now')}
        title={t('rejectedTitle')}
        text={t('rejectedText')}
        action={t('rejectedAct')}
        onTap={open}
      />
    );
  }
  const step = application.currentStep;
  return (
    <Step
      eyebrow={t('now')}
      title={step ? t('waitingTitle', { step: localized(step) }) : t('waitingTitlePlain')}
      text={<DueWords application={application} />}
      warn={application.overdue}
      action={t('seeProgress')}
      onTap={open}
    />
  );
}

function DueWords({ application }: { application: ApplicationSummary }) {
  const t = useT(homeTexts);
  const dates = useDates();
  const { dueOn, workingDaysLeft, overdue } = application;
  if (overdue) return <View className="next__due">{t('overdue')}</View>;
  if (!dueOn) return null;
  return (
    <View>
      <View className="next__due">{t('due', { day: dates.day(dueOn) })}</View>
      {workingDaysLeft === null ? null : (
        <View className="small">
          {workingDaysLeft > 0 ? t('daysLeft', { n: workingDaysLeft }) : t('dueToday')}
        </View>
      )}
    </View>
  );
}
