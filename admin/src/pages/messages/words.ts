import type { Delivery } from '@talent-card/shared/messages/schema';
import { useText, useWord } from '../../i18n/index.js';
import { messagesTexts, skipReasonTexts } from '../../i18n/messages.js';

const MISSING = 'no-value:';
/** As WeChat names a field of a template that it refused, `data.thing1`. */
const TEMPLATE_FIELD = /^data\.([a-z_]+\d*)$/;

/** What is known of a delivery beyond its state: the service's own reason in words, an operator's note as written. */
export function useReasonWords(): (delivery: Pick<Delivery, 'state' | 'reason'>) => string | null {
  const t = useText(messagesTexts);
  const reasonWord = useWord(skipReasonTexts);
  return ({ state, reason }) => {
    if (reason === null) return null;
    const [, field] = TEMPLATE_FIELD.exec(reason) ?? [];
    if (state === 'failed' && field) return t('refusedField', { name: field });
    return reason.startsWith(MISSING)
      ? t('missingValue', { name: reason.slice(MISSING.length) })
      : reasonWord(reason);
  };
}
