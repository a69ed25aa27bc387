import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { Slot, SlotWeek } from '@talent-card/shared/bookings/schema';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { Button } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useFilters } from '../../components/filters.js';
import { timeOf, today, useDay } from '../../components/format.js';
import { ChannelSelect } from '../../components/place-select.js';
import { Empty, Failure, PanelSkeleton } from '../../components/states.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { useChannelById } from '../../services/directory.js';
import { useRead } from '../../services/query.js';
import { addDays, mondayOf } from './hours.js';
import { SlotModal } from './slot-modal.js';

const FRESH_EVERY = 60_000;
const BECAUSE = {
  weekly: 'closedBecauseWeekly',
  holiday: 'closedBecauseHoliday',
  exception: 'closedBecauseException',
} as const;

/** Green as long as there is room, amber from seven in ten, red when full. */
function fillOf(slot: Slot): 'free' | 'busy' | 'full' | 'closed' {
  if (slot.state === 'closed') return 'closed';
  if (slot.left <= 0) return 'full';
  return slot.capacity - slot.left >= slot.capacity * 0.7 ? 'busy' : 'free';
}

/** Every slot of one week, by day. A click changes one. */
export function Week({
  venue,
  readOnly,
  onSchedules,
}: {
  venue: AdminVenue;
  readOnly: boolean;
  onSchedules: () => void;
}) {
  const t = useText(venuesTexts);
  const { filters, setFilters } = useFilters(['from', 'channelId']);
  const typed = /^\d{4}-\d{2}-\d{2}$/.test(filters.from ?? '') ? filters.from : undefined;
  const from = mondayOf(typed ?? today());
  const week = useRead(
    bookingAdminRoutes.week,
    {
      params: { venueId: venue.venueId },
      query: { from, ...(filters.channelId ? { channelId: filters.channelId } : {}) },
    },
    { staleTime: 0, refetchInterval: () => FRESH_EVERY },
  );
  const [picked, setPicked] = useState<Slot | null>(null);
  const go = (count: number) => setFilters({ from: addDays(from, count) });
  return (
    <div className="panel">
      <div className="panel-head">
        <div className="row">
          <Button icon={<LeftOutlined aria-hidden />} aria-label={t('weekBefore')} onClick={() => go(-7)} />
          <h2 className="num">{t('week', { from, to: addDays(from, 6) })}</h2>
          <Button icon={<RightOutlined aria-hidden />} aria-label={t('weekAfter')} onClick={() => go(7)} />
          <Button type="link" onClick={() => setFilters({ from: undefined })}>
            {t('thisWeek')}
          </Button>
        </div>
        <div className="row wrap">
          <Legend />
          <ChannelSelect
            allowClear
            style={{ minWidth: 160 }}
            value={filters.channelId ?? null}
            onChange={(channelId) => setFilters({ channelId: channelId ?? undefined })}
          />
        </div>
      </div>
      {week.data ? (
        week.data.days.every((day) => day.slots.length === 0) ? (
          <Empty
            title={t('emptyWeekTitle')}
            action={readOnly ? null : <Button onClick={onSchedules}>{t('toSchedules')}</Button>}
          >
            {t('emptyWeekText')}
          </Empty>
        ) : (
          <WeekGrid week={week.data} onPick={setPicked} />
        )
      ) : week.isError ? (
        <Failure error={week.error} onRetry={() => void week.refetch()} />
      ) : (
        <PanelSkeleton rows={10} />
      )}
      {picked ? (
        <SlotModal slot={picked} venue={venue} readOnly={readOnly} onClose={() => setPicked(null)} />
      ) : null}
    </div>
  );
}

function Legend() {
  const t = useText(venuesTexts);
  return (
    <ul className="legend" aria-label={t('legend')}>
      {(
        [
          ['free', t('legendFree')],
          ['busy', t('legendBusy')],
          ['full', t('full')],
          ['closed', t('slotClosed')],
        ] as const
      ).map(([fill, label]) => (
        <li key={fill}>
          <i className={`swatch ${fill}`} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}

function WeekGrid({ week, onPick }: { week: SlotWeek; onPick: (slot: Slot) => void }) {
  const t = useText(venuesTexts);
  const dayWords = useDay();
  const localized = useLocalized();
  const now = today();
  const several = new Set(week.days.flatMap((day) => day.slots.map((slot) => slot.channelId))).size > 1;
  return (
    <div className="week-scroll">
      <div className="week">
        {week.days.map((day) => (
          <section key={day.date} className={day.date === now ? 'now' : ''} aria-label={dayWords(day.date)}>
            <header>
              <span className="num">{day.date.slice(5)}</span> {dayWords(day.date).slice(11)}
              {day.closedBecause || day.note ? (
                <div className="small care">
                  {day.closedBecause ? t(BECAUSE[day.closedBecause]) : ''} {localized(day.note)}
                </div>
              ) : null}
            </header>
            {day.slots.length === 0 ? <p className="small quiet">{t('noSlots')}</p> : null}
            {[...day.slots]
              .sort((a, b) => a.startsAt.localeCompare(b.startsAt) || a.channelId.localeCompare(b.channelId))
              .map((slot) => (
                <SlotButton key={slot.slotId} slot={slot} named={several} onPick={() => onPick(slot)} />
              ))}
          </section>
        ))}
      </div>
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [days: number, slots: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** Arrows go through a week of slots as through a table; a shorter day takes its last. Tab goes one by one as ever. */
function moveByArrow(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = STEPS[event.key];
  const week = event.currentTarget.closest('.week');
  if (!step || !week) return;
  event.preventDefault();
  const days = [...week.querySelectorAll('section')]
    .map((day) => [...day.querySelectorAll('button')])
    .filter((slots) => slots.length > 0);
  const day = days.findIndex((slots) => slots.includes(event.currentTarget));
  const at = days[day]?.indexOf(event.currentTarget) ?? 0;
  const target = days[day + step[0]];
  target?.[Math.min(at + step[1], target.length - 1)]?.focus();
}

function SlotButton({ slot, named, onPick }: { slot: Slot; named: boolean; onPick: () => void }) {
  const t = useText(venuesTexts);
  const localized = useLocalized();
  const channelById = useChannelById();
  const channel = localized(channelById(slot.channelId)?.name);
  const fill = fillOf(slot);
  const taken = slot.capacity - slot.left;
  const state = fill === 'closed' ? t('slotClosed') : t('taken', { taken, capacity: slot.capacity });
  const from = timeOf(slot.startsAt);
  const to = timeOf(slot.endsAt);
  return (
    <button
      type="button"
      className={`slot ${fill} ${slot.state === 'past' ? 'past' : ''}`}
      aria-label={t('slotLabel', { date: slot.serviceDate, from, to, channel, state })}
      onClick={onPick}
      onKeyDown={moveByArrow}
    >
      <span className="row num">
        <b>{from}</b>
        <span className="small grow">–{to}</span>
        <span>{fill === 'closed' ? t('slotClosed') : `${taken}/${slot.capacity}`}</span>
      </span>
      {named && channel ? <span className="small cut">{channel}</span> : null}
      <span className="track" aria-hidden>
        <i style={{ width: `${slot.capacity > 0 ? Math.min(100, (taken / slot.capacity) * 100) : 0}%` }} />
      </span>
      {slot.waiting > 0 ? <span className="small">{t('waiting', { count: slot.waiting })}</span> : null}
    </button>
  );
}
