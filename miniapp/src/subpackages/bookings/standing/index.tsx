import type { Standing } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import '../bookings.scss';
import { bookingsTexts } from '@/i18n/bookings';
import { useDates, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useStanding } from '@/services/bookings';
import { a11y, Button, Card, Empty, Loaded, Notice, Page, Skeleton } from '@/ui';
import { BookingRow } from '../booking-row';

export default function StandingPage() {
  const t = useT(bookingsTexts);
  return (
    <Page title={t('standingTitle')} access="person">
      <Mine />
    </Page>
  );
}

function Mine() {
  const t = useT(bookingsTexts);
  const standing = useStanding();
  useDidShow(() => {
    void standing.refetch();
  });
  useRefreshByPulling(standing.refetch);
  return (
    <Loaded
      query={standing}
      skeleton={<Skeleton rows={2} />}
      empty={{
        when: ({ points, items }) => points === 0 && items.length === 0,
        show: (
          <Empty
            title={t('standingNone')}
            text={t('standingNoneText')}
            action={{ label: t('seeBookings'), onTap: () => go('bookings') }}
          />
        ),
      }}
    >
      {(data) => <Record standing={data} />}
    </Loaded>
  );
}

function Record({ standing }: { standing: Standing }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const { points, limit, pausedUntil, items } = standing;
  return (
    <View className="stack">
      <Card>
        <View className="bk-big">{t('points', { n: points })}</View>
        <View className="bk-points" {...a11y({ hidden: true })}>
          {Array.from({ length: limit }, (_, i) => i).map((i) => (
            <View key={i} className={i < points ? 'bk-point bk-point--on' : 'bk-point'} />
          ))}
        </View>
        <View className="muted">{t('pointsOf', { limit })}</View>
      </Card>
      {pausedUntil ? <Notice tone="warn">{t('pausedUntil', { day: dates.day(pausedUntil) })}</Notice> : null}
      {items.map(({ booking, pointsUntil, mayAppeal }) => (
        <View className="stack stack--tight" key={booking.bookingId}>
          <BookingRow booking={booking} />
          <View className="small">{t('pointUntil', { day: dates.day(pointsUntil) })}</View>
          {mayAppeal ? (
            <Button kind="ghost" onTap={() => go('booking', { bookingId: booking.bookingId })}>
              {t('appeal')}
            </Button>
          ) : null}
        </View>
      ))}
    </View>
  );
}
