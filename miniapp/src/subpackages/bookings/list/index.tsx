import type { VacancyAlert } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { useDidShow, useReachBottom } from '@tarojs/taro';
import { useState } from 'react';
import '../bookings.scss';
import { bookingsTexts } from '@/i18n/bookings';
import { commonTexts } from '@/i18n/common';
import { explain } from '@/i18n/errors';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { queryClient } from '@/platform/query';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { removeAlert, useAlerts, useBookings, useStanding } from '@/services/bookings';
import { useWaitings } from '@/services/upcoming';
import { a11y, Button, Cell, Cells, Empty, ErrorState, Notice, Page, Skeleton, toast } from '@/ui';
import { BookingRow } from '../booking-row';
import { isWaiting, WaitingRow } from '../waiting-row';

export default function Bookings() {
  const t = useT(bookingsTexts);
  useDidShow(() => {
    void queryClient.refetchQueries({ type: 'active', stale: true });
  });
  useRefreshByPulling(() => queryClient.refetchQueries({ type: 'active' }));
  return (
    <Page title={t('listTitle')} access="person">
      <Mine />
    </Page>
  );
}

function Mine() {
  const t = useT(bookingsTexts);
  const [when, setWhen] = useState<'upcoming' | 'past'>('upcoming');
  return (
    <>
      <Waitings />
      <View className="tabs2" {...a11y({ role: 'radiogroup', label: t('listTitle') })}>
        {(['upcoming', 'past'] as const).map((one) => (
          <View
            key={one}
            className={one === when ? 'tabs2__item tabs2__item--on' : 'tabs2__item'}
            onClick={() => setWhen(one)}
            {...a11y({ role: 'radio', checked: one === when, focusable: true })}
          >
            {t(one)}
          </View>
        ))}
      </View>
      <List key={when} when={when} />
      <StandingCell />
      <Alerts />
    </>
  );
}

function List({ when }: { when: 'upcoming' | 'past' }) {
  const t = useT(bookingsTexts);
  const common = useT(commonTexts);
  const bookings = useBookings(when);
  const more = () => {
    if (bookings.hasNextPage && !bookings.isFetchingNextPage) void bookings.fetchNextPage();
  };
  useReachBottom(more);
  if (!bookings.data) {
    return bookings.isError ? (
      <ErrorState
        error={bookings.error}
        onRetry={() => void bookings.refetch()}
        retrying={bookings.isFetching}
      />
    ) : (
      <Skeleton rows={3} />
    );
  }
  const items = bookings.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return when === 'upcoming' ? (
      <Empty
        title={t('emptyTitle')}
        text={t('emptyText')}
        action={{ label: t('emptyAct'), onTap: () => go('services') }}
      />
    ) : (
      <Empty title={t('emptyPastTitle')} text={t('emptyPastText')} />
    );
  }
  return (
    <View className="stack stack--tight">
      {items.map((booking) => (
        <BookingRow key={booking.bookingId} booking={booking} />
      ))}
      {bookings.hasNextPage ? (
        <Button kind="ghost" pending={bookings.isFetchingNextPage} onTap={more}>
          {bookings.isFetchNextPageError ? common('retry') : common('loadMore')}
        </Button>
      ) : null}
    </View>
  );
}

/** Lines one stands in; an offer, which ends by itself, comes first. */
function Waitings() {
  const t = useT(bookingsTexts);
  const waitings = useWaitings();
  const open = (waitings.data ?? []).filter(isWaiting);
  if (open.length === 0) return null;
  const sorted = [...open].sort((a, b) => Number(b.status === 'offered') - Number(a.status === 'offered'));
  return (
    <View>
      <View className="section-head">
        <View className="h2">{t('waitingTitle')}</View>
      </View>
      <View className="stack stack--tight">
        {sorted.map((waiting) => (
          <WaitingRow key={waiting.waitingId} waiting={waiting} />
        ))}
      </View>
    </View>
  );
}

function StandingCell() {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const standing = useStanding().data;
  if (!standing || (standing.points === 0 && standing.items.length === 0)) return null;
  const { points, limit, pausedUntil } = standing;
  return (
    <Cells>
      <Cell
        icon="warn"
        title={t('standing')}
        note={
          pausedUntil
            ? t('standingPaused', { day: dates.day(pausedUntil) })
            : t('standingNote', { n: points, limit })
        }
        onTap={() => go('standing')}
      />
    </Cells>
  );
}

function Alerts() {
  const t = useT(bookingsTexts);
  const alerts = useAlerts();
  if (!alerts.data || alerts.data.length === 0) return null;
  return (
    <View>
      <View className="section-head">
        <View className="h2">{t('alertsTitle')}</View>
      </View>
      <Cells>
        {alerts.data.map((alert) => (
          <AlertCell key={alert.alertId} alert={alert} />
        ))}
      </Cells>
    </View>
  );
}

function AlertCell({ alert }: { alert: VacancyAlert }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const removing = useSubmit(removeAlert);
  const name = localized(alert.channel.name);
  const [from, to] = [dates.comingDay(alert.from), dates.comingDay(alert.to)];
  const remove = async () => {
    if (await removing.submit(alert.alertId)) toast(t('alertRemoved'));
  };
  return (
    <Cell
      icon="bell"
      title={name}
      note={
        <View>
          <View>{localized(alert.venue.name)}</View>
          <View>{alert.from === alert.to ? t('alertDay', { from }) : t('alertDays', { from, to })}</View>
          {alert.toldAt ? <View>{t('alertTold', { when: dates.recent(alert.toldAt) })}</View> : null}
          {removing.error ? (
            <Notice tone="danger" alert>
              {explain(removing.error, locale)}
            </Notice>
          ) : null}
        </View>
      }
      end={
        <Button
          small
          kind="ghost"
          label={t('alertRemoveLabel', { name })}
          pending={removing.pending}
          onTap={() => void remove()}
        >
          {t('alertRemove')}
        </Button>
      }
    />
  );
}
