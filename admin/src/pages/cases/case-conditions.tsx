import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import type { CardCaseExtra } from '@talent-card/shared/cards/schema';
import type { Condition, Outcome } from '@talent-card/shared/eligibility/schema';
import type { ReactNode } from 'react';
import { casesTexts } from '../../i18n/cases.js';
import { conditionTexts } from '../../i18n/conditions.js';
import { cardKindTexts, categoryShortTexts, factValueTexts } from '../../i18n/domain.js';
import { useText, useWord } from '../../i18n/index.js';

const MARKS: Record<Outcome, { icon: ReactNode; tone: string }> = {
  met: { icon: <CheckCircleOutlined aria-hidden />, tone: 'ok' },
  unmet: { icon: <CloseCircleOutlined aria-hidden />, tone: 'bad' },
  unknown: { icon: <ClockCircleOutlined aria-hidden />, tone: 'care' },
};

/** Parameters that are codes themselves, in words. */
function useParamWords(): (params: Condition['params']) => Condition['params'] {
  const level = useWord(factValueTexts);
  const kind = useWord(cardKindTexts);
  const category = useWord(categoryShortTexts);
  const words: Record<string, (code: string) => string> = {
    level,
    known: level,
    kind,
    category,
    // No day is known yet from which it will be offered.
    from: (day) => day || '—',
  };
  return (params) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, words[name]?.(String(value)) ?? value]),
    );
}

export function ConditionList({ conditions }: { conditions: readonly Condition[] }) {
  const t = useText(casesTexts);
  const word = useWord(conditionTexts);
  const inWords = useParamWords();
  if (conditions.length === 0) return <p className="quiet">{t('noConditions')}</p>;
  return (
    <ul className="conditions">
      {conditions.map((condition) => {
        const mark = MARKS[condition.outcome];
        return (
          <li key={`${condition.code} ${condition.reason}`}>
            <span className={mark.tone} role="img" aria-label={t(condition.outcome)}>
              {mark.icon}
            </span>
            <span className="grow">
              {word(condition.code, inWords(condition.params))}
              <span className={`small ${condition.outcome === 'met' ? 'quiet' : mark.tone}`}>
                {word(condition.reason, inWords(condition.params))}
              </span>
            </span>
            {condition.source ? <span className="small quiet">{condition.source}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** Only card applications are compared with the roster. */
export function RosterCandidates({ extra }: { extra: CardCaseExtra }) {
  const t = useText(casesTexts);
  const category = useWord(categoryShortTexts);
  return (
    <section className="panel">
      <h2>{t('roster')}</h2>
      {extra.rosterCandidates.length === 0 ? (
        <p className="quiet">{t('noRoster')}</p>
      ) : (
        <ul className="candidates">
          {extra.rosterCandidates.map((entry) => (
            <li key={entry.entryId}>
              <div className="row wrap">
                <strong>{entry.maskedName}</strong>
                <span className="num quiet">{entry.maskedIdentityNumber}</span>
                <span className="chip">{category(entry.category)}</span>
                {entry.differences.length === 0 ? (
                  <span className="chip ok">{t('exact')}</span>
                ) : (
                  entry.differences.map((difference) => (
                    <span key={difference} className="chip care">
                      {t(`difference.${difference}`)}
                    </span>
                  ))
                )}
              </div>
              <div className="small quiet break">
                {[entry.programme, entry.employer].filter((part) => part).join(' · ')}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
