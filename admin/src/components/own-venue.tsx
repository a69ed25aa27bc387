import { Button } from 'antd';
import { bookingsTexts } from '../i18n/bookings.js';
import { useLocalized, useText } from '../i18n/index.js';
import type { useOwnVenue } from '../services/own-venue.js';
import { VenueSelect } from './place-select.js';
import { Empty, Failure, PanelSkeleton } from './states.js';

/** So many fit as buttons. */
const FEW = 8;

/** Until a venue is chosen: the list loading, failed, empty, or waiting for a choice. */
export function ChooseVenue({ own }: { own: ReturnType<typeof useOwnVenue> }) {
  const t = useText(bookingsTexts);
  const localized = useLocalized();
  if (own.venues.isError)
    return <Failure error={own.venues.error} onRetry={() => void own.venues.refetch()} />;
  if (!own.venues.data) return <PanelSkeleton rows={8} />;
  if (own.items.length === 0) return <Empty title={t('noVenues')}>{t('noVenuesText')}</Empty>;
  return (
    <Empty
      title={t('chooseVenue')}
      action={
        own.items.length <= FEW ? (
          <div className="row wrap" style={{ justifyContent: 'center' }}>
            {own.items.map((venue) => (
              <Button key={venue.venueId} size="large" onClick={() => own.choose(venue.venueId)}>
                {localized(venue.name)}
              </Button>
            ))}
          </div>
        ) : (
          <VenueSelect autoFocus style={{ minWidth: 260 }} onChange={(venueId) => own.choose(venueId)} />
        )
      }
    >
      {t('chooseVenueText')}
    </Empty>
  );
}
