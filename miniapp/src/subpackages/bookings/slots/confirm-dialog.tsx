import type { Booking, Slot } from '@talent-card/shared/bookings/schema';
import type { Channel } from '@talent-card/shared/channels/schema';
import { View } from '@tarojs/components';
import { bookingsTexts } from '@/i18n/bookings';
import { explain } from '@/i18n/errors';
import { useSensitiveConsent } from '@/parts/sensitive-consent';
import { ApiError } from '@/platform/api-error';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { serverNow } from '@/platform/server-time';
import { useStanding } from '@/services/bookings';
import { Button, Dialog, type Fact, Facts, Notice, Textarea } from '@/ui';
import type { SlotPicker } from './use-slot-picker';

const MINUTE_MS = 60_000;
const NOTE_MOST = 200;

export interface ConfirmDialogProps {
  channel: Channel;
  picker: SlotPicker;
  slot: Slot;
  moving: Booking | null;
  note: string;
  onNote: (note: string) => void;
  onConfirm: () => void;
  onClose: () => void;
  pending: boolean;
  error: unknown;
}

/** Everything once more before it counts, and the consent where one is needed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { channel, picker, slot, moving, note, onNote, onConfirm, onClose, pending, error } = props;
  const t = useT(bookingsTexts);
  const locale = useLocale((state) => state.locale);
  const dates = useDates();
  const localized = useLocalized();
  const standing = useStanding().data;
  const consent = useSensitiveConsent(channel.sensitive);
  const { companions, venue, entitlement } = picker;
  const cancelUntil = Date.parse(slot.startsAt) - (channel.booking?.cancelMinutes ?? 0) * MINUTE_MS;
  const left = entitlement?.left ?? null;
  const facts: (Fact | null)[] = [
    { name: t('factWhat'), value: localized(channel.name) },
    moving ? { name: t('factOld'), value: dates.span(moving.startsAt, moving.endsAt) } : null,
    { name: t('factWhen'), value: <View className="strong">{dates.span(slot.startsAt, slot.endsAt)}</View> },
    venue ? { name: t('factWhere'), value: `${localized(venue.name)} · ${localized(venue.address)}` } : null,
    { name: t('factWho'), value: companions > 0 ? t('withMe', { n: companions }) : t('onlyMe') },
    !moving && left !== null
      ? { name: t('factUse'), value: t('barUse', { left: Math.max(0, left - 1) }) }
      : null,
    {
      name: t('factCancel'),
      value:
        cancelUntil > serverNow().getTime()
          ? t('cancelFree', { when: dates.comingMoment(new Date(cancelUntil).toISOString()) })
          : t(channel.booking?.reviewed ? 'cancelWhileHeld' : 'cancelOver'),
    },
  ];
  const confirm = async () => {
    if (await consent.settle()) onConfirm();
  };
  return (
    <Dialog title={t(moving ? 'confirmMove' : 'confirmTitle')} onClose={onClose}>
      <View className="stack sl-confirm">
        <Facts items={facts.filter((fact): fact is Fact => fact !== null)} />
        {channel.booking?.reviewed && !moving ? (
          <>
            <Notice>{t('reviewedNote')}</Notice>
            <Textarea
              label={t('note')}
              optional
              hint={t('noteHint')}
              value={note}
              maxLength={NOTE_MOST}
              onChange={onNote}
            />
          </>
        ) : null}
        {standing ? <View className="small">{t('comeOnTime', { n: standing.limit })}</View> : null}
        {consent.box}
        {error ? (
          <Notice tone="danger" alert title={explain(error, locale)}>
            <WayOut error={error} />
          </Notice>
        ) : null}
      </View>
      <View className="dialog__acts btns">
        <Button pending={pending || consent.pending} onTap={() => void confirm()}>
          {t(moving ? 'move' : 'confirm')}
        </Button>
        <Button kind="ghost" disabled={pending} onTap={onClose}>
          {t('back')}
        </Button>
      </View>
    </Dialog>
  );
}

/** Where to go from a refusal that another time does not mend. */
function WayOut({ error }: { error: unknown }) {
  const t = useT(bookingsTexts);
  if (!(error instanceof ApiError)) return null;
  switch (error.code) {
    case 'BOOKING_PAUSED':
      return (
        <Button kind="text" onTap={() => go('standing')}>
          {t('seeStanding')}
        </Button>
      );
    case 'BOOKING_EXISTS':
    case 'BOOKING_OVERLAP':
    case 'WAITING_EXISTS':
      return (
        <Button kind="text" onTap={() => go('bookings')}>
          {t('seeBookings')}
        </Button>
      );
    default:
      return null;
  }
}
