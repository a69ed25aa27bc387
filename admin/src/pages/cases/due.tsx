import type { CaseSummary } from '@talent-card/shared/casework/schema';
import { casesTexts } from '../../i18n/cases.js';
import { useText } from '../../i18n/index.js';

/** Words and tone of a due date: red once it has passed. */
export function useDue(): (item: Pick<CaseSummary, 'overdue' | 'workingDaysLeft'>) => {
  text: string;
  tone: 'bad' | 'care' | '';
} {
  const t = useText(casesTexts);
  return ({ overdue, workingDaysLeft }) => {
    if (overdue) {
      const days = Math.abs(workingDaysLeft ?? 0);
      return { text: days > 0 ? t('overdueBy', { days }) : t('overdue'), tone: 'bad' };
    }
    if (workingDaysLeft === null) return { text: '', tone: '' };
    if (workingDaysLeft <= 0) return { text: t('dueToday'), tone: 'care' };
    return { text: t('daysLeft', { days: workingDaysLeft }), tone: workingDaysLeft === 1 ? 'care' : '' };
  };
}

export function DueCell({ item }: { item: CaseSummary }) {
  const due = useDue()(item);
  if (!item.dueOn) return <>—</>;
  return (
    <>
      <div className="num">{item.dueOn}</div>
      <div className={`small ${due.tone || 'quiet'}`}>{due.text}</div>
    </>
  );
}
