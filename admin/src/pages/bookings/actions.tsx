import { bookingAdminRoutes } from '@talent-card/shared/bookings/routes';
import type { AdminBooking } from '@talent-card/shared/bookings/schema';
import { App, Form, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { ReasonModal } from '../../components/reason-modal.js';
import { WriteFailure } from '../../components/states.js';
import { bookingsTexts } from '../../i18n/bookings.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';

export type BookingAction = 'check-in' | 'undo' | 'cancel' | 'grant' | 'refuse';

const STALE = [bookingAdminRoutes.list, bookingAdminRoutes.arrivals, bookingAdminRoutes.week];

const detailKey = (booking: AdminBooking) =>
  keyOf(bookingAdminRoutes.detail, { params: { bookingId: booking.bookingId } });

interface Props {
  booking: AdminBooking;
  action: BookingAction;
  onClose: () => void;
}

/** One thing done with a booking: names the holder and the number, and says what follows. */
export function BookingActionModal({ booking, action, onClose }: Props) {
  if (action === 'check-in') {
    return (
      <CheckIn
        venueId={booking.venue.venueId}
        number={booking.number}
        name={booking.holder.maskedName}
        companions={booking.companions}
        onClose={onClose}
      />
    );
  }
  return <WithReason booking={booking} action={action} onClose={onClose} />;
}

interface CheckInProps {
  venueId: string;
  number: string;
  /** Null where only the number is known; then the companions stay as they were booked. */
  name: string | null;
  companions: number | null;
  onClose: () => void;
}

/** Checks in by number, with whoever really came along. */
export function CheckIn({ venueId, number, name, companions, onClose }: CheckInProps) {
  const t = useText(bookingsTexts);
  const c = useText(commonTexts);
  const { message } = App.useApp();
  const [came, setCame] = useState(companions);
  const checkIn = useWrite(bookingAdminRoutes.checkIn, {
    stale: STALE,
    onDone: (answer) => {
      queryClient.setQueryData(detailKey(answer), answer);
      message.success(t('checkedIn', { name: answer.holder.maskedName, count: answer.companions + 1 }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={name ? t('checkInTitle', { name, number }) : t('checkInNumber', { number })}
      okText={t('checkIn')}
      cancelText={c('cancel')}
      okButtonProps={{ loading: checkIn.isPending, autoFocus: true }}
      onOk={() =>
        checkIn.mutate({ body: { venueId, number, ...(came === null ? {} : { companions: came }) } })
      }
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <WriteFailure error={checkIn.error} />
      {companions === null ? (
        <p className="quiet">{t('checkInUnknown')}</p>
      ) : (
        <Form layout="vertical">
          <Form.Item
            label={t('companionsCame')}
            htmlFor="companions-came"
            extra={t('companionsBooked', { count: companions })}
            style={{ margin: 0 }}
          >
            <InputNumber
              id="companions-came"
              min={0}
              max={9}
              precision={0}
              value={came}
              onChange={(count) => setCame(count ?? 0)}
            />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}

function WithReason({
  booking,
  action,
  onClose,
}: Omit<Props, 'action'> & { action: Exclude<BookingAction, 'check-in'> }) {
  const t = useText(bookingsTexts);
  const { message } = App.useApp();
  const about = { name: booking.holder.maskedName, number: booking.number };
  const params = { bookingId: booking.bookingId };
  const done = (text: string) => (answer: AdminBooking) => {
    queryClient.setQueryData(detailKey(booking), answer);
    message.success(text);
    onClose();
  };
  const cancel = useWrite(bookingAdminRoutes.cancel, { stale: STALE, onDone: done(t('cancelDone', about)) });
  const undo = useWrite(bookingAdminRoutes.undoCheckIn, { stale: STALE, onDone: done(t('undone')) });
  const decide = useWrite(bookingAdminRoutes.decideAppeal, { stale: STALE, onDone: done(t('decided')) });
  const words = {
    cancel: { title: t('cancelTitle', about), effect: t('cancelEffect'), ok: t('cancelOk') },
    undo: { title: t('undoTitle', about), effect: t('undoEffect'), ok: t('undo') },
    grant: { title: t('grantTitle', about), effect: t('grantEffect'), ok: t('grant') },
    refuse: { title: t('refuseTitle', about), effect: t('refuseEffect'), ok: t('refuse') },
  }[action];
  const write = { cancel, undo, grant: decide, refuse: decide }[action];
  const answers = action === 'grant' || action === 'refuse';
  const confirm = async (text: string) => {
    const { version } = booking;
    try {
      if (action === 'cancel') await cancel.mutateAsync({ params, body: { version, reason: text } });
      else if (action === 'undo') await undo.mutateAsync({ params, body: { version, reason: text } });
      else await decide.mutateAsync({ params, body: { version, grant: action === 'grant', answer: text } });
    } catch (error) {
      // Somebody was faster: what is shown has to be looked at again before another try.
      if (error instanceof ApiError && error.status === 409) {
        void queryClient.invalidateQueries({ queryKey: detailKey(booking) });
        for (const route of STALE) void queryClient.invalidateQueries({ queryKey: [route.path] });
      }
      throw error;
    }
  };
  return (
    <ReasonModal
      open
      title={words.title}
      effect={words.effect}
      confirmText={words.ok}
      danger={action === 'cancel'}
      busy={write.isPending}
      error={write.error}
      {...(answers ? { reasonLabel: t('appealAnswer'), reasonPlaceholder: t('answerPlaceholder') } : {})}
      onConfirm={({ reason }) => confirm(reason.trim())}
      onClose={onClose}
    />
  );
}

/** What may be done in the state that a booking is in; the server decides again. */
export function actionsOf(
  booking: AdminBooking,
  may: (permission: 'bookings.check-in' | 'bookings.cancel-any' | 'bookings.decide-appeal') => boolean,
  day: string,
): BookingAction[] {
  const { status } = booking;
  const today = booking.serviceDate === day;
  return [
    ...(may('bookings.check-in') && today && (status === 'booked' || status === 'no-show')
      ? (['check-in'] as const)
      : []),
    ...(may('bookings.check-in') && today && status === 'arrived' ? (['undo'] as const) : []),
    ...(may('bookings.cancel-any') && (status === 'booked' || status === 'held')
      ? (['cancel'] as const)
      : []),
    ...(may('bookings.decide-appeal') && booking.appeal?.status === 'open'
      ? (['grant', 'refuse'] as const)
      : []),
  ];
}
