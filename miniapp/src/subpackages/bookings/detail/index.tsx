import type { Booking } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import '../bookings.scss';
import { bookingsTexts } from '@/i18n/bookings';
import { explain } from '@/i18n/errors';
import { callNumber } from '@/parts/place';
import { RemindMe } from '@/parts/remind-me';
import { TextDialog } from '@/parts/text-dialog';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { queryClient } from '@/platform/query';
import { serverNow } from '@/platform/server-time';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { appealNoShow, cancelBooking, useBooking, useStanding } from '@/services/bookings';
import {
  Badge,
  Button,
  Card,
  Cell,
  Cells,
  confirm,
  Facts,
  Icon,
  Loaded,
  Notice,
  Page,
  Skeleton,
  toast,
} from '@/ui';
import { BOOKING_TONES } from '../booking-row';

export default function BookingPage() {
  const t = useT(bookingsTexts);
  const { bookingId, fresh } = useRouter<{ bookingId?: string; fresh?: string }>().params;
  useDidShow(() => {
    void queryClient.refetchQueries({ type: 'active', stale: true });
  });
  return (
    <Page title={t('detailTitle')} access="person">
      <Detail bookingId={bookingId ?? ''} fresh={fresh === '1'} />
    </Page>
  );
}

function Detail({ bookingId, fresh }: { bookingId: string; fresh: boolean }) {
  const booking = useBooking(bookingId);
  useRefreshByPulling(booking.refetch);
  return (
    <Loaded query={booking} skeleton={<Skeleton rows={3} />}>
      {(data) => <Standing booking={data} fresh={fresh} />}
    </Loaded>
  );
}

function textKey({ status, cancelledBy }: Booking) {
  return status === 'cancelled'
    ? (`text-cancelled-${cancelledBy ?? 'system'}` as const)
    : (`text-${status}` as const);
}

function Standing({ booking, fresh }: { booking: Booking; fresh: boolean }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const { status, venue, companions } = booking;
  const live = status === 'booked' || status === 'held';
  return (
    <View className="stack">
      {fresh && live ? (
        <View className="bk-done">
          <View className="bk-done__icon">
            <Icon name="ok" size={28} colour="youth" weight={2.4} />
          </View>
          <View className="grow">
            <View className="h1">{t(status === 'held' ? 'freshHeld' : 'freshBooked')}</View>
            <View className="muted">{t(status === 'held' ? 'freshHeldText' : 'freshBookedText')}</View>
          </View>
        </View>
      ) : null}
      <Card>
        <View className="row">
          <View className="h2 grow">{localized(booking.channel.name)}</View>
          <Badge tone={BOOKING_TONES[status]}>{t(`state-${status}`)}</Badge>
        </View>
        <View className="bk-big bk-gap">{dates.comingDay(booking.serviceDate)}</View>
        <View className="bk-big tabular">
          {dates.time(booking.startsAt)}–{dates.time(booking.endsAt)}
        </View>
        {fresh && live ? null : <View className="muted bk-gap">{t(textKey(booking))}</View>}
        {booking.reason ? (
          <View className="bk-gap">
            <Notice tone="warn" title={t('reason')}>
              {booking.reason}
            </Notice>
          </View>
        ) : null}
      </Card>
      {live ? <RemindMe topic="booking" /> : null}
      {live ? (
        <Card>
          <View className="small">{t('number')}</View>
          <View className="bk-number tabular">{booking.number.replace(/(\d{4})(?=\d)/g, '$1 ')}</View>
          <View className="bk-gap">
            <Button kind="gold" icon="code" onTap={() => go('code', {})}>
              {t('showCode')}
            </Button>
          </View>
        </Card>
      ) : null}
      <Card>
        <Facts
          items={[
            { name: t('factWhere'), value: `${localized(venue.name)} · ${localized(venue.address)}` },
            { name: t('factWho'), value: companions > 0 ? t('withMe', { n: companions }) : t('onlyMe') },
            ...(live
              ? []
              : [{ name: t('number'), value: <View className="tabular">{booking.number}</View> }]),
          ]}
        />
      </Card>
      <Cells>
        <Cell icon="phone" title={t('callVenue')} note={venue.phone} onTap={() => callNumber(venue.phone)} />
        {booking.caseId ? (
          <Cell
            icon="form"
            title={t('reviewOf')}
            onTap={() => go('request', { caseId: booking.caseId ?? '' })}
          />
        ) : null}
        {status === 'arrived' ? <Cell icon="star" title={t('toUses')} onTap={() => go('uses')} /> : null}
      </Cells>
      <Appeal booking={booking} />
      {live ? (
        <Changes booking={booking} />
      ) : (
        <Button
          kind="ghost"
          onTap={() => go('slots', { channelId: booking.channel.channelId, venueId: venue.venueId })}
        >
          {t('bookAgain')}
        </Button>
      )}
    </View>
  );
}

