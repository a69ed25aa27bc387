import type { Booking, Waiting } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { homeTexts } from '@/i18n/home';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { timeLeft, useNow } from '@/platform/use-now';
import { useNextBooking, useWaitings } from '@/services/upcoming';
import { a11y, Icon } from '@/ui';

/** The next booking, and a place that waits for an answer. What does not load is left out: the card comes first. */
export function Upcoming() {
  const t = useT(homeTexts);
  const booking = useNextBooking().data ?? null;
  const offers = (useWaitings().data ?? []).filter(({ status }) => status === 'offered');
  if (!booking && offers.length === 0) return null;
  return (
    <View>
      <View className="section-head">
        <View className="h2">{t('upcoming')}</View>
        <View
          className="link home-more"
          onClick={() => go('bookings')}
          {...a11y({ role: 'button', focusable: true })}
        >
          {t('allBookings')}
        </View>
      </View>
      <View className="stack stack--tight">
        {offers.map((offer) => (
          <Offer key={offer.waitingId} offer={offer} />
        ))}
        {booking ? <NextBooking booking={booking} /> : null}
      </View>
    </View>
  );
}

function NextBooking({ booking }: { booking: Booking }) {
  const t = useT(homeTexts);
  const dates = useDates();
  const localized = useLocalized();
  return (
    <View
      className="card home-next"
      hoverClass="cell--press"
      onClick={() => go('booking', { bookingId: booking.bookingId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="home-next__when">
        <View className="home-next__time tabular">{dates.time(booking.startsAt)}</View>
        {dates
          .comingDay(booking.serviceDate)
          .split(/ (?=\d)/)
          .map((part) => (
            <View className="small" key={part}>
              {part}
            </View>
          ))}
      </View>
      <View className="grow">
        <View className="h2">{localized(booking.channel.name)}</View>
        <View className="small">{localized(booking.venue.name)}</View>
        <View className={booking.status === 'held' ? 'bal bal--warn' : 'home-next__note'}>
          {t(booking.status === 'held' ? 'bookingHeld' : 'bookingCome')}
        </View>
      </View>
      <Icon name="right" size={18} colour="ink-3" />
    </View>
  );
}

function Offer({ offer }: { offer: Waiting }) {
  const t = useT(homeTexts);
  const dates = useDates();
  const localized = useLocalized();
  const now = useNow();
  const left = offer.offeredUntil ? timeLeft(offer.offeredUntil, now) : null;
  return (
    <View
      className="next next--warn"
      hoverClass="cell--press"
      onClick={() => go('waiting', { waitingId: offer.waitingId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="row">
        <View className="h2 grow">{t('offerTitle', { name: localized(offer.channel.name) })}</View>
        {left ? <View className="next__due tabular">{left}</View> : null}
      </View>
      <View>{dates.span(offer.startsAt, offer.endsAt)}</View>
      <View className="muted">{t('offerText')}</View>
    </View>
  );
}
