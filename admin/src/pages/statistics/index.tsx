import { ZONE_CODES } from '@talent-card/shared/accounts/districts';
import { statisticsRoutes } from '@talent-card/shared/statistics/routes';
import type { UseStatistics } from '@talent-card/shared/statistics/schema';
import { Button, DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useMay, useSeesAllZones } from '../../access.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { today, useNumber } from '../../components/format.js';
import { Empty, Failure, PanelSkeleton } from '../../components/states.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { statisticsTexts } from '../../i18n/statistics.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { shareOf, UsesByChannel, UsesByDistrict, UsesByMonth } from './charts.js';
import { chosen, type Days, PERIODS, type Period } from './period.js';

/** As many days as the server counts at once. */
const LONGEST_DAYS = 1_830;

/** The question that stands in the address; a zone only for those who see them all. */
function useQuestion() {
  const allZones = useSeesAllZones();
  const { filters, setFilters } = useFilters(['period', 'from', 'to', 'zoneCode']);
  const { period, days } = chosen(filters, today());
  const zoneCode = allZones ? oneOf(ZONE_CODES, filters.zoneCode) : undefined;
  return {
    allZones,
    period,
    days,
    zoneCode,
    choosePeriod: (next: Period) => setFilters({ period: next, from: undefined, to: undefined }),
    chooseDays: ({ from, to }: Days) => setFilters({ period: undefined, from, to }),
    chooseZone: (next: string | undefined) => setFilters({ zoneCode: next }),
  };
}

export default function StatisticsPage() {
  const c = useText(commonTexts);
  const { days, zoneCode } = useQuestion();
  const statistics = useRead(
    statisticsRoutes.uses,
    { query: { ...days, zoneCode } },
    { staleTime: 60_000, keepPrevious: true },
  );
  return (
    <PageFrame title={c('statistics')}>
      <div className="stack">
        <Question />
        {statistics.data ? (
          // What is shown belongs to the question before while the next answer is under way.
          <div
            className={statistics.isPlaceholderData ? 'stack waiting' : 'stack'}
            aria-busy={statistics.isPlaceholderData}
          >
            <Answer statistics={statistics.data} />
          </div>
        ) : statistics.isError ? (
          <div className="panel">
            <Failure error={statistics.error} onRetry={() => void statistics.refetch()} />
          </div>
        ) : (
          <>
            <PanelSkeleton rows={2} />
            <PanelSkeleton rows={6} />
          </>
        )}
      </div>
    </PageFrame>
  );
}

function Question() {
  const t = useText(statisticsTexts);
  const c = useText(commonTexts);
  const { allZones, period, days, zoneCode, choosePeriod, chooseDays, chooseZone } = useQuestion();
  return (
    <search className="panel filters question">
      <Segmented<Period | 'own'>
        aria-label={t('period')}
        value={period}
        onChange={(next) => (next === 'own' ? chooseDays(days) : choosePeriod(next))}
        options={[...PERIODS, 'own' as const].map((value) => ({ value, label: t(`period.${value}`) }))}
      />
      {period === 'own' ? (
        <DatePicker.RangePicker
          allowClear={false}
          style={{ width: 250 }}
          placeholder={[c('from'), c('to')]}
          value={[dayjs(days.from), dayjs(days.to)]}
          disabledDate={(day, { from }) =>
            from !== undefined && Math.abs(day.diff(from, 'day')) > LONGEST_DAYS
          }
          onChange={(range) => {
            const [from, to] = [range?.[0], range?.[1]];
            if (from && to) chooseDays({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') });
          }}
        />
      ) : (
        <span className="quiet num">{t('through', days)}</span>
      )}
      {allZones ? (
        <ZoneSelect
          allowClear
          placeholder={t('allZones')}
          style={{ minWidth: 140 }}
          value={zoneCode ?? null}
          onChange={(next) => chooseZone(next ?? undefined)}
        />
      ) : null}
    </search>
  );
}

function Answer({ statistics }: { statistics: UseStatistics }) {
  const t = useText(statisticsTexts);
  const may = useMay();
  const { allZones, period, days, zoneCode, choosePeriod, chooseZone } = useQuestion();
  if (statistics.uses === 0 && statistics.bookings === 0) {
    return (
      <div className="panel">
        <Empty
          title={t('emptyTitle')}
          action={
            period === 'year' ? null : <Button onClick={() => choosePeriod('year')}>{t('widen')}</Button>
          }
        >
          {t('emptyText')}
        </Empty>
      </div>
    );
  }
  const range = `from=${days.from}&to=${days.to}`;
  return (
    <>
      <Numbers statistics={statistics} />
      {/* One month alone is the number above. */}
      {statistics.byMonth.length > 1 ? <UsesByMonth months={statistics.byMonth} /> : null}
      <div className="charts">
        <UsesByChannel
          channels={statistics.byChannel}
          linkOf={may('uses.read') ? (channelId) => `/uses?tab=all&channelId=${channelId}&${range}` : null}
        />
        <UsesByDistrict
          districts={statistics.byDistrict}
          total={statistics.uses}
          onPick={allZones && zoneCode === undefined ? chooseZone : null}
        />
      </div>
    </>
  );
}

function Numbers({ statistics }: { statistics: UseStatistics }) {
  const t = useText(statisticsTexts);
  const number = useNumber();
  const { uses, holders, bookings, noShows, averageGrade } = statistics;
  const tiles: [string, string, ReactNode][] = [
    [t('uses'), number(uses), t('usesHint')],
    [t('holders'), number(holders), t('holdersHint')],
    [t('bookings'), number(bookings), t('bookingsHint')],
    [
      t('noShows'),
      number(noShows),
      bookings > 0 ? t('noShowShare', { share: shareOf(noShows, bookings) }) : null,
    ],
    [
      t('grade'),
      averageGrade === null ? '—' : averageGrade.toFixed(1),
      averageGrade === null ? t('noGrade') : t('gradeOf'),
    ],
  ];
  return (
    <dl className="panel tiles">
      {tiles.map(([label, value, hint]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
          {hint ? <dd className="small quiet">{hint}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
