import type { Waiting } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import '../bookings.scss';
import { bookingsTexts } from '@/i18n/bookings';
import { explain } from '@/i18n/errors';
import { RemindMe } from '@/parts/remind-me';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { timeLeft, useNow } from '@/platform/use-now';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { acceptOffer, leaveLine } from '@/services/bookings';
import { useWaitings } from '@/services/upcoming';
import { Button, Card, confirm, Empty, Loaded, Notice, Page, Skeleton, toast } from '@/ui';
import { OfferCountdown, WaitingBadge } from '../waiting-row';

export default function WaitingPage() {
  const t = useT(bookingsTexts);
  const { waitingId } = useRouter<{ waitingId?: string }>().params;
  return (
    <Page title={t('waitTitle')} access="person">
      <One waitingId={waitingId ?? ''} />
    </Page>
  );
}

function One({ waitingId }: { waitingId: string }) {
  const t = useT(bookingsTexts);
  const waitings = useWaitings();
  useDidShow(() => {
    void waitings.refetch();
  });
  useRefreshByPulling(waitings.refetch);
  return (
    <Loaded query={waitings} skeleton={<Skeleton rows={2} />}>
      {(items) => {
        const waiting = items.find((one) => one.waitingId === waitingId);
        return waiting ? (
          <Line waiting={waiting} />
        ) : (
          <Empty
            title={t('waitMissing')}
            text={t('waitMissingText')}
            action={{ label: t('seeBookings'), onTap: () => replace('bookings') }}
          />
        );
      }}
    </Loaded>
  );
}

function Line({ waiting }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const { status, companions } = waiting;
  return (
    <View className="stack">
      <Card>
        <View className="row">
          <View className="h2 grow">{localized(waiting.channel.name)}</View>
          <WaitingBadge waiting={waiting} />
        </View>
        <View className="bk-big bk-gap">{dates.comingDay(waiting.startsAt)}</View>
        <View className="bk-big tabular">
          {dates.time(waiting.startsAt)}–{dates.time(waiting.endsAt)}
        </View>
        <View className="muted">{localized(waiting.venue.name)}</View>
        <View className="muted">{companions > 0 ? t('withMe', { n: companions }) : t('onlyMe')}</View>
      </Card>
      {status === 'offered' ? <Offer waiting={waiting} /> : null}
      {status === 'waiting' ? <InLine waiting={waiting} /> : null}
      {status === 'waiting' || status === 'offered' ? null : <Over waiting={waiting} />}
    </View>
  );
}

/** A place that is kept for a while: take it, or let it go to the next. */
function Offer({ waiting }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const accepting = useSubmit(acceptOffer);
  const leaving = useSubmit(leaveLine);
  const { waitingId, offeredUntil } = waiting;
  const now = useNow();
  const over = offeredUntil !== null && timeLeft(offeredUntil, now) === null;
  const error = accepting.error ?? leaving.error;
  const accept = async () => {
    const booking = await accepting.submit(waitingId);
    if (booking) replace('booking', { bookingId: booking.bookingId, fresh: '1' });
  };
  const decline = async () => {
    const yes = await confirm({
      title: t('declineTitle'),
      text: t('declineText'),
      action: t('decline'),
      dismiss: t('back'),
      danger: true,
    });
    if (yes) await leaving.submit(waitingId);
  };
  return (
    <View className="next next--warn">
      <View className="next__title">{t('wait-offered')}</View>
      {offeredUntil ? (
        <>
          <View>{t('offeredText', { until: dates.comingMoment(offeredUntil) })}</View>
          <OfferCountdown until={offeredUntil} />
        </>
      ) : null}
      {error ? (
        <View className="bk-gap">
          <Notice tone="danger" alert>
            {explain(error, locale)}
          </Notice>
        </View>
      ) : null}
      <View className="btns bk-gap">
        <Button pending={accepting.pending} disabled={over || leaving.pending} onTap={() => void accept()}>
          {t('accept')}
        </Button>
        <Button
          kind="ghost"
          pending={leaving.pending}
          disabled={accepting.pending}
          onTap={() => void decline()}
        >
          {t('decline')}
        </Button>
      </View>
    </View>
  );
}

