import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { calendarRoutes } from '@talent-card/shared/calendar/routes';
import type { CalendarDay } from '@talent-card/shared/calendar/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { useFilters } from '../../components/filters.js';
import { today as browserToday } from '../../components/format.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { calendarTexts, dayKindTexts } from '../../i18n/calendar.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { useSettings } from '../../settings.js';
import { PageFrame } from '../../shell.js';
import { DayModal } from './day-modal.js';
import { type Month, monthsOf } from './month-grid.js';

const KINDS = ['workday', 'weekend', 'holiday', 'make-up-workday'] as const;

export default function CalendarPage() {
  const t = useText(calendarTexts);
  const c = useText(commonTexts);
  const kind = useText(dayKindTexts);
  const may = useMay();
  const { filters, setFilters } = useFilters(['year']);
  // The server knows which day it is; a wrong clock in an office must not open a day of the past.
  const office = may('workbench.read');
  const numbers = useRead(workbenchRoutes.numbers, {}, { staleTime: 60_000, enabled: office });
  // Staff of venues only look, so for them the browser's day is good enough.
  const today = office ? numbers.data?.today : browserToday();
  const typed = /^(19|20|21)\d{2}$/.test(filters.year ?? '') ? filters.year : undefined;
  const year = typed ?? today?.slice(0, 4);
  const calendar = useRead(
    calendarRoutes.year,
    { params: { year: year ?? '' } },
    { enabled: year !== undefined, keepPrevious: true },
  );
  const [picked, setPicked] = useState<CalendarDay | null>(null);
  const go = (step: number) => setFilters({ year: String(Number(year) + step) });
  if (numbers.isError && year === undefined) {
    return (
      <PageFrame title={c('calendar')}>
        <Failure error={numbers.error} onRetry={() => void numbers.refetch()} />
      </PageFrame>
    );
  }
  return (
    <PageFrame title={c('calendar')}>
      <div className="panel">
        <div className="panel-head">
          <div className="row">
            <Button
              icon={<LeftOutlined aria-hidden />}
              aria-label={t('previous')}
              onClick={() => go(-1)}
              disabled={!year}
            />
            <h2 className="num" style={{ minWidth: 80, textAlign: 'center' }}>
              {year ? t('year', { year }) : ''}
            </h2>
            <Button
              icon={<RightOutlined aria-hidden />}
              aria-label={t('next')}
              onClick={() => go(1)}
              disabled={!year}
            />
          </div>
          <ul className="legend" aria-label={t('legend')}>
            {KINDS.map((name) => (
              <li key={name}>
                <span className={`day ${name}`} aria-hidden>
                  1
                </span>
                {kind(name)}
              </li>
            ))}
            <li>
              <span className="day workday changed" aria-hidden>
                1
              </span>
              {t('overridden')}
            </li>
          </ul>
        </div>
        <p className="quiet">
          {calendar.data?.published ? t('published') : ''}
          {t('explain')}
          {may('calendar.manage') ? '' : t('readOnly')}
        </p>
        {calendar.data && !calendar.data.published ? (
          <Alert type="warning" showIcon title={t('notPublished')} style={{ marginTop: 12 }} />
        ) : null}
        {calendar.isError ? (
          <Failure error={calendar.error} onRetry={() => void calendar.refetch()} />
        ) : calendar.data ? (
          <div className="year" aria-busy={calendar.isPlaceholderData}>
            {monthsOf(calendar.data.days).map((month) => (
              <MonthView
                key={month.month}
                month={month}
                today={today}
                onPick={may('calendar.manage') ? setPicked : undefined}
              />
            ))}
          </div>
        ) : (
          <PanelSkeleton rows={12} />
        )}
      </div>
      {picked && today && year ? (
        <DayModal day={picked} today={today} year={year} onClose={() => setPicked(null)} />
      ) : null}
    </PageFrame>
  );
}

function MonthView({
  month,
  today,
  onPick,
}: {
  month: Month;
  today: string | undefined;
  onPick: ((day: CalendarDay) => void) | undefined;
}) {
  const t = useText(calendarTexts);
  const kind = useText(dayKindTexts);
  const locale = useSettings((settings) => settings.locale);
  const name = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2000, month.month - 1),
  );
  const title = (day: CalendarDay) =>
    [day.date, day.name ?? kind(day.kind), day.overridden ? t('overridden') : null]
      .filter((part) => part)
      .join(' · ');
  return (
    <section aria-label={name}>
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <h3>{name}</h3>
        <span className="small quiet num">{t('workingDays', { count: month.workingDays })}</span>
      </div>
      <div className="month">
        {[...t('weekdays')].map((name, i) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: seven fixed headings, some with the same letter
            key={i}
            className="small quiet"
            aria-hidden
          >
            {name}
          </span>
        ))}
        {month.blanks > 0 ? <span style={{ gridColumn: `span ${month.blanks}` }} /> : null}
        {month.days.map((day) => (
          <button
            key={day.date}
            type="button"
            className={[
              'day',
              day.kind,
              day.overridden ? 'changed' : '',
              day.date === today ? 'today' : '',
            ].join(' ')}
            title={title(day)}
            aria-label={title(day)}
            disabled={!onPick}
            onClick={() => onPick?.(day)}
          >
            {Number(day.date.slice(8))}
          </button>
        ))}
      </div>
    </section>
  );
}
