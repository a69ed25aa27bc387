import type { CaseDetail } from '@talent-card/shared/casework/schema';
import { formatInstant } from '../../components/format.js';
import { casesTexts } from '../../i18n/cases.js';
import { caseEventTexts, formFieldTexts } from '../../i18n/domain.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';

export function CaseTimeline({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const event = useText(caseEventTexts);
  const field = useWord(formFieldTexts);
  const localized = useLocalized();
  return (
    <section className="panel">
      <h2>{t('timeline')}</h2>
      {item.corrections.length > 0 ? (
        <>
          <h3>{t('corrections')}</h3>
          <ul className="plain">
            {item.corrections.map((correction) => (
              <li key={`${correction.field} ${correction.note}`} className="break">
                <strong>{field(correction.field)}</strong>　{correction.note}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ol className="steps">
        {item.steps.map((step) => (
          <li key={step.key} className={step.status}>
            <span className="dot" aria-hidden />
            <span>{localized(step.name)}</span>
            <span className="small quiet num">
              {step.decidedAt
                ? formatInstant(step.decidedAt)
                : step.dueOn
                  ? t('stepDue', { date: step.dueOn })
                  : t('stepDays', { days: step.workingDays })}
            </span>
          </li>
        ))}
      </ol>
      <ul className="plain">
        {[...item.timeline].reverse().map((entry) => (
          <li key={entry.eventId}>
            <div className="row wrap">
              <span className="num quiet small">{formatInstant(entry.at)}</span>
              <span>{event(entry.kind)}</span>
              {entry.stepName ? <span className="quiet small">{localized(entry.stepName)}</span> : null}
              <span className="quiet small">{entry.actorName ?? localized(entry.office)}</span>
            </div>
            {entry.note ? <p className="note break">{entry.note}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
