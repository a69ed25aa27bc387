import type { MessageKind, MessageLink, SubscriptionTopic } from '@talent-card/shared/messages/schema';
import { REQUEST_TYPES } from '@talent-card/shared/requests/schema';
import type { OutboxPayload } from '../../platform/outbox/outbox-handlers.js';

interface Event {
  readonly kind: MessageKind;
  readonly link: MessageLink;
}
const event = (kind: MessageKind, link: MessageLink): Event => ({ kind, link });

/** Which outbox topic becomes which message, and where tapping it leads. */
const EVENTS: Readonly<Record<string, Event>> = {
  'card.issued': event('card-issued', 'card'),
  'card.suspended': event('card-suspended', 'card'),
  'card.restored': event('card-restored', 'card'),
  'card.revoked': event('card-revoked', 'card'),
  'case.submitted': event('application-submitted', 'application'),
  'case.returned': event('application-returned', 'application'),
  'case.approved': event('application-approved', 'application'),
  'case.rejected': event('application-rejected', 'application'),
  'booking.booked': event('booking-booked', 'booking'),
  'booking.held': event('booking-held', 'booking'),
  'booking.cancelled': event('booking-cancelled', 'booking'),
  'booking.rescheduled': event('booking-rescheduled', 'booking'),
  'booking.reminder': event('booking-reminder', 'booking'),
  'booking.lapsed': event('booking-lapsed', 'booking'),
  'booking.no-show': event('booking-no-show', 'booking'),
  'booking.appeal-answered': event('appeal-answered', 'booking'),
  'waiting.offered': event('waiting-offered', 'waiting'),
  'waiting.lapsed': event('waiting-lapsed', 'waiting'),
  'waiting.passed-over': event('waiting-passed-over', 'waiting'),
  'vacancy.told': event('vacancy', 'slot'),
  'use.recorded': event('use-recorded', 'use'),
  'use.refunded': event('use-refunded', 'use'),
  'use.refused': event('use-refused', 'use'),
  'use.dispute-answered': event('dispute-answered', 'use'),
  'rating.answered': event('rating-answered', 'rating'),
  'code.device-enrolled': event('code-device-enrolled', 'code-devices'),
};
/** Cases that are no application for a card. */
const REQUEST_EVENTS: Readonly<Record<string, Event>> = {
  'case.submitted': event('request-submitted', 'request'),
  'case.returned': event('request-returned', 'request'),
  'case.approved': event('request-approved', 'request'),
  'case.rejected': event('request-rejected', 'request'),
};
export const TOPICS = Object.keys(EVENTS);

/** Where the payload of a topic holds the id that its message leads to. */
const ID_OF: Readonly<Record<MessageLink, string>> = {
  card: 'cardId',
  application: 'caseId',
  booking: 'bookingId',
  waiting: 'waitingId',
  use: 'useId',
  rating: 'ratingId',
  request: 'caseId',
  channel: 'channelId',
  slot: 'slotId',
  'code-devices': 'cardId',
};

export interface Announcement {
  readonly personId: string;
  readonly kind: MessageKind;
  readonly link: { readonly type: MessageLink; readonly id: string };
}

/** Who is told what of an event; null where there is nobody to tell, such as somebody erased. */
export function announcementOf(topic: string, payload: OutboxPayload): Announcement | null {
  const isRequest = (REQUEST_TYPES as readonly unknown[]).includes(payload.caseType);
  const told = (isRequest ? REQUEST_EVENTS[topic] : undefined) ?? EVENTS[topic];
  if (!told) return null;
  const { personId, [ID_OF[told.link]]: id } = payload;
  if (typeof personId !== 'string' || typeof id !== 'string') return null;
  return { personId, kind: told.kind, link: { type: told.link, id } };
}

interface OutsideWays {
  readonly topic: SubscriptionTopic;
  /** Goes by text message where WeChat does not reach: what cannot wait until somebody opens the mini-program. */
  readonly sms?: true;
}

/**
 * What is worth a permission. Whoever acts sees the outcome at once, so what they did themselves stays in the app, and
 * so does what can wait.
 */
export const OUTSIDE: Readonly<Partial<Record<MessageKind, OutsideWays>>> = {
  'booking-booked': { topic: 'booking' },
  'booking-cancelled': { topic: 'booking', sms: true },
  'booking-reminder': { topic: 'booking' },
  'booking-lapsed': { topic: 'booking' },
  'waiting-offered': { topic: 'waiting', sms: true },
  vacancy: { topic: 'waiting' },
  'card-issued': { topic: 'card' },
  'card-suspended': { topic: 'card' },
  'card-restored': { topic: 'card' },
  'card-revoked': { topic: 'card' },
  'application-returned': { topic: 'card' },
  'application-approved': { topic: 'card' },
  'application-rejected': { topic: 'card' },
  'appeal-answered': { topic: 'request' },
  'dispute-answered': { topic: 'request' },
  'rating-answered': { topic: 'request' },
  'request-returned': { topic: 'request' },
  'request-approved': { topic: 'request' },
  'request-rejected': { topic: 'request' },
};
