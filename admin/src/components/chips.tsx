import type { BookingState } from '@talent-card/shared/bookings/booking-state';
import type { CardState } from '@talent-card/shared/cards/card-state';
import type { CaseState } from '@talent-card/shared/casework/case-state';
import type { AdminChannel } from '@talent-card/shared/channels/schema';
import type { UseState } from '@talent-card/shared/uses/use-state';
import { channelStateTexts } from '../i18n/channels.js';
import { commonTexts } from '../i18n/common.js';
import { bookingStateTexts, cardStateTexts, caseStateTexts, useStateTexts } from '../i18n/domain.js';
import { useText } from '../i18n/index.js';

type Tone = 'ok' | 'bad' | 'care' | 'info' | 'gold' | '';

const CARD_TONES: Record<CardState, Tone> = {
  active: 'ok',
  suspended: 'care',
  lost: 'care',
  revoked: 'bad',
  expired: '',
};

export function CardStateChip({ state }: { state: CardState }) {
  const t = useText(cardStateTexts);
  return <span className={`chip ${CARD_TONES[state]}`}>{t(state)}</span>;
}

const CASE_TONES: Record<CaseState, Tone> = {
  'in-review': 'info',
  returned: 'care',
  approved: 'ok',
  rejected: 'bad',
  withdrawn: '',
};

export function CaseStateChip({ state }: { state: CaseState }) {
  const t = useText(caseStateTexts);
  return <span className={`chip ${CASE_TONES[state]}`}>{t(state)}</span>;
}

const CHANNEL_TONES: Record<AdminChannel['status'], Tone> = { draft: 'care', published: 'ok', withdrawn: '' };

export function ChannelStateChip({ state }: { state: AdminChannel['status'] }) {
  const t = useText(channelStateTexts);
  return <span className={`chip ${CHANNEL_TONES[state]}`}>{t(state)}</span>;
}

const BOOKING_TONES: Record<BookingState, Tone> = {
  held: 'care',
  booked: 'info',
  arrived: 'ok',
  cancelled: '',
  'no-show': 'bad',
  excused: '',
  lapsed: '',
};

export function BookingStateChip({ state }: { state: BookingState }) {
  const t = useText(bookingStateTexts);
  return <span className={`chip ${BOOKING_TONES[state]}`}>{t(state)}</span>;
}

const USE_TONES: Record<UseState, Tone> = {
  used: 'ok',
  'to-settle': 'care',
  disputed: 'bad',
  refunded: '',
  refused: '',
};

export function UseStateChip({ state }: { state: UseState }) {
  const t = useText(useStateTexts);
  return <span className={`chip ${USE_TONES[state]}`}>{t(state)}</span>;
}

/** What is shown is invented, not published fact. */
export function DemoMark() {
  const c = useText(commonTexts);
  return <span className="chip gold">{c('demo')}</span>;
}
