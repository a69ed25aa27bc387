import type { Booking, Slot } from '@talent-card/shared/bookings/schema';
import type { Channel } from '@talent-card/shared/channels/schema';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import '../bookings.scss';
import { bookingsTexts } from '@/i18n/bookings';
import { explain } from '@/i18n/errors';
import { Stepper } from '@/parts/stepper';
import { ApiError } from '@/platform/api-error';
import { type Params, useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { pageUrl } from '@/platform/pages';
import { useSession } from '@/platform/session';
import { useSubmit } from '@/platform/use-submit';
import { useMe } from '@/services/account';
import { book, joinLine, reschedule, setAlert, useAlerts, useBooking } from '@/services/bookings';
import { useChannel } from '@/services/channels';
import { a11y, Button, Card, DemoMark, Empty, ErrorState, Loaded, Notice, Page, Skeleton, toast } from '@/ui';
import { ConfirmDialog } from './confirm-dialog';
import { SlotList } from './slot-list';
import { isWaitable, nearestFree, stateOfDay } from './slot-rules';
import { type SlotPicker, useSlotPicker } from './use-slot-picker';
import { WeekStrip } from './week-strip';

type SlotsParams = {
  channelId?: string;
  venueId?: string;
  date?: string;
  slotId?: string;
  bookingId?: string;
};

export default function SlotsPage() {
  const t = useT(bookingsTexts);
  const params = useRouter<SlotsParams>().params;
  const channel = useChannel(params.channelId ?? '');
  // Only somebody with a booking moves it; without one the page is open to everybody.
  const moving = useBooking(params.bookingId);
  if (!channel.data || (params.bookingId && !moving.data)) {
    const failed = channel.isError ? channel : moving.isError ? moving : null;
    return (
      <Page
        title={t(params.bookingId ? 'moveTitle' : 'slotsTitle')}
        access={params.bookingId ? 'person' : 'public'}
      >
        {failed ? (
          <ErrorState
            error={failed.error}
            onRetry={() => void failed.refetch()}
            retrying={failed.isFetching}
          />
        ) : (
          <Skeleton rows={5} />
        )}
      </Page>
    );
  }
  return <Slots channel={channel.data} params={params} moving={moving.data ?? null} />;
}

function Slots({
  channel,
  params,
  moving,
}: {
  channel: Channel;
  params: SlotsParams;
  moving: Booking | null;
}) {
  const t = useT(bookingsTexts);
  const localized = useLocalized();
  const picker = useSlotPicker(
    channel,
    { ...params, venueId: params.venueId ?? moving?.venue.venueId },
    moving,
  );
  const booking = useBookingAct(channel, picker, moving);
  const title = t(moving ? 'moveTitle' : 'slotsTitle');
  if (!channel.booking || channel.venues.length === 0) {
    return (
      <Page title={title}>
        <Empty
          title={t(channel.booking ? 'noVenues' : 'notBookable')}
          text={t('notBookableText')}
          action={{
            label: t('seeChannel'),
            onTap: () => replace('channel', { channelId: channel.channelId }),
          }}
        />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      access={moving ? 'person' : 'public'}
      bar={<Bar channel={channel} picker={picker} moving={moving} act={booking} />}
    >
      <View className="row">
        <View className="grow">
          <View className="h2">{localized(channel.name)}</View>
          {picker.venues.length === 1 && picker.venue ? (
            <View className="muted">{localized(picker.venue.name)}</View>
          ) : null}
        </View>
        {channel.demo ? <DemoMark /> : null}
      </View>
      {picker.venues.length > 1 ? <Venues picker={picker} /> : null}
      {booking.filled ? (
        <JustFilled slot={booking.filled} picker={picker} onSeen={booking.forgetFilled} />
      ) : null}
      <Loaded query={picker.week} skeleton={<Skeleton rows={4} />}>
        {() => (
          <View className="stack">
            <WeekStrip picker={picker} />
            <WeekFull picker={picker} />
            {picker.mostCompanions > 0 && !moving ? <Companions picker={picker} /> : null}
            <DayHead picker={picker} />
            <SlotList picker={picker} heldSlotId={moving?.slotId ?? null} />
          </View>
        )}
      </Loaded>
      {booking.open && picker.slot ? (
        <ConfirmDialog
          channel={channel}
          picker={picker}
          slot={picker.slot}
          moving={moving}
          note={booking.note}
          onNote={booking.setNote}
          onConfirm={() => void booking.confirm()}
          onClose={booking.close}
          pending={booking.pending}
          error={booking.error}
        />
      ) : null}
    </Page>
  );
}

function Venues({ picker }: { picker: SlotPicker }) {
  const t = useT(bookingsTexts);
  const localized = useLocalized();
  return (
    <View>
      <View className="choices" {...a11y({ role: 'radiogroup', label: t('venue') })}>
        {picker.venues.map(({ venueId, name }) => {
          const on = venueId === picker.venue?.venueId;
          return (
            <View
              key={venueId}
              className={on ? 'choice choice--on' : 'choice'}
              onClick={() => picker.chooseVenue(venueId)}
              {...a11y({ role: 'radio', checked: on, focusable: true })}
            >
              {localized(name)}
            </View>
          );
        })}
      </View>
    </View>
  );
}

function Companions({ picker }: { picker: SlotPicker }) {
  const t = useT(bookingsTexts);
  return (
    <Card className="sl-companions">
      <View className="grow">
        <View className="strong">{t('companions')}</View>
        <View className="small">{t('companionsHint', { n: picker.mostCompanions })}</View>
      </View>
      <Stepper
        value={picker.companions}
        most={picker.mostCompanions}
        onChange={picker.setCompanions}
        fewer={t('fewer')}
        more={t('more')}
      />
    </Card>
  );
}

/** Nothing is free in the days in view, and yet one can wait: said before somebody looks through them one by one. */
function WeekFull({ picker }: { picker: SlotPicker }) {
  const t = useT(bookingsTexts);
  const { week, cardClass } = picker;
  if (!week.data || week.isPlaceholderData) return null;
  const kinds = week.data.days.map((day) => stateOfDay(day, cardClass).kind);
  if (kinds.includes('free') || !kinds.includes('full')) return null;
  return (
    <Notice tone="warn" title={t('weekFullTitle')}>
      {t('weekFullText')}
    </Notice>
  );
}

function DayHead({ picker }: { picker: SlotPicker }) {
  const dates = useDates();
  const localized = useLocalized();
  const { day } = picker;
  if (!day || day.slots.length === 0) return null;
  return (
    <View>
      <View className="h2">{dates.comingDay(day.date)}</View>
      {day.note ? <View className="small">{localized(day.note)}</View> : null}
    </View>
  );
}

/** Somebody was faster: what else is free, nearest first. */
function JustFilled({ slot, picker, onSeen }: { slot: Slot; picker: SlotPicker; onSeen: () => void }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const need = 1 + picker.companions;
  const free = picker.week.data ? nearestFree(picker.week.data, slot, need, picker.cardClass) : [];
  return (
    <Notice tone="warn" alert title={t('justFilled', { time: dates.span(slot.startsAt, slot.endsAt) })}>
      {free.length > 0 ? t('nearestFree') : t('nearestNone')}
      <View className="choices sl-near">
        {free.map((one) => (
          <View
            key={one.slotId}
            className="choice"
            onClick={() => {
              picker.chooseSlot(one);
              onSeen();
            }}
            {...a11y({ role: 'button', focusable: true })}
          >
            {dates.comingMoment(one.startsAt)}
          </View>
        ))}
      </View>
    </Notice>
  );
}

interface BookingAct {
  open: boolean;
  start: () => void;
  close: () => void;
  note: string;
  setNote: (note: string) => void;
  confirm: () => Promise<void>;
  pending: boolean;
  error: unknown;
  /** The slot that filled up while it was confirmed. */
  filled: Slot | null;
  forgetFilled: () => void;
}

/** Confirming: one submission however often one taps; a slot that has just filled up is told with what else is free. */
function useBookingAct(channel: Channel, picker: SlotPicker, moving: Booking | null): BookingAct {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState<Slot | null>(null);
  const booking = useSubmit((input: { slotId: string; companions: number; note: string }, key) => {
    const { slotId, companions } = input;
    return moving
      ? reschedule({ bookingId: moving.bookingId, slotId }, key)
      : book({ slotId, companions, ...(input.note ? { note: input.note } : {}) }, key);
  });
  const justFull = booking.error instanceof ApiError && booking.error.code === 'SLOT_FULL';
  return {
    open: open && !justFull,
    start: () => {
      booking.reset();
      setOpen(true);
    },
    close: () => setOpen(false),
    note,
    setNote,
    confirm: async () => {
      const { slot, companions } = picker;
      if (!slot) return;
      setTried(slot);
      const words = channel.booking?.reviewed ? note.trim() : '';
      const done = await booking.submit({ slotId: slot.slotId, companions, note: words });
      if (done) replace('booking', { bookingId: done.bookingId, fresh: '1' });
    },
    pending: booking.pending,
    error: booking.error,
    filled: justFull ? tried : null,
    forgetFilled: () => {
      booking.reset();
      setOpen(false);
    },
  };
}

/** What follows from what is chosen: book, stand in line, be told, or first become somebody who may. */
function Bar({
  channel,
  picker,
  moving,
  act,
}: {
  channel: Channel;
  picker: SlotPicker;
  moving: Booking | null;
  act: BookingAct;
}) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const signedIn = useSession((state) => state.session !== null);
  const me = useMe();
  const { slot, companions, entitlement } = picker;
  const here = pageUrl('slots', {
    channelId: channel.channelId,
    ...(picker.venue ? { venueId: picker.venue.venueId } : {}),
    ...(picker.day ? { date: picker.day.date } : {}),
    ...(slot ? { slotId: slot.slotId } : {}),
  });
  if (!signedIn) return <Button onTap={() => go('signIn', { next: here })}>{t('signInToBook')}</Button>;
  if (me.data?.person === null) {
    return <Button onTap={() => go('realName', { next: here })}>{t('proveToBook')}</Button>;
  }
  if (entitlement && !moving && (!entitlement.entitled || entitlement.left === 0)) {
    return (
      <Button kind="ghost" onTap={() => go('channel', { channelId: channel.channelId })}>
        {t('notEntitled')}
      </Button>
    );
  }
  if (!slot) return <Button disabled>{t('chooseFirst')}</Button>;
  const time = dates.time(slot.startsAt);
  if (isWaitable(slot, 1 + companions, picker.cardClass)) {
    return moving ? (
      <Button disabled>{t('chooseFirst')}</Button>
    ) : (
      <FullActs channel={channel} picker={picker} slot={slot} time={time} />
    );
  }
  if (slot.state !== 'open') return <Button disabled>{t('chooseFirst')}</Button>;
  const people = t('people', { n: 1 + companions });
  return (
    <Button onTap={act.start} pending={act.pending}>
      {moving ? t('moveTime', { time }) : t('confirmTime', { time, people })}
    </Button>
  );
}

function FullActs({
  channel,
  picker,
  slot,
  time,
}: {
  channel: Channel;
  picker: SlotPicker;
  slot: Slot;
  time: string;
}) {
  const t = useT(bookingsTexts);
  const locale = useLocale((state) => state.locale);
  const dates = useDates();
  const joining = useSubmit(joinLine);
  const alerting = useSubmit(setAlert);
  const alerts = useAlerts();
  const { slotId, serviceDate, venueId } = slot;
  const day: Params = { day: dates.comingDay(serviceDate) };
  const told = alerts.data?.some(
    (one) =>
      one.channel.channelId === channel.channelId &&
      one.venue.venueId === venueId &&
      one.from <= serviceDate &&
      serviceDate <= one.to &&
      one.toldAt === null,
  );
  const join = async () => {
    const waiting = await joining.submit({ slotId, companions: picker.companions });
    if (waiting) {
      toast(t('joined'), { crossing: true });
      go('waiting', { waitingId: waiting.waitingId });
    }
  };
  const alert = async () => {
    const { channelId } = channel;
    if (await alerting.submit({ channelId, venueId, from: serviceDate, to: serviceDate })) {
      toast(t('alertSet', day));
    }
  };
  const error = joining.error ?? alerting.error;
  return (
    <View className="btns">
      {error ? <View className="field__error">{explain(error, locale)}</View> : null}
      {told ? <View className="bar__note">{t('alertExists', day)}</View> : null}
      <Button pending={joining.pending} onTap={() => void join()}>
        {t('joinTime', { time })}
      </Button>
      {told ? null : (
        <Button kind="ghost" icon="bell" pending={alerting.pending} onTap={() => void alert()}>
          {t('alertMe')}
        </Button>
      )}
    </View>
  );
}
