import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking } from '@talent-card/shared/bookings/schema';
import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useMay } from '../../access.js';
import { BookingStateChip } from '../../components/chips.js';
import { formatInstant, timeOf, today, useDay } from '../../components/format.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { bookingsTexts } from '../../i18n/bookings.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { actionsOf, type BookingAction, BookingActionModal } from './actions.js';

export default function BookingPage() {
  const { bookingId = '' } = useParams();
  const c = useText(commonTexts);
  const booking = useRead(bookingAdminRoutes.detail, { params: { bookingId } });
  if (booking.data) return <BookingView booking={booking.data} />;
  return (
    <PageFrame title={c('details')} crumbs={[{ label: c('bookings'), to: '/bookings' }]}>
      {booking.isError ? (
        <Failure error={booking.error} onRetry={() => void booking.refetch()} />
      ) : (
        <PanelSkeleton rows={10} />
      )}
    </PageFrame>
  );
}

function BookingView({ booking }: { booking: AdminBooking }) {
  const t = useText(bookingsTexts);
  const c = useText(commonTexts);
  const may = useMay();
  const [action, setAction] = useState<BookingAction | null>(null);
  const offered = actionsOf(booking, may, today());
  const plain = offered.filter((name) => name !== 'grant' && name !== 'refuse');
  const labels = { 'check-in': t('checkIn'), undo: t('undo'), cancel: t('cancel') } as const;
  return (
    <PageFrame
      title={t('detail', { number: booking.number })}
      crumbs={[{ label: c('bookings'), to: '/bookings' }]}
      aside={<BookingStateChip state={booking.status} />}
    >
      <div className="two-panels">
        <Facts booking={booking} />
        <div className="stack">
          <section className="panel">
            <h2>{t('whatToDo')}</h2>
            {plain.length > 0 ? (
              <div className="row wrap">
                {plain.map((name) => (
                  <Button
                    key={name}
                    type={name === 'check-in' ? 'primary' : 'default'}
                    danger={name === 'cancel'}
                    onClick={() => setAction(name)}
                  >
                    {labels[name as keyof typeof labels]}
                  </Button>
                ))}
              </div>
            ) : (
              <p className="quiet">{t('nothingToDo')}</p>
            )}
            <p style={{ marginTop: 12 }}>
              <Link to={`/arrivals?venueId=${booking.venue.venueId}&date=${booking.serviceDate}`}>
                {t('openList')}
              </Link>
            </p>
          </section>
          {booking.appeal ? (
            <section className="panel">
              <div className="panel-head">
                <h2>{t('appeal')}</h2>
                <span className={`chip ${booking.appeal.status === 'open' ? 'care' : ''}`}>
                  {t(`appeal.${booking.appeal.status}`)}
                </span>
              </div>
              <p className="small quiet">{t('appealSays')}</p>
              <p className="note break">{booking.appeal.reason}</p>
              {booking.appeal.answer ? (
                <>
                  <p className="small quiet" style={{ marginTop: 8 }}>
                    {t('appealAnswer')}
                  </p>
                  <p className="break">{booking.appeal.answer}</p>
                </>
              ) : null}
              {offered.includes('grant') ? (
                <div className="row" style={{ marginTop: 12 }}>
                  <Button onClick={() => setAction('refuse')}>{t('refuse')}</Button>
                  <Button type="primary" onClick={() => setAction('grant')}>
                    {t('grant')}
                  </Button>
                </div>
              ) : null}
            </section>
          ) : null}
        </div>
      </div>
      {action ? (
        <BookingActionModal booking={booking} action={action} onClose={() => setAction(null)} />
      ) : null}
    </PageFrame>
  );
}

function Facts({ booking }: { booking: AdminBooking }) {
  const t = useText(bookingsTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const dayWords = useDay();
  const may = useMay();
  const { holder } = booking;
  const rows: [string, ReactNode][] = [
    [
      t('holder'),
      <>
        {may('people.read') ? (
          <Link to={`/people/${holder.personId}`}>{holder.maskedName}</Link>
        ) : (
          holder.maskedName
        )}
        <div className="small quiet num">{holder.maskedIdentityNumber}</div>
      </>,
    ],
    [
      t('cardNumber'),
      <span key="card" className="num">
        {may('cards.read') ? (
          <Link to={`/cards?q=${booking.cardNumber}`}>{groupCardNumber(booking.cardNumber)}</Link>
        ) : (
          groupCardNumber(booking.cardNumber)
        )}
        {booking.cardClass ? ` · ${booking.cardClass}` : ''}
      </span>,
    ],
    [
      c('channel'),
      <Link key="channel" to={`/channels/${booking.channel.channelId}`}>
        {localized(booking.channel.name)}
      </Link>,
    ],
    [
      c('venue'),
      <>
        <Link to={`/venues/${booking.venue.venueId}`}>{localized(booking.venue.name)}</Link>
        <div className="small quiet">{localized(booking.venue.address)}</div>
      </>,
    ],
    [
      t('when'),
      <strong key="when" className="num">
        {dayWords(booking.serviceDate)} {timeOf(booking.startsAt)}–{timeOf(booking.endsAt)}
      </strong>,
    ],
    [t('companions'), booking.companions > 0 ? `+${booking.companions}` : c('none')],
    [t('created'), formatInstant(booking.createdAt)],
    [t('cancelUntil'), formatInstant(booking.cancelUntil)],
    ...(booking.caseId
      ? [
          [
            t('reviewCase'),
            may('cases.read') ? (
              <Link key="case" to={`/cases/${booking.caseId}`}>
                {t('openCase')}
              </Link>
            ) : (
              '—'
            ),
          ] as [string, ReactNode],
        ]
      : []),
    ...(booking.cancelledBy ? [[t('cancelled'), t(`by.${booking.cancelledBy}`)] as [string, ReactNode]] : []),
    ...(booking.reason ? [[t('why'), booking.reason] as [string, ReactNode]] : []),
  ];
  return (
    <section className="panel">
      <h2>{t('facts')}</h2>
      <table className="facts">
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
