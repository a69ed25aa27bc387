import { messageAdminRoutes } from '@talent-card/shared/messages/routes';
import type { Delivery } from '@talent-card/shared/messages/schema';
import { App } from 'antd';
import { formatInstant } from '../../components/format.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { useText } from '../../i18n/index.js';
import { deliveryChannelTexts, messageKindTexts, messagesTexts } from '../../i18n/messages.js';
import { ApiError } from '../../services/api.js';
import { queryClient, useWrite } from '../../services/query.js';

export type Decision = 'resend' | 'drop';

/** Names the message and what follows, and asks for the grounds: nothing goes out a second time by one click. */
export function SettleModal({
  delivery,
  decision,
  onClose,
}: {
  delivery: Delivery;
  decision: Decision;
  onClose: () => void;
}) {
  const t = useText(messagesTexts);
  const kind = useText(messageKindTexts);
  const way = useText(deliveryChannelTexts);
  const { message } = App.useApp();
  const settle = useWrite(messageAdminRoutes.settle, {
    stale: [messageAdminRoutes.log],
    onDone: () => {
      message.success(decision === 'resend' ? t('resent') : t('dropped'));
      onClose();
    },
  });
  const name = delivery.maskedName ?? t('somebody');
  const about = { name, kind: kind(delivery.kind), way: way(delivery.channel) };
  const when = { name, time: formatInstant(delivery.createdAt) };
  const resend = decision === 'resend';
  const effect = !resend
    ? t('dropEffect', { name })
    : delivery.state === 'unknown'
      ? t('resendUnknown', when)
      : t('resendFailed', when);
  const confirm = async (note: string) => {
    try {
      await settle.mutateAsync({ params: { deliveryId: delivery.deliveryId }, body: { decision, note } });
    } catch (error) {
      // Somebody else decided: the list behind shows what stands now.
      if (error instanceof ApiError && error.status === 409)
        void queryClient.invalidateQueries({ queryKey: [messageAdminRoutes.log.path] });
      throw error;
    }
  };
  return (
    <ReasonModal
      open
      title={resend ? t('resendTitle', about) : t('dropTitle', about)}
      effect={effect}
      confirmText={resend ? t('resend') : t('drop')}
      danger={resend && delivery.state === 'unknown'}
      reasonLabel={t('note')}
      reasonPlaceholder={t('notePlaceholder')}
      maxLength={300}
      busy={settle.isPending}
      error={settle.error}
      onConfirm={({ reason }) => confirm(reason.trim())}
      onClose={onClose}
    />
  );
}
