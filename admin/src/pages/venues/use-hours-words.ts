import type { OpeningHours } from '@talent-card/shared/venues/schema';
import { useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { runsOf } from './hours.js';

/** “周一–周五 08:00–17:00”, a line for each run of days. */
export function useHoursWords(): (hours: readonly OpeningHours[]) => string[] {
  const t = useText(venuesTexts);
  return (hours) =>
    runsOf(hours).map(({ first, last, words }) =>
      first === last
        ? `${t(`weekday.${first}`)} ${words}`
        : `${t(`weekday.${first}`)}–${t(`weekday.${last}`)} ${words}`,
    );
}
