import { zoneName } from '@talent-card/shared/accounts/districts';
import { venueAdminRoutes } from '@talent-card/shared/venues/routes';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { useParams } from 'react-router';
import { useMay } from '../../access.js';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { DemoMark } from '../../components/chips.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { Exceptions } from './exceptions.js';
import { VenueInfo } from './info.js';
import { Schedules } from './schedules.js';
import { Week } from './week.js';

const TABS = ['week', 'schedules', 'exceptions', 'info'] as const;

export default function VenuePage() {
  const { venueId = '' } = useParams();
  const c = useText(commonTexts);
  const venue = useRead(venueAdminRoutes.detail, { params: { venueId } });
  if (venue.data) return <VenueView key={venueId} venue={venue.data} />;
  return (
    <PageFrame title={c('details')} crumbs={[{ label: c('venues'), to: '/venues' }]}>
      {venue.isError ? (
        <Failure error={venue.error} onRetry={() => void venue.refetch()} />
      ) : (
        <PanelSkeleton rows={12} />
      )}
    </PageFrame>
  );
}

function VenueView({ venue }: { venue: AdminVenue }) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const may = useMay();
  // Editors of channels see no bookings, so for them a venue begins with its schedules.
  const shown = TABS.filter((name) => name !== 'week' || may('bookings.read'));
  const first = shown[0] ?? 'info';
  const tab = useAddressTab(shown, first);
  const readOnly = !may('venues.manage');
  const labels = {
    week: t('tabWeek'),
    schedules: t('tabSchedules'),
    exceptions: t('tabExceptions'),
    info: t('tabInfo'),
  };
  return (
    <PageFrame
      title={localized(venue.name)}
      crumbs={[{ label: c('venues'), to: '/venues' }]}
      aside={
        <>
          <span className="small quiet">{localized(zoneName(venue.zoneCode))}</span>
          {venue.demo ? <DemoMark /> : null}
          <span className={`chip ${venue.status === 'open' ? 'ok' : ''}`}>{t(venue.status)}</span>
        </>
      }
    >
      <div className="review">
        <AddressTabs tab={tab} items={shown.map((name) => ({ key: name, label: labels[name] }))} />
        {tab.active === 'week' ? (
          <Week venue={venue} readOnly={readOnly} onSchedules={() => tab.choose('schedules')} />
        ) : null}
        {tab.active === 'schedules' ? <Schedules venue={venue} readOnly={readOnly} /> : null}
        {tab.active === 'exceptions' ? <Exceptions venue={venue} readOnly={readOnly} /> : null}
        {tab.active === 'info' ? <VenueInfo venue={venue} readOnly={readOnly} /> : null}
      </div>
    </PageFrame>
  );
}
