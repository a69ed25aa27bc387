import { zoneName } from '@talent-card/shared/accounts/districts';
import type { CaseDetail } from '@talent-card/shared/casework/schema';
import type { Fact } from '@talent-card/shared/people/schema';
import { Link } from 'react-router';
import { dayOf } from '../../components/format.js';
import { casesTexts } from '../../i18n/cases.js';
import { commonTexts } from '../../i18n/common.js';
import {
  categoryTexts,
  factKindTexts,
  factSourceTexts,
  factValueTexts,
  formFieldTexts,
  identityTypeTexts,
} from '../../i18n/domain.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';
import { checkOf, factLine } from './fact-lines.js';

const FORM_ORDER = [
  'subject',
  'details',
  'employer',
  'creditCode',
  'zoneCode',
  'position',
  'employedSince',
  'provincialCardNumber',
  'programme',
  'programmeDocumentNumber',
  'mobile',
  'achievements',
] as const;

/** What the applicant wrote, each line beside what checked sources say. */
export function ApplicationFacts({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const category = useWord(categoryTexts);
  const identity = useText(identityTypeTexts);
  const field = useWord(formFieldTexts);
  const source = useText(factSourceTexts);
  const localized = useLocalized();
  const shown = (name: string, value: unknown) =>
    name === 'zoneCode' ? localized(zoneName(String(value))) : String(value);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>
          {item.applicant.maskedName} · {item.title ? localized(item.title) : category(item.category)}
        </h2>
        <Link to={`/people/${item.applicant.personId}`}>{t('openPerson')}</Link>
      </div>
      <table className="facts">
        <tbody>
          <tr>
            <th scope="row">{t('identity')}</th>
            <td>
              {identity(item.applicant.identityType)}{' '}
              <span className="num">{item.applicant.maskedIdentityNumber}</span>
            </td>
            <td className="src">{t('revealNeedsLog')}</td>
          </tr>
          {FORM_ORDER.filter((name) => item.form[name] !== undefined && item.form[name] !== '').map(
            (name) => {
              const check = checkOf(name, item.form[name], item.facts);
              return (
                <tr key={name}>
                  <th scope="row">{field(name)}</th>
                  <td className={name === 'mobile' || name === 'creditCode' ? 'num' : ''}>
                    {shown(name, item.form[name])}
                  </td>
                  <td className="src">
                    {check === null ? (
                      t('selfSaid')
                    ) : check.agrees ? (
                      <span className="ok">{t('matches', { source: source(check.source) })}</span>
                    ) : (
                      <span className="care">
                        {t('differs', { source: source(check.source), value: shown(name, check.value) })}
                      </span>
                    )}
                  </td>
                </tr>
              );
            },
          )}
        </tbody>
      </table>
      <h3>{t('knownFacts')}</h3>
      <FactTable facts={item.facts.filter((fact) => fact.source !== 'self')} empty={t('noFacts')} />
    </section>
  );
}

/** Facts with their source and date. */
export function FactTable({ facts, empty }: { facts: readonly Fact[]; empty: string }) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const kind = useText(factKindTexts);
  const source = useText(factSourceTexts);
  const value = useWord(factValueTexts);
  const localized = useLocalized();
  if (facts.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <table className="facts">
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.factId}>
            <th scope="row">{kind(fact.kind)}</th>
            <td>{factLine(fact, value, (code) => localized(zoneName(code))) || c('yes')}</td>
            <td className="src">
              <span className={fact.source === 'self' ? '' : 'ok'}>
                {t('sourceOn', { source: source(fact.source), date: dayOf(fact.observedAt) })}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
