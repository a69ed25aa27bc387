import type { Locale } from '@talent-card/shared/common/locale';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import type { ServiceRequest } from '@talent-card/shared/requests/schema';
import { requestEventTexts, requestsTexts } from '@/i18n/requests';
import { datesIn, type Params, textIn } from '@/platform/i18n';
import type { TimelineItem } from '@/ui';

const localized = (text: LocalizedText, locale: Locale) => (locale === 'en' ? text.en : text.zh);

/** What has happened, oldest first, and what is still to come. */
export function timelineOfRequest(
  request: Pick<ServiceRequest, 'timeline' | 'steps' | 'status'>,
  locale: Locale,
): TimelineItem[] {
  const { status, steps } = request;
  const t = (key: keyof typeof requestsTexts, params?: Params) => textIn(locale, requestsTexts[key], params);
  const events = [...request.timeline].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const past = events.map(({ eventId, kind, at, office, by, note }, i): TimelineItem => {
    const who = office
      ? localized(office, locale)
      : by === 'applicant'
        ? t('byApplicant')
        : by === 'system'
          ? t('bySystem')
          : null;
    const stands = i === events.length - 1 && (status === 'returned' || status === 'rejected');
    return {
      key: eventId,
      title: textIn(locale, requestEventTexts[kind]),
      when: [datesIn(locale).moment(at), who].filter(Boolean).join(' · '),
      ...(note ? { note } : {}),
      status: stands || kind === 'overdue' ? 'bad' : 'done',
    };
  });
  if (status !== 'in-review' && status !== 'returned') return past;
  const ahead = steps
    .filter((step) => step.status === 'current' || step.status === 'ahead')
    .map((step): TimelineItem => {
      const current = step.status === 'current';
      return {
        key: step.key,
        title: localized(step.name, locale),
        when: !current
          ? t('stepDays', { n: step.workingDays })
          : status === 'returned'
            ? t('waitsForYou')
            : t('inProgress'),
        status: current && status === 'in-review' ? 'now' : 'ahead',
      };
    });
  return [...past, ...ahead];
}
