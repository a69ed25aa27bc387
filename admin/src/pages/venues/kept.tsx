import type { KeptBookings } from '@talent-card/shared/venues/schema';
import { ReasonModal } from '../../components/reason-modal.js';
import { useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';

interface Props {
  kept: KeptBookings;
  busy: boolean;
  error: unknown;
  onCancelThem: (cancel: { bookings: number; reason: string }) => Promise<unknown>;
  onKeep: () => void;
}

/** After a change that leaves bookings without room: they stay, unless the office cancels them with a reason. */
export function KeptDialog({ kept, busy, error, onCancelThem, onKeep }: Props) {
  const t = useText(venuesTexts);
  return (
    <ReasonModal
      open
      title={t('kept', { bookings: kept.bookings })}
      effect={t('keptText', { slots: kept.slots })}
      confirmText={t('keptCancel', { bookings: kept.bookings })}
      cancelText={t('keptKeep')}
      danger
      maxLength={300}
      busy={busy}
      error={error}
      onConfirm={({ reason }) => onCancelThem({ bookings: kept.bookings, reason: reason.trim() })}
      onClose={onKeep}
    />
  );
}
