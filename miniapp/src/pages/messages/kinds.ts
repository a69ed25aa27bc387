import type { Locale } from '@talent-card/shared/common/locale';
import type { Message, MessageKind, MessageLink } from '@talent-card/shared/messages/schema';
import { bodyVariants, messageBodies } from '@/i18n/messages';
import { datesIn, textIn } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import type { IconName } from '@/ui';

/** Messages that belong together look alike: the card, cases, bookings, lines, uses, ratings, the account. */
export const ICONS: Record<MessageKind, IconName> = {
  'card-issued': 'card',
  'card-suspended': 'card',
  'card-restored': 'card',
  'card-revoked': 'card',
  'application-submitted': 'form',
  'application-returned': 'form',
  'application-approved': 'form',
  'application-rejected': 'form',
  'security-session-revoked': 'shield',
  'code-device-enrolled': 'device',
  'booking-booked': 'calendar',
  'booking-held': 'calendar',
  'booking-cancelled': 'calendar',
  'booking-rescheduled': 'calendar',
  'booking-reminder': 'calendar',
  'booking-lapsed': 'calendar',
  'booking-no-show': 'calendar',
  'appeal-answered': 'calendar',
  'waiting-offered': 'clock',
  'waiting-lapsed': 'clock',
  'waiting-passed-over': 'clock',
  vacancy: 'clock',
  'use-recorded': 'code',
  'use-refunded': 'code',
  'use-refused': 'code',
  'dispute-answered': 'code',
  'rating-answered': 'star',
  'request-submitted': 'form',
  'request-returned': 'form',
  'request-approved': 'form',
  'request-rejected': 'form',
};

const WAYS: Record<MessageLink, (id: string, params: Message['params']) => void> = {
  card: (cardId) => go('card', { cardId }),
  application: (caseId) => go('application', { caseId }),
  booking: (bookingId) => go('booking', { bookingId }),
  waiting: (waitingId) => go('waiting', { waitingId }),
  use: (useId) => go('use', { useId }),
  rating: (ratingId) => go('rating', { ratingId }),
  request: (caseId) => go('request', { caseId }),
  channel: (channelId) => go('channel', { channelId }),
  slot: (slotId, { channelId, venueId, day }) =>
    go('slots', { channelId: `${channelId}`, venueId: `${venueId}`, date: `${day}`, slotId }),
  'code-devices': () => go('devices'),
};

/** Opens what a message speaks of; one that speaks of nothing, or of something newer, stays where it is. */
export function openLink({ link, kind, params }: Message): void {
  if (link && link.type in WAYS) WAYS[link.type](link.id, params);
  else if (kind === 'security-session-revoked') go('sessions');
}

/** Which service, when and where, as far as the message says; null where it says nothing. */
export function subjectOf({ params }: Message, locale: Locale): string | null {
  const dates = datesIn(locale);
  const english = locale === 'en';
  const text = (name: string) => (typeof params[name] === 'string' ? (params[name] as string) : null);
  const [from, to] = [text('startsAt'), text('endsAt')];
  const when = from && to ? dates.span(from, to) : from ? dates.comingMoment(from) : null;
  const said = [text(english ? 'channelEn' : 'channelZh'), when, text(english ? 'venueEn' : 'venueZh')];
  return said.filter(Boolean).join(' · ') || null;
}

/** What happens next, in words that fit what happened. */
export function bodyOf({ kind, params }: Message, locale: Locale): string {
  const until = params.offeredUntil;
  if (kind === 'waiting-offered' && typeof until === 'string' && bodyVariants['waiting-offered:until']) {
    const words = { until: datesIn(locale).comingMoment(until) };
    return textIn(locale, bodyVariants['waiting-offered:until'], words);
  }
  return textIn(locale, bodyVariants[`${kind}:${params.by ?? params.why}`] ?? messageBodies[kind], params);
}
