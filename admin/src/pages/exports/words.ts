import { zoneName } from '@talent-card/shared/accounts/districts';
import type { Export } from '@talent-card/shared/statistics/schema';
import { bookingStateTexts, cardStateTexts, categoryShortTexts, useStateTexts } from '../../i18n/domain.js';
import { exportsTexts } from '../../i18n/exports.js';
import { callBackStateTexts } from '../../i18n/feedback.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';
import { useChannelById, useVenueName } from '../../services/directory.js';

/** What was searched for may be an identity number: a row of figures shows its ends only. */
export function maskedSearch(text: string): string {
  return text.replace(/[\dXx]{8,}/g, (run) => `${run.slice(0, 4)}…${run.slice(-4)}`);
}

/** The filters of an export in words, `状态：已使用`; one that we have no words for is shown as it is. */
export function useFilterWords(): (item: Pick<Export, 'kind' | 'filter'>) => string[] {
  const t = useText(exportsTexts);
  const word = useWord(exportsTexts);
  const localized = useLocalized();
  const venueName = useVenueName();
  const channelById = useChannelById();
  const category = useWord(categoryShortTexts);
  const callBack = useWord(callBackStateTexts);
  const states = {
    uses: useWord(useStateTexts),
    bookings: useWord(bookingStateTexts),
    cards: useWord(cardStateTexts),
    ratings: callBack,
  };
  const wordsOf = (kind: Export['kind'], name: string, value: string): string => {
    switch (name) {
      case 'status':
        return states[kind](value);
      case 'venueId':
        return venueName(value);
      case 'channelId':
        return localized(channelById(value)?.name) || `…${value.slice(-6)}`;
      case 'zoneCode':
        return localized(zoneName(value));
      case 'category':
        return category(value);
      case 'callBack':
        return value === 'overdue' ? t('overdue') : callBack(value);
      case 'offline':
      case 'appeal':
        return word(`${name}.${value}`);
      case 'q':
        return maskedSearch(value);
      default:
        return value;
    }
  };
  return ({ kind, filter }) =>
    Object.entries(filter).map(([name, value]) => {
      const label = word(`filter.${name}`);
      const known = label !== `filter.${name}`;
      return t('filtered', { name: known ? label : name, value: wordsOf(kind, name, value) });
    });
}
