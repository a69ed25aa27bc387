import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { useVenues } from './directory.js';

const STORE = 'talent-card.console.venue';

function kept(): string | null {
  try {
    return localStorage.getItem(STORE);
  } catch {
    // A blocked store only costs the choice.
    return null;
  }
}

/**
 * The venue that somebody works at: from the address, else as chosen on this computer before, else the only one they
 * have. Null until it is chosen.
 */
export function useOwnVenue() {
  const venues = useVenues();
  const [search, setSearch] = useSearchParams();
  const items = venues.data?.items ?? [];
  const known = (venueId: string | null) => items.find((venue) => venue.venueId === venueId);
  const only = items.length === 1 ? items[0] : undefined;
  const venue = known(search.get('venueId')) ?? known(kept()) ?? only ?? null;
  const choose = useCallback(
    (venueId: string) => {
      try {
        localStorage.setItem(STORE, venueId);
      } catch {
        // Then the choice lasts as long as the address.
      }
      setSearch(
        (old) => {
          const next = new URLSearchParams(old);
          next.set('venueId', venueId);
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  return { venues, items, venue, choose };
}
