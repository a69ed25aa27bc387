import { LIVE_BOOKING_STATES } from '@talent-card/shared/bookings/booking-state';
import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { Slot } from '@talent-card/shared/bookings/schema';
import type { AdminVenue } from '@talent-card/shared/venues/schema';
import { App, Form, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { timeOf } from '../../components/format.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { venuesTexts } from '../../i18n/venues.js';
import { useChannelById } from '../../services/directory.js';
import { useRead, useWrite } from '../../services/query.js';

interface Props {
  slot: Slot;
  venue: AdminVenue;
  readOnly: boolean;
  onClose: () => void;
}

type Deed = 'change' | 'close' | 'reopen';

/** More or fewer places, closing with all that it cancels, or opening again; each with a reason. */
export function SlotModal({ slot, venue, readOnly, onClose }: Props) {
  const t = useText(venuesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const channelById = useChannelById();
  const { message } = App.useApp();
  const closed = slot.state === 'closed';
  const [deed, setDeed] = useState<Deed>(closed ? 'reopen' : 'change');
  const taken = slot.capacity - slot.left;
  // Whom closing would send home, counted anew: places taken say nothing of how many bookings they are.
  const day = useRead(
    bookingAdminRoutes.arrivals,
    { query: { venueId: venue.venueId, date: slot.serviceDate } },
    { staleTime: 0, enabled: deed === 'close' },
  );
  const live: readonly string[] = LIVE_BOOKING_STATES;
  const bookings = day.data
    ? (day.data.slots.find((one) => one.slotId === slot.slotId)?.bookings ?? []).filter((booking) =>
        live.includes(booking.status),
      ).length
    : null;
  const change = useWrite(bookingAdminRoutes.changeSlot, {
    stale: [bookingAdminRoutes.week, bookingAdminRoutes.arrivals, bookingAdminRoutes.list],
    onDone: ({ cancelledBookings }, { body }) => {
      message.success(body.closed ? t('slotCancelled', { count: cancelledBookings }) : t('slotChanged'));
      onClose();
    },
  });
  const title = t('slotTitle', {
    date: slot.serviceDate,
    from: timeOf(slot.startsAt),
    to: timeOf(slot.endsAt),
    channel: localized(channelById(slot.channelId)?.name),
  });
  const state = t('slotNow', { capacity: slot.capacity, taken, waiting: slot.waiting });
  if (readOnly || slot.state === 'past') {
    return (
      <Modal
        open
        title={title}
        okText={c('close')}
        onOk={onClose}
        onCancel={onClose}
        cancelButtonProps={{ style: { display: 'none' } }}
      >
        <p>{state}</p>
        {slot.state === 'past' ? <p className="quiet">{t('slotPastText')}</p> : null}
      </Modal>
    );
  }
  const closing =
    bookings === null
      ? t('slotCloseUnknown')
      : bookings > 0
        ? t('slotCloseEffect', { bookings })
        : t('slotCloseNone');
  const deeds: readonly Deed[] = closed ? ['reopen'] : ['change', 'close'];
  const names = { change: t('slotChange'), close: t('slotClose'), reopen: t('slotReopen') };
  return (
    <ReasonModal
      open
      title={title}
      effect={
        <>
          {state} {deed === 'close' ? <strong className="bad">{closing}</strong> : null}
        </>
      }
      confirmText={deed === 'close' && bookings ? t('slotCloseOk', { bookings }) : names[deed]}
      danger={deed === 'close'}
      maxLength={300}
      busy={change.isPending}
      error={change.error}
      initialValues={{ capacity: slot.capacity, deed }}
      onConfirm={({ reason, capacity }) =>
        change.mutateAsync({
          params: { slotId: slot.slotId },
          body: {
            reason: reason.trim(),
            ...(deed === 'change' ? { capacity: Number(capacity) } : { closed: deed === 'close' }),
          },
        })
      }
      onClose={onClose}
    >
      {deeds.length > 1 ? (
        <Form.Item name="deed" label={t('slotDo')}>
          <Radio.Group
            onChange={(event) => setDeed(event.target.value as Deed)}
            options={deeds.map((value) => ({ value, label: names[value] }))}
          />
        </Form.Item>
      ) : null}
      {deed === 'change' ? (
        <Form.Item
          name="capacity"
          label={t('slotCapacity')}
          {...(taken > 0 ? { extra: t('slotCapacityHelp', { taken }) } : {})}
          rules={[
            { required: true, message: c('required') },
            { type: 'number', min: taken, message: t('slotsFewerSeats', { taken }) },
          ]}
        >
          <InputNumber min={0} max={10_000} precision={0} />
        </Form.Item>
      ) : null}
    </ReasonModal>
  );
}
