import { LoginOutlined } from '@ant-design/icons';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking, Arrivals } from '@talent-card/shared/bookings/schema';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { Button, DatePicker, Input, type InputRef, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { BookingStateChip } from '../../components/chips.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant, timeOf, today } from '../../components/format.js';
import { ChooseVenue } from '../../components/own-venue.js';
import { VenueSelect } from '../../components/place-select.js';
import { Empty, Failure, PanelSkeleton } from '../../components/states.js';
import { bookingsTexts } from '../../i18n/bookings.js';
import { cardsTexts } from '../../i18n/cards.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useOwnVenue } from '../../services/own-venue.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { actionsOf, type BookingAction, BookingActionModal, CheckIn } from '../bookings/actions.js';

const FRESH_EVERY = 15_000;
const SHOWN = ['all', 'waiting', 'arrived'] as const;
type Shown = (typeof SHOWN)[number];

export default function ArrivalsPage() {
  const c = useText(commonTexts);
  const own = useOwnVenue();
  return (
    <PageFrame
      title={c('arrivals')}
      aside={
        own.venue ? (
          <VenueSelect className="own-venue" value={own.venue.venueId} onChange={own.choose} />
        ) : null
      }
    >
      {own.venue ? <Day key={own.venue.venueId} venue={own.venue} /> : <ChooseVenue own={own} />}
    </PageFrame>
  );
}

/** Bookings that count for the day; who cancelled is not expected. */
const expected = (booking: AdminBooking) => booking.status !== 'cancelled' && booking.status !== 'lapsed';
const isShown = (shown: Shown) => (booking: AdminBooking) =>
  expected(booking) &&
  (shown === 'all' || (shown === 'arrived' ? booking.status === 'arrived' : booking.status === 'booked'));

function Day({ venue }: { venue: AdminVenue }) {
  const t = useText(bookingsTexts);
  const { filters, setFilters } = useFilters(['date', 'show']);
  const date = /^\d{4}-\d{2}-\d{2}$/.test(filters.date ?? '') ? filters.date : undefined;
  const shown = oneOf(SHOWN, filters.show) ?? 'all';
  const arrivals = useRead(
    bookingAdminRoutes.arrivals,
    { query: { venueId: venue.venueId, ...(date ? { date } : {}) } },
    { staleTime: 0, refetchInterval: () => FRESH_EVERY, keepPrevious: true },
  );
  const [acting, setActing] = useState<{ booking: AdminBooking; action: BookingAction } | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const bookings = (arrivals.data?.slots ?? []).flatMap((slot) => slot.bookings);
  const count = (which: Shown) => bookings.filter(isShown(which)).length;
  return (
    <>
      <div className="panel arrivals-head">
        <CheckInField
          venue={venue}
          bookings={bookings}
          idle={acting === null && typed === null}
          onFound={(found) => {
            if (typeof found === 'string') setTyped(found);
            else setActing({ booking: found, action: 'check-in' });
          }}
        />
        <div className="row wrap">
          <DatePicker
            aria-label={t('when')}
            allowClear={false}
            value={dayjs(arrivals.data?.date ?? date ?? today())}
            onChange={(day) => setFilters({ date: day?.format('YYYY-MM-DD') })}
          />
          <Segmented<Shown>
            value={shown}
            onChange={(show) => setFilters({ show: show === 'all' ? undefined : show })}
            options={[
              { value: 'all', label: t('showAll', { count: count('all') }) },
              { value: 'waiting', label: t('showWaiting', { count: count('waiting') }) },
              { value: 'arrived', label: t('showArrived', { count: count('arrived') }) },
            ]}
          />
          <span className="small quiet num" role="status">
            {arrivals.dataUpdatedAt
              ? t('refreshed', {
                  time: formatInstant(new Date(arrivals.dataUpdatedAt).toISOString()).slice(11),
                })
              : ''}
          </span>
        </div>
      </div>
      {arrivals.data ? (
        <Slots
          arrivals={arrivals.data}
          shown={shown}
          onAct={(booking, action) => setActing({ booking, action })}
        />
      ) : arrivals.isError ? (
        <Failure error={arrivals.error} onRetry={() => void arrivals.refetch()} />
      ) : (
        <PanelSkeleton rows={10} />
      )}
      {typed ? (
        <CheckIn
          venueId={venue.venueId}
          number={typed}
          name={null}
          companions={null}
          onClose={() => setTyped(null)}
        />
      ) : null}
      {acting ? (
        <BookingActionModal booking={acting.booking} action={acting.action} onClose={() => setActing(null)} />
      ) : null}
    </>
  );
}

/**
 * Takes a number of eight digits, or the line of a desk scanner, which goes to the window desk: a code also says who
 * stands there.
 */
function CheckInField({
  venue,
  bookings,
  idle,
  onFound,
}: {
  venue: AdminVenue;
  bookings: readonly AdminBooking[];
  /** No dialog is open. */
  idle: boolean;
  onFound: (found: AdminBooking | string) => void;
}) {
  const t = useText(bookingsTexts);
  const may = useMay();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  // The next visitor's number is typed at once after the one before.
  useEffect(() => {
    if (idle) field.current?.focus();
  }, [idle]);
  if (!may('bookings.check-in')) return null;
  const take = () => {
    const number = text.replace(/\s/g, '');
    if (number === '') return;
    if (/^\d{8}$/.test(number)) {
      const booking = bookings.find((one) => one.number === number);
      setText('');
      setProblem(null);
      // A number that this list does not know is sent all the same: the server answers why.
      onFound(booking ?? number);
      return;
    }
    if (number.length < 40) {
      setProblem(t('notANumber'));
      return;
    }
    void navigate(`/window?venueId=${venue.venueId}`, { state: { code: text.replace(/[\r\n]/g, '') } });
  };
  return (
    <div className="check-in">
      <label htmlFor="check-in">{t('checkInField')}</label>
      <div className="row">
        <Input
          id="check-in"
          ref={field}
          size="large"
          value={text}
          maxLength={2000}
          autoComplete="off"
          spellCheck={false}
          className="num"
          {...(problem ? { status: 'error' as const } : {})}
          aria-describedby="check-in-help"
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
          onPressEnter={(event) => {
            // Else the same key would press the button that the dialog puts the focus on.
            event.preventDefault();
            take();
          }}
        />
        <Button size="large" type="primary" icon={<LoginOutlined aria-hidden />} onClick={take}>
          {t('checkIn')}
        </Button>
      </div>
      <div id="check-in-help" className={`small ${problem ? 'bad' : 'quiet'}`}>
        {problem ?? t('checkInHelp')}
      </div>
    </div>
  );
}

function Slots({
  arrivals,
  shown,
  onAct,
}: {
  arrivals: Arrivals;
  shown: Shown;
  onAct: (booking: AdminBooking, action: BookingAction) => void;
}) {
  const t = useText(bookingsTexts);
  const cards = useText(cardsTexts);
  const localized = useLocalized();
  const may = useMay();
  const day = today();
  const now = new Date().toISOString();
  const slots = arrivals.slots
    .map((slot) => ({ ...slot, bookings: slot.bookings.filter(isShown(shown)) }))
    .filter((slot) => slot.bookings.length > 0)
    .sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  if (slots.length === 0)
    return shown === 'all' ? (
      <Empty title={t('emptyTitle')}>{t('emptyText')}</Empty>
    ) : (
      <Empty title={t('emptyFilter')} />
    );
  return (
    <div className="stack">
      {slots.map((slot) => {
        const time = `${timeOf(slot.startsAt)}–${timeOf(slot.endsAt)}`;
        const current = slot.startsAt <= now && now < slot.endsAt;
        return (
          <section
            key={slot.slotId}
            className={`panel arrivals ${current ? 'now' : ''}`}
            aria-label={t('arrivalsLabel', { time })}
          >
            <div className="panel-head">
              <h2 className="num">{time}</h2>
              <span>{localized(slot.channel.name)}</span>
              <span className="small quiet num grow">
                {t('slotCount', {
                  count: slot.bookings.reduce((sum, one) => sum + 1 + one.companions, 0),
                  capacity: slot.capacity,
                })}
              </span>
            </div>
            <ul>
              {slot.bookings.map((booking) => (
                <li key={booking.bookingId}>
                  <Link to={`/bookings/${booking.bookingId}`} className="num">
                    {booking.number}
                  </Link>
                  <strong>{booking.holder.maskedName}</strong>
                  <span className="quiet num">
                    {booking.cardClass ? `${cards('classLabel', { code: booking.cardClass })} · ` : ''}
                    {t('seats', { count: booking.companions + 1 })}
                  </span>
                  <BookingStateChip state={booking.status} />
                  <span className="row">
                    {actionsOf(booking, may, day)
                      .filter((action) => action === 'check-in' || action === 'undo')
                      .map((action) => (
                        <Button
                          key={action}
                          {...(action === 'check-in' ? { color: 'primary', variant: 'outlined' } : {})}
                          aria-label={`${t(action === 'check-in' ? 'checkIn' : 'undo')}：${booking.holder.maskedName} ${booking.number}`}
                          onClick={() => onAct(booking, action)}
                        >
                          {t(action === 'check-in' ? 'checkIn' : 'undo')}
                        </Button>
                      ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
