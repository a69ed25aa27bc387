import type { Locale } from '@talent-card/shared/common/locale';
import type { Condition } from '@talent-card/shared/eligibility/schema';
import { explainCondition } from '@/i18n/conditions';
import { channelReasonTexts } from '@/i18n/services';
import { textIn } from '@/platform/i18n';

/** Why a channel is or is not open to somebody, and what to do about it. */
export function explainForChannel(condition: Pick<Condition, 'reason' | 'params'>, locale: Locale): string {
  const own = channelReasonTexts[condition.reason];
  return own ? textIn(locale, own) : explainCondition(condition, locale);
}
