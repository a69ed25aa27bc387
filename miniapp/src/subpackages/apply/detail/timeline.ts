import type { Application } from '@talent-card/shared/cards/schema';
import type { CaseEvent, CaseStep } from '@talent-card/shared/casework/schema';
import type { Locale } from '@talent-card/shared/common/locale';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { applyTexts } from '@/i18n/apply';
import { datesIn, type Params, textIn } from '@/platform/i18n';
import type { TimelineItem } from '@/ui';

type Case = Pick<Application, 'status' | 'timeline' | 'steps' | 'window' | 'cardId'>;

/** What has happened, what is happening and what is still to come, as the applicant reads it. Oldest first. */
export function timelineOf(application: Case, locale: Locale): TimelineItem[] {
  const events = [...application.timeline].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const past = events.map((event, i) =>
    pastItem(event, i === events.length - 1 && isLastWord(application), locale),
  );
  return [...past, ...openItems(application, locale)];
}

/** A return or rejection that still stands is marked; one that was followed by something else is history. */
function isLastWord({ status }: Case): boolean {
  return status === 'returned' || status === 'rejected' || status === 'withdrawn';
}

function pastItem(event: CaseEvent, isLast: boolean, locale: Locale): TimelineItem {
  const t = textsIn(locale);
  const step = event.stepName ? localized(event.stepName, locale) : null;
  const title =
    event.kind === 'step-approved'
      ? step
        ? t('event-step-approved', { step })
        : t('event-step-approved-any')
      : t(`event-${event.kind}`);
  const by = event.office
    ? localized(event.office, locale)
    : event.by === 'applicant'
      ? t('byApplicant')
      : event.by === 'system'
        ? t('bySystem')
        : null;
  const standsBad = isLast && (event.kind === 'returned' || event.kind === 'rejected');
  return {
    key: event.eventId,
    title,
    when: [datesIn(locale).moment(event.at), by].filter(Boolean).join(' · '),
    ...(event.note ? { note: event.note } : {}),
    status: standsBad || event.kind === 'overdue' ? 'bad' : 'done',
  };
}

function openItems(application: Case, locale: Locale): TimelineItem[] {
  if (application.status !== 'in-review' && application.status !== 'returned') return [];
  const t = textsIn(locale);
  const steps = application.steps.filter(({ status }) => status === 'current' || status === 'ahead');
  const items = steps.map((step) => stepItem(step, application, locale));
  return [...items, { key: 'issue', title: t('issueStep'), when: t('issueStepNote'), status: 'ahead' }];
}

function stepItem(step: CaseStep, application: Case, locale: Locale): TimelineItem {
  const t = textsIn(locale);
  const title = localized(step.name, locale);
  if (step.status === 'current' && application.status === 'in-review') {
    const office = application.window ? localized(application.window.name, locale) : null;
    return {
      key: step.key,
      title,
      when: [t('inProgress'), office].filter(Boolean).join(' · '),
      note: t('inProgressNote'),
      status: 'now',
    };
  }
  return {
    key: step.key,
    title,
    when:
      application.status === 'returned' && step.status === 'current'
        ? t('waitsForYou')
        : t('stepDays', { n: step.workingDays }),
    status: 'ahead',
  };
}

function textsIn(locale: Locale) {
  return (key: keyof typeof applyTexts, params?: Params) => textIn(locale, applyTexts[key], params);
}

function localized(text: LocalizedText, locale: Locale): string {
  return locale === 'en' ? text.en : text.zh;
}
