import { PlusOutlined } from '@ant-design/icons';
import { zoneName } from '@talent-card/shared/accounts/districts';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { DemoMark } from '../../components/chips.js';
import { ChoiceFilter, FilterBar, SearchFilter, ZoneFilter } from '../../components/filter-bar.js';
import { useFilters } from '../../components/filters.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { useVenues } from '../../services/directory.js';
import { wholeList } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { useHoursWords } from './use-hours-words.js';

const FILTERS = ['q', 'zoneCode', 'status'] as const;
const STATES = ['open', 'closed'] as const;

export default function VenuesPage() {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const may = useMay();
  const venues = useVenues();
  const hoursWords = useHoursWords();
  const { filters } = useFilters(FILTERS);
  const rows = (venues.data?.items ?? []).filter((venue) => matches(venue, filters));
  const add = may('venues.create') ? (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => void navigate('/venues/new')}>
      {t('create')}
    </Button>
  ) : null;
  return (
    <PageFrame title={c('venues')} aside={add}>
      <div className="panel">
        <VenueFilters />
        <ListTable<AdminVenue>
          label={t('listLabel')}
          pages={wholeList(venues, rows)}
          rowKey={(venue) => venue.venueId}
          onRow={(venue) => void navigate(`/venues/${venue.venueId}`)}
          filters={FILTERS}
          empty={
            <Empty title={t('emptyTitle')} action={add}>
              {t('emptyText')}
            </Empty>
          }
          columns={[
            {
              title: t('name'),
              key: 'name',
              width: 300,
              render: (_, venue) => (
                <div className="clip">
                  <Link to={`/venues/${venue.venueId}`}>{localized(venue.name)}</Link>{' '}
                  {venue.demo ? <DemoMark /> : null}
                  <div className="small quiet">
                    {localized(zoneName(venue.zoneCode))} · {localized(venue.address)}
                  </div>
                </div>
              ),
            },
            { title: t('phone'), dataIndex: 'phone', className: 'num' },
            {
              title: t('hours'),
              key: 'hours',
              render: (_, venue) => (
                <ul className="small num">
                  {hoursWords(venue.openingHours).map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              ),
            },
            {
              title: t('staff'),
              dataIndex: 'staffCount',
              className: 'num',
              render: (count: number) => t('staffCount', { count }),
            },
            {
              title: c('status'),
              dataIndex: 'status',
              render: (status: AdminVenue['status']) => (
                <span className={`chip ${status === 'open' ? 'ok' : ''}`}>{t(status)}</span>
              ),
            },
          ]}
        />
      </div>
    </PageFrame>
  );
}

function matches(venue: AdminVenue, filters: Partial<Record<(typeof FILTERS)[number], string>>): boolean {
  const words = [venue.name.zh, venue.name.en, venue.address.zh, venue.address.en, venue.phone]
    .join(' ')
    .toLowerCase();
  return (
    (!filters.q || words.includes(filters.q.toLowerCase())) &&
    (!filters.zoneCode || venue.zoneCode === filters.zoneCode) &&
    (!filters.status || venue.status === filters.status)
  );
}

function VenueFilters() {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter placeholder={t('searchPlaceholder')} width={270} maxLength={60} />
      <ZoneFilter always />
      <ChoiceFilter name="status" label={c('status')} values={STATES} words={t} />
    </FilterBar>
  );
}
