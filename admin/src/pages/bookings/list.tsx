import { BOOKING_STATES } from '@talent-card/shared/bookings/booking-state';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking } from '@talent-card/shared/bookings/schema';
import { Link, useNavigate } from 'react-router';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { HolderCell, PlaceCell } from '../../components/cells.js';
import { BookingStateChip } from '../../components/chips.js';
import { ExportButton } from '../../components/export-button.js';
import {
  ChannelFilter,
  ChoiceFilter,
  DaysFilter,
  FilterBar,
  SearchFilter,
  VenueFilter,
} from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { timeOf } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { bookingsTexts } from '../../i18n/bookings.js';
import { commonTexts } from '../../i18n/common.js';
import { bookingStateTexts } from '../../i18n/domain.js';
import { useText } from '../../i18n/index.js';
import { usePages } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['q', 'venueId', 'channelId', 'status', 'from', 'to'] as const;

export default function BookingsPage() {
  const t = useText(bookingsTexts);
  const c = useText(commonTexts);
  const navigate = useNavigate();
  const { filters } = useFilters(FILTERS);
  const tab = useAddressTab(['all', 'open'], 'all', 'appeal');
  const appeal = tab.active === 'open' ? tab.active : undefined;
  const query = { ...filters, status: oneOf(BOOKING_STATES, filters.status), appeal };
  const pages = usePages<AdminBooking>(bookingAdminRoutes.list, query);
  return (
    <PageFrame title={c('bookings')} aside={<ExportButton kind="bookings" query={query} />}>
      <div className="panel">
        <AddressTabs
          tab={tab}
          items={[
            { key: 'all', label: t('tabAll') },
            { key: 'open', label: t('tabAppeals') },
          ]}
        />
        <BookingFilters />
        <ListTable<AdminBooking>
          label={t('listLabel')}
          pages={pages}
          rowKey={(booking) => booking.bookingId}
          onRow={(booking) => void navigate(`/bookings/${booking.bookingId}`)}
          filters={FILTERS}
          empty={
            appeal ? (
              <Empty title={t('noAppeals')}>{t('noAppealsText')}</Empty>
            ) : (
              <Empty title={t('emptyAll')}>{t('emptyAllText')}</Empty>
            )
          }
          columns={[
            {
              title: t('number'),
              dataIndex: 'number',
              render: (number: string, booking) => (
                <Link to={`/bookings/${booking.bookingId}`} className="num">
                  {number}
                </Link>
              ),
            },
            {
              title: t('holder'),
              key: 'holder',
              render: (_, booking) => <HolderCell holder={booking.holder} />,
            },
            {
              title: c('channel'),
              key: 'channel',
              width: 220,
              render: (_, booking) => <PlaceCell channel={booking.channel} venue={booking.venue} />,
            },
            {
              title: t('when'),
              key: 'when',
              className: 'num',
              render: (_, booking) => (
                <>
                  <div>{booking.serviceDate}</div>
                  <div className="small quiet">
                    {timeOf(booking.startsAt)}–{timeOf(booking.endsAt)}
                  </div>
                </>
              ),
            },
            {
              title: t('companions'),
              dataIndex: 'companions',
              className: 'num',
              render: (count: number) => (count > 0 ? `+${count}` : '—'),
            },
            {
              title: c('status'),
              key: 'status',
              render: (_, booking) => (
                <span className="row wrap" style={{ gap: 4 }}>
                  <BookingStateChip state={booking.status} />
                  {booking.appeal ? (
                    <span className={`chip ${booking.appeal.status === 'open' ? 'care' : ''}`}>
                      {t('appeal')} · {t(`appeal.${booking.appeal.status}`)}
                    </span>
                  ) : null}
                </span>
              ),
            },
          ]}
        />
      </div>
    </PageFrame>
  );
}

function BookingFilters() {
  const t = useText(bookingsTexts);
  const c = useText(commonTexts);
  const state = useText(bookingStateTexts);
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter placeholder={t('searchPlaceholder')} width={250} />
      <VenueFilter />
      <ChannelFilter />
      <ChoiceFilter name="status" label={c('status')} values={BOOKING_STATES} words={state} />
      <DaysFilter />
    </FilterBar>
  );
}
