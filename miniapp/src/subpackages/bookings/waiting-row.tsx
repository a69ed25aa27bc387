import type { Waiting } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { bookingsTexts } from '@/i18n/bookings';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { timeLeft, useNow } from '@/platform/use-now';
import { a11y, Badge, type Tone } from '@/ui';

const WAITING_TONES: Record<Waiting['status'], Tone> = {
  waiting: 'info',
  offered: 'warn',
  accepted: 'ok',
  declined: 'quiet',
  lapsed: 'quiet',
  left: 'quiet',
};

/** How a place in line stands, in one word. */
export function WaitingBadge({ waiting: { status, reason } }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  if (status === 'waiting' && reason) return <Badge tone="warn">{t('wait-passed-over')}</Badge>;
  return <Badge tone={WAITING_TONES[status]}>{t(`wait-${status}`)}</Badge>;
}

export const isWaiting = ({ status }: Waiting): boolean => status === 'waiting' || status === 'offered';

/** What is left of an offer, second by second. */
export function OfferCountdown({ until }: { until: string }) {
  const t = useT(bookingsTexts);
  const left = timeLeft(until, useNow());
  return <View className="next__due tabular">{left ? t('offeredLeft', { left }) : t('wait-lapsed')}</View>;
}

/** One place in line of a list; an offer stands out with its countdown. */
export function WaitingRow({ waiting }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const offered = waiting.status === 'offered';
  return (
    <View
      className={offered ? 'next next--warn' : 'card'}
      hoverClass="cell--press"
      onClick={() => go('waiting', { waitingId: waiting.waitingId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="row">
        <View className="h2 grow">{localized(waiting.channel.name)}</View>
        <WaitingBadge waiting={waiting} />
      </View>
      <View>{dates.span(waiting.startsAt, waiting.endsAt)}</View>
      <View className="muted">{localized(waiting.venue.name)}</View>
      {offered && waiting.offeredUntil ? <OfferCountdown until={waiting.offeredUntil} /> : null}
      {waiting.status === 'waiting' && waiting.reason ? (
        <View className="muted">{t(`passedOver-${waiting.reason}`)}</View>
      ) : null}
      {waiting.status === 'waiting' && !waiting.reason ? (
        <View className="strong">
          {waiting.ahead === 0 ? t('aheadNone') : t('ahead', { n: waiting.ahead })}
        </View>
      ) : null}
    </View>
  );
}
