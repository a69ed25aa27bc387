import type { Delivery } from '@talent-card/shared/messages/schema';
import { useText, useWord } from '../../i18n/index.js';
import { messagesTexts, skipReasonTexts } from '../../i18n/messages.js';

const MISSING = 'no-value:';

/** What is known of a delivery beyond its state: the service's own reason in words, an operator's note as written. */
export function useReasonWords(): (delivery: Pick<Delivery, 'reason'>) => string | null {
  const t = useText(messagesTexts);
  const reasonWord = useWord(skipReasonTexts);
  return ({ reason }) => {
    if (reason === null) return null;
    return reason.startsWith(MISSING)
      ? t('missingValue', { name: reason.slice(MISSING.length) })
      : reasonWord(reason);
  };
}
