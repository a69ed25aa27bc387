import { zoneName } from '@talent-card/shared/accounts/districts';
import type { UseStatistics } from '@talent-card/shared/statistics/schema';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMonthLabel, useNumber } from '../../components/format.js';
import { ShareBar } from '../../components/share-bar.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { statisticsTexts } from '../../i18n/statistics.js';

/** More bars than these stand close together: their numbers are in the table alone. */
const ROOMY = 14;

/** Bars to see the shape of the year; the table beside them is what is read, copied and read out. */
export function UsesByMonth({ months }: { months: UseStatistics['byMonth'] }) {
  const t = useText(statisticsTexts);
  const number = useNumber();
  const most = Math.max(1, ...months.map(({ uses }) => uses));
  const close = months.length > ROOMY;
  const monthWord = useMonthLabel();
  // Of many months only the years.
  const label = (month: string, i: number) =>
    close ? (month.endsWith('-01') ? month.slice(0, 4) : '') : monthWord(month, i === 0);
  return (
    <section className="panel">
      <h2>{t('byMonth')}</h2>
      <div className="chart-table">
        <ol className={close ? 'bars close' : 'bars'} aria-hidden>
          {months.map(({ month, uses }, i) => (
            <li key={month} title={`${month} · ${number(uses)}`}>
              <span className="num small">{uses > 0 && !close ? number(uses) : ''}</span>
              <ShareBar share={uses / most} />
              <span className="num small quiet">{label(month, i)}</span>
            </li>
          ))}
        </ol>
        <div className="months">
          <table className="figures-table" aria-label={t('byMonthTable')}>
            <thead>
              <tr>
                <th scope="col">{t('month')}</th>
                <th scope="col" className="num">
                  {t('uses')}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...months].reverse().map(({ month, uses }) => (
                <tr key={month}>
                  <th scope="row" className="num">
                    {month}
                  </th>
                  <td className="num">{number(uses)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

/** A bar in a cell: the table is the chart. */
function Bar({ of, most }: { of: number; most: number }) {
  return (
    <td className="bar-cell" aria-hidden>
      <span className="track">
        <i style={{ width: `${(of / Math.max(1, most)) * 100}%` }} />
      </span>
    </td>
  );
}

export function UsesByChannel({
  channels,
  linkOf,
}: {
  channels: UseStatistics['byChannel'];
  /** The rows behind a number, for those who may read them. */
  linkOf: ((channelId: string) => string) | null;
}) {
  const t = useText(statisticsTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const number = useNumber();
  const most = channels[0]?.uses ?? 0;
  return (
    <section className="panel">
      <h2>{t('byChannel')}</h2>
      <table className="figures-table" aria-label={t('byChannelTable')}>
        <thead>
          <tr>
            <th scope="col">{c('channel')}</th>
            <th aria-hidden />
            <th scope="col" className="num">
              {t('uses')}
            </th>
            <th scope="col" className="num">
              {t('grade')}
            </th>
          </tr>
        </thead>
        <tbody>
          {channels.map(({ channelId, name, uses, grade }) => (
            <tr key={channelId}>
              <th scope="row">
                {linkOf ? <Link to={linkOf(channelId)}>{localized(name)}</Link> : localized(name)}
              </th>
              <Bar of={uses} most={most} />
              <td className="num">{number(uses)}</td>
              <td className="num">
                <Grade value={grade} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Grade({ value }: { value: number | null }): ReactNode {
  if (value === null) return <span className="quiet">—</span>;
  return <span className={value < 3 ? 'bad' : ''}>{value.toFixed(1)}</span>;
}

export function UsesByDistrict({
  districts,
  total,
  onPick,
}: {
  districts: UseStatistics['byDistrict'];
  total: number;
  /** Narrows the page to one district, for those who see them all. */
  onPick: ((zoneCode: string) => void) | null;
}) {
  const t = useText(statisticsTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const number = useNumber();
  const most = districts[0]?.uses ?? 0;
  return (
    <section className="panel">
      <h2>{t('byDistrict')}</h2>
      <table className="figures-table" aria-label={t('byDistrictTable')}>
        <thead>
          <tr>
            <th scope="col">{c('zone')}</th>
            <th aria-hidden />
            <th scope="col" className="num">
              {t('uses')}
            </th>
            <th scope="col" className="num">
              {t('share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {districts.map(({ zoneCode, uses }) => (
            <tr key={zoneCode}>
              <th scope="row">
                {onPick ? (
                  <button type="button" className="link" onClick={() => onPick(zoneCode)}>
                    {localized(zoneName(zoneCode))}
                  </button>
                ) : (
                  localized(zoneName(zoneCode))
                )}
              </th>
              <Bar of={uses} most={most} />
              <td className="num">{number(uses)}</td>
              <td className="num">{total > 0 ? shareOf(uses, total) : '—'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** `12.5%`. */
export function shareOf(part: number, whole: number): string {
  return `${((part / whole) * 100).toFixed(1)}%`;
}
