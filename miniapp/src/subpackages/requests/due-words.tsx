import type { ServiceRequestRow } from '@talent-card/shared/requests/schema';
import { requestsTexts } from '@/i18n/requests';
import { useDates, useLocale, useT } from '@/platform/i18n';

/** Until when an answer is due, in one line; null where none is awaited. */
export function useDueWords(): (
  row: Pick<ServiceRequestRow, 'dueOn' | 'workingDaysLeft' | 'overdue'>,
) => string | null {
  const t = useT(requestsTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  return ({ dueOn, workingDaysLeft, overdue }) => {
    if (overdue) return t('overdue');
    if (!dueOn) return null;
    const left =
      workingDaysLeft === null
        ? null
        : workingDaysLeft > 0
          ? t('daysLeft', { n: workingDaysLeft })
          : t('dueToday');
    const due = t('due', { day: dates.day(dueOn) });
    if (!left) return due;
    return locale === 'en' ? `${due} (${left})` : `${due}（${left}）`;
  };
}
