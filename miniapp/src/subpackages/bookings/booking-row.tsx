import type { BookingState } from '@talent-card/shared/bookings/booking-state';
import type { Booking } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { bookingsTexts } from '@/i18n/bookings';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { a11y, Badge, type Tone } from '@/ui';

export const BOOKING_TONES: Record<BookingState, Tone> = {
  held: 'warn',
  booked: 'info',
  arrived: 'ok',
  cancelled: 'quiet',
  'no-show': 'danger',
  excused: 'quiet',
  lapsed: 'quiet',
};

/** One booking of a list: when in large figures, what and where. */
export function BookingRow({ booking }: { booking: Booking }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const live = booking.status === 'booked' || booking.status === 'held';
  return (
    <View
      className={live ? 'card bk-row' : 'card bk-row bk-off'}
      hoverClass="cell--press"
      onClick={() => go('booking', { bookingId: booking.bookingId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="bk-when">
        <View className="bk-when__time tabular">{dates.time(booking.startsAt)}</View>
        {dates
          .comingDay(booking.serviceDate)
          .split(/ (?=\d)/)
          .map((part) => (
            <View className="bk-when__day" key={part}>
              {part}
            </View>
          ))}
      </View>
      <View className="grow">
        <View className="row">
          <View className="h2 grow">{localized(booking.channel.name)}</View>
          <Badge tone={BOOKING_TONES[booking.status]}>{t(`state-${booking.status}`)}</Badge>
        </View>
        <View className="muted">{localized(booking.venue.name)}</View>
        {booking.companions > 0 ? (
          <View className="small">{t('withMe', { n: booking.companions })}</View>
        ) : null}
      </View>
    </View>
  );
}
