import type { Slot } from '@talent-card/shared/bookings/schema';
import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { bookingsTexts } from '@/i18n/bookings';
import { callNumber } from '@/parts/place';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { queryClient } from '@/platform/query';
import { timeLeft, useNow } from '@/platform/use-now';
import { SLOTS_KEY } from '@/services/bookings';
import { a11y, Empty } from '@/ui';
import { isWaitable } from './slot-rules';
import type { SlotPicker } from './use-slot-picker';

/** Counted down second by second when it opens within so long. */
const COUNTDOWN_MS = 24 * 3_600_000;

/** The times of the day in view. */
export function SlotList({ picker, heldSlotId }: { picker: SlotPicker; heldSlotId: string | null }) {
  const t = useT(bookingsTexts);
  const localized = useLocalized();
  const { day, venue } = picker;
  if (!day) return null;
  // What is over helps nobody to choose.
  const shown = day.slots.filter(({ state }) => state !== 'past');
  if (shown.length === 0) {
    const over = day.slots.length > 0;
    const why = over ? t('dayOver') : day.closedBecause ? t(`closed-${day.closedBecause}`) : t('noSlotsText');
    const note = day.note ? t('closedNote', { note: localized(day.note) }) : '';
    return (
      <Empty
        title={t('noSlotsTitle')}
        text={[why, note].filter(Boolean).join(' ')}
        {...(picker.after
          ? { action: { label: t('weekAfter'), onTap: picker.after } }
          : venue
            ? { action: { label: t('callVenue'), onTap: () => callNumber(venue.phone) } }
            : {})}
      />
    );
  }
  return (
    <View className="stack stack--tight" {...a11y({ role: 'radiogroup', label: t('slotsTitle') })}>
      {shown.map((slot) => (
        <SlotRow key={slot.slotId} slot={slot} picker={picker} held={slot.slotId === heldSlotId} />
      ))}
    </View>
  );
}

function SlotRow({ slot, picker, held }: { slot: Slot; picker: SlotPicker; held: boolean }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const need = 1 + picker.companions;
  const places = picker.places(slot);
  const waitable = isWaitable(slot, need, picker.cardClass);
  const free = slot.state === 'open' && !waitable;
  const on = picker.slot?.slotId === slot.slotId;
  const takes = (free || waitable) && !held;
  const full =
    slot.capacity > 0 ? Math.min(100, Math.round(((slot.capacity - slot.left) / slot.capacity) * 100)) : 100;
  const className = ['slot', on && 'slot--on', !takes && 'slot--off', waitable && 'slot--full']
    .filter(Boolean)
    .join(' ');
  return (
    <View
      className={className}
      hoverClass={takes ? 'slot--press' : 'none'}
      onClick={() => {
        if (takes) picker.chooseSlot(on ? null : slot);
      }}
      {...a11y({ role: 'radio', checked: on, disabled: !takes, focusable: takes })}
    >
      <View className="slot__time tabular">
        {dates.time(slot.startsAt)}
        <View className="slot__end">–{dates.time(slot.endsAt)}</View>
      </View>
      <View className="grow">
        {slot.state === 'open' || slot.state === 'full' ? (
          <View className="meter" {...a11y({ hidden: true })}>
            <View
              className={full >= 100 ? 'meter__in meter__in--full' : 'meter__in'}
              style={{ width: `${full}%` }}
            />
          </View>
        ) : null}
        <View className="slot__words">
          <SlotWords slot={slot} places={places} need={need} picker={picker} />
        </View>
      </View>
      <View className="slot__act">
        {held ? t('yours') : on ? t('chosen') : free ? t('choose') : waitable ? t('waitHere') : ''}
      </View>
    </View>
  );
}

function SlotWords({
  slot,
  places,
  need,
  picker,
}: {
  slot: Slot;
  places: number;
  need: number;
  picker: SlotPicker;
}) {
  const t = useT(bookingsTexts);
  switch (slot.state) {
    case 'open':
      if (places === 0 && slot.left > 0 && picker.cardClass) {
        return <>{t('classFull', { class: picker.cardClass })}</>;
      }
      if (places > 0 && places < need) return <>{t('tooFew', { n: places, need })}</>;
      if (places === 0) return <Full slot={slot} />;
      return <>{t(places < slot.left ? 'leftForYou' : 'left', { n: places, all: slot.capacity })}</>;
    case 'full':
      return <Full slot={slot} />;
    case 'not-yet-open':
      return <OpensAt at={slot.opensAt} />;
    case 'closed':
    case 'past':
      return <>{t(`slot-${slot.state}`)}</>;
  }
}

function Full({ slot }: { slot: Slot }) {
  const t = useT(bookingsTexts);
  return <>{slot.waiting > 0 ? t('fullWaiting', { n: slot.waiting }) : t('full')}</>;
}

/** The moment it opens, counted down when it is near; when it has come, the places are asked for. */
function OpensAt({ at }: { at: string }) {
  const t = useT(bookingsTexts);
  const dates = useDates();
  const far = Date.parse(at) - useNow(null).getTime() > COUNTDOWN_MS;
  const now = useNow(far ? null : 1000);
  const left = timeLeft(at, now);
  const come = left === null;
  useEffect(() => {
    if (come) void queryClient.invalidateQueries({ queryKey: SLOTS_KEY });
  }, [come]);
  return (
    <>
      {t('opensAt', { when: dates.comingMoment(at) })}
      {!far && left ? <View className="slot__count tabular">{t('opensIn', { left })}</View> : null}
    </>
  );
}
