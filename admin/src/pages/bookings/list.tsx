import { BOOKING_STATES } from '@talent-card/shared/bookings/booking-state';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking } from '@talent-card/shared/bookings/schema';
import { Button, DatePicker, Select, Tabs } from 'antd';
import dayjs from 'dayjs';
import { Link, useNavigate } from 'react-router';
import { BookingStateChip } from '../../components/chips.js';
import { ExportButton } from '../../components/export-button.js';
import { ResetFilters, SearchFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { timeOf } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { ChannelSelect, VenueSelect } from '../../components/place-select.js';
import { Empty } from '../../components/states.js';
import { bookingsTexts } from '../../i18n/bookings.js';
import { commonTexts } from '../../i18n/common.js';
import { bookingStateTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { usePages } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['q', 'venueId', 'channelId', 'status', 'from', 'to'] as const;
const APPEALS = ['open', 'granted', 'refused'] as const;

export default function BookingsPage() {
  const t = useText(bookingsTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const { filters, clear, anySet } = useFilters(FILTERS);
  const { filters: tabs, setFilters: setTab } = useFilters(['appeal']);
  const appeal = oneOf(APPEALS, tabs.appeal);
  const query = { ...filters, status: oneOf(BOOKING_STATES, filters.status), appeal };
  const pages = usePages<AdminBooking>(bookingAdminRoutes.list, query);
  const empty =
    appeal === 'open' && !anySet ? (
      <Empty title={t('noAppeals')}>{t('noAppealsText')}</Empty>
    ) : (
      <Empty
        title={anySet ? t('none') : t('emptyAll')}
        action={anySet ? <Button onClick={clear}>{c('reset')}</Button> : null}
      >
        {anySet ? t('noneText') : t('emptyAllText')}
      </Empty>
    );
  return (
    <PageFrame title={c('bookings')} aside={<ExportButton kind="bookings" query={query} />}>
      <div className="panel">
        <Tabs
          activeKey={appeal === 'open' ? 'open' : 'all'}
          onChange={(key) => setTab({ appeal: key === 'open' ? 'open' : undefined })}
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
          empty={empty}
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
              render: (_, booking) => (
                <>
                  <div>{booking.holder.maskedName}</div>
                  <div className="small quiet num">{booking.holder.maskedIdentityNumber}</div>
                </>
              ),
            },
            {
              title: c('channel'),
              key: 'channel',
              width: 220,
              render: (_, booking) => (
                <div className="clip">
                  {localized(booking.channel.name)}
                  <div className="small quiet">{localized(booking.venue.name)}</div>
                </div>
              ),
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
  const { filters, setFilters, clear, anySet } = useFilters(FILTERS);
  return (
    <search className="filters">
      <SearchFilter
        value={filters.q}
        placeholder={t('searchPlaceholder')}
        width={200}
        maxLength={100}
        onSearch={(q) => setFilters({ q })}
      />
      <VenueSelect
        allowClear
        style={{ minWidth: 150 }}
        value={filters.venueId ?? null}
        onChange={(venueId) => setFilters({ venueId: venueId ?? undefined })}
      />
      <ChannelSelect
        allowClear
        style={{ minWidth: 150 }}
        value={filters.channelId ?? null}
        onChange={(channelId) => setFilters({ channelId: channelId ?? undefined })}
      />
      <Select
        placeholder={c('status')}
        aria-label={c('status')}
        allowClear
        style={{ minWidth: 110 }}
        popupMatchSelectWidth={false}
        value={oneOf(BOOKING_STATES, filters.status) ?? null}
        onChange={(status) => setFilters({ status: status ?? undefined })}
        options={BOOKING_STATES.map((value) => ({ value, label: state(value) }))}
      />
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        style={{ width: 250 }}
        placeholder={[c('from'), c('to')]}
        value={[filters.from ? dayjs(filters.from) : null, filters.to ? dayjs(filters.to) : null]}
        onChange={(range) =>
          setFilters({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })
        }
      />
      <ResetFilters anySet={anySet} onReset={clear} />
    </search>
  );
}
