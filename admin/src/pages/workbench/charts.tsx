import { zoneName } from '@talent-card/shared/accounts/districts';
import type { Workbench } from '@talent-card/shared/workbench/schema';
import { Link } from 'react-router';
import { useMonthLabel, useNumber } from '../../components/format.js';
import { ShareBar } from '../../components/share-bar.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { workbenchTexts } from '../../i18n/workbench.js';

/** Twelve bars, each with its number: no axis to be read off. */
export function IssuedByMonth({ months }: { months: Workbench['issuedByMonth'] }) {
  const t = useText(workbenchTexts);
  const number = useNumber();
  const monthWord = useMonthLabel();
  const most = Math.max(1, ...months.map((month) => month.count));
  const total = months.reduce((sum, month) => sum + month.count, 0);
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('byMonth')}</h2>
        <span className="quiet num">{t('byMonthTotal', { count: number(total) })}</span>
      </div>
      {total === 0 ? (
        <p className="quiet">{t('noneIssued')}</p>
      ) : (
        <ol className="bars">
          {months.map((month, i) => (
            <li key={month.month} aria-label={t('monthLabel', { month: month.month, count: month.count })}>
              <span className="num small">{month.count > 0 ? number(month.count) : ''}</span>
              <ShareBar share={month.count / most} />
              <span className="num small quiet">{monthWord(month.month, i === 0)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

export function CardsByZone({ zones }: { zones: Workbench['cardsByZone'] }) {
  const t = useText(workbenchTexts);
  const number = useNumber();
  const localized = useLocalized();
  const sorted = [...zones].sort((a, b) => b.count - a.count);
  const most = Math.max(1, ...zones.map((zone) => zone.count));
  return (
    <section className="panel">
      <h2>{t('byZone')}</h2>
      <ol className="ranks">
        {sorted.map((zone) => (
          <li key={zone.zoneCode}>
            <Link to={`/cards?status=active&zoneCode=${zone.zoneCode}`}>
              {localized(zoneName(zone.zoneCode))}
            </Link>
            <span className="track" aria-hidden>
              <i style={{ width: `${(zone.count / most) * 100}%` }} />
            </span>
            <span className="num">{number(zone.count)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