/** Moving and cancelling, as long as the rules of the channel allow it. */
function Changes({ booking }: { booking: Booking }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const cancelling = useSubmit(cancelBooking);
  const { bookingId, mayCancel, mayReschedule, channel, venue } = booking;
  const cancel = async () => {
    const yes = await confirm({
      title: t('cancelTitle', {
        when: dates.span(booking.startsAt, booking.endsAt),
        name: localized(channel.name),
      }),
      text: t('cancelText'),
      action: t('cancelAct'),
      dismiss: t('keep'),
      danger: true,
    });
    if (yes && (await cancelling.submit(bookingId))) toast(t('cancelled'));
  };
  // One that an office still decides on may be cancelled until it begins, also where a sure one may not any more.
  const late = booking.status === 'held' && Date.parse(booking.cancelUntil) <= serverNow().getTime();
  if (!mayCancel && !mayReschedule) return <Notice>{t('tooLate')}</Notice>;
  return (
    <View className="stack stack--tight">
      {cancelling.error ? (
        <Notice tone="danger" alert>
          {explain(cancelling.error, locale)}
        </Notice>
      ) : null}
      <View className="bk-two">
        {mayReschedule ? (
          <Button
            kind="ghost"
            icon="calendar"
            onTap={() => go('slots', { channelId: channel.channelId, venueId: venue.venueId, bookingId })}
          >
            {t('move')}
          </Button>
        ) : null}
        {mayCancel ? (
          <Button kind="danger-ghost" pending={cancelling.pending} onTap={() => void cancel()}>
            {t('cancel')}
          </Button>
        ) : null}
      </View>
      {mayCancel ? (
        <View className="small">
          {t('cancelUntil', { when: dates.comingMoment(late ? booking.startsAt : booking.cancelUntil) })}
        </View>
      ) : null}
    </View>
  );
}

/** Against being counted as not having come: how it stands, or how to begin. */
function Appeal({ booking }: { booking: Booking }) {
  const t = useT(bookingsTexts);
  const standing = useStanding().data;
  const appealing = useSubmit(appealNoShow);
  const [writing, setWriting] = useState(false);
  const { appeal, status, bookingId } = booking;
  if (appeal) {
    return (
      <Notice
        tone={appeal.status === 'granted' ? 'ok' : appeal.status === 'refused' ? 'warn' : 'info'}
        title={t(`appeal-${appeal.status}`)}
      >
        <View className="muted">{appeal.reason}</View>
        {appeal.answer ? <View>{t('appealAnswer', { answer: appeal.answer })}</View> : null}
      </Notice>
    );
  }
  if (status !== 'no-show') return null;
  const may = standing?.items.find((item) => item.booking.bookingId === bookingId)?.mayAppeal ?? false;
  if (!may) return null;
  return (
    <>
      <Button onTap={() => setWriting(true)}>{t('appeal')}</Button>
      {writing ? (
        <TextDialog
          name={`appeal:${bookingId}`}
          title={t('appealTitle')}
          label={t('appeal')}
          hint={t('appealHint')}
          tooShort={t('appealShort')}
          action={t('appealSend')}
          pending={appealing.pending}
          error={appealing.error}
          onClose={() => setWriting(false)}
          onSend={async (reason) => {
            const done = await appealing.submit({ bookingId, reason });
            if (done) toast(t('appealSent'));
            return done !== null;
          }}
        />
      ) : null}
    </>
  );
}