function InLine({ waiting }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const locale = useLocale((state) => state.locale);
  const leaving = useSubmit(leaveLine);
  const leave = async () => {
    const yes = await confirm({
      title: t('leaveTitle', { when: dates.span(waiting.startsAt, waiting.endsAt) }),
      text: t('leaveText'),
      action: t('leave'),
      dismiss: t('stay'),
      danger: true,
    });
    if (yes && (await leaving.submit(waiting.waitingId))) toast(t('leftLine'));
  };
  return (
    <>
      {waiting.reason ? (
        <PassedOver waiting={waiting} reason={waiting.reason} />
      ) : (
        <View className="next">
          <View className="next__title">
            {waiting.ahead === 0 ? t('aheadNone') : t('ahead', { n: waiting.ahead })}
          </View>
          <View className="muted">{t('waitText')}</View>
          {waiting.companions > 0 ? <Party waiting={waiting} /> : null}
        </View>
      )}
      <RemindMe topic="waiting" />
      {leaving.error ? (
        <Notice tone="danger" alert>
          {explain(leaving.error, locale)}
        </Notice>
      ) : null}
      <Button kind="danger-ghost" pending={leaving.pending} onTap={() => void leave()}>
        {t('leave')}
      </Button>
    </>
  );
}

/** Where that can be changed for which somebody is passed over. */
const WAYS_ON: Record<
  NonNullable<Waiting['reason']>,
  { label: keyof typeof bookingsTexts; open: (waiting: Waiting) => void }
> = {
  card: { label: 'seeCards', open: () => go('wallet') },
  channel: { label: 'seeChannel', open: ({ channel: { channelId } }) => go('channel', { channelId }) },
  quota: { label: 'seeBookings', open: () => go('bookings') },
  overlap: { label: 'seeBookings', open: () => go('bookings') },
  pause: { label: 'standingTitle', open: () => go('standing') },
};

/** Why places go to those behind for now, and the way to where it can be changed. */
function PassedOver({ waiting, reason }: { waiting: Waiting; reason: NonNullable<Waiting['reason']> }) {
  const t = useT(bookingsTexts);
  const { label, open } = WAYS_ON[reason];
  return (
    <View className="next next--warn">
      <View className="next__title">{t('passedOverTitle')}</View>
      <View>{t(`passedOver-${reason}`)}</View>
      <View className="btns bk-gap">
        <Button kind="ghost" onTap={() => open(waiting)}>
          {t(label)}
        </Button>
      </View>
    </View>
  );
}

/** What somebody with companions can expect: until when nobody overtakes them, and what is put aside already. */
function Party({ waiting: { companions, kept, inOrderUntil } }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const now = useNow();
  const party = companions + 1;
  const inOrder = inOrderUntil !== null && timeLeft(inOrderUntil, now) !== null;
  return (
    <>
      {kept > 0 ? (
        <View className="strong bk-gap">{t('waitKept', { kept, missing: party - kept })}</View>
      ) : null}
      <View className="muted bk-gap">
        {inOrder
          ? t('waitInOrder', { party, until: dates.comingMoment(inOrderUntil) })
          : t('waitAnyOrder', { party })}
      </View>
    </>
  );
}

function Over({ waiting }: { waiting: Waiting }) {
  const t = useT(bookingsTexts);
  const { status, reason, bookingId, channel, venue } = waiting;
  if (status === 'waiting' || status === 'offered') return null;
  return (
    <>
      <Notice tone={status === 'accepted' ? 'ok' : 'info'}>
        {reason === 'card' ? t('waitEnd-lapsed-card') : t(`waitEnd-${status}`)}
      </Notice>
      {bookingId ? (
        <Button onTap={() => go('booking', { bookingId })}>{t('seeBooking')}</Button>
      ) : (
        <Button
          kind="ghost"
          onTap={() => go('slots', { channelId: channel.channelId, venueId: venue.venueId })}
        >
          {t('otherTimes')}
        </Button>
      )}
    </>
  );
}
