import type { Delivery } from '@talent-card/shared/messages/schema';
import { useText, useWord } from '../../i18n/index.js';
import { messagesTexts, skipReasonTexts } from '../../i18n/messages.js';

const MISSING = 'no-value:';
/** As WeChat names the fields of its templates, `thing1`. */
const TEMPLATE_FIELD = /^[a-z_]+\d+$/;

/** What is known of a delivery beyond its state: the service's own reason in words, an operator's note as written. */
export function useReasonWords(): (delivery: Pick<Delivery, 'state' | 'reason'>) => string | null {
  const t = useText(messagesTexts);
  const reasonWord = useWord(skipReasonTexts);
  return ({ state, reason }) => {
    if (reason === null) return null;
    if (state === 'failed' && TEMPLATE_FIELD.test(reason)) return t('refusedField', { name: reason });
    return reason.startsWith(MISSING)
      ? t('missingValue', { name: reason.slice(MISSING.length) })
      : reasonWord(reason);
  };
}
