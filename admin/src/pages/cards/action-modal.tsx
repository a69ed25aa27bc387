import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import type { CardDetail } from '@talent-card/shared/cards/schema';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { App, DatePicker, Form, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { ReasonModal } from '../../components/reason-modal.js';
import { cardsTexts } from '../../i18n/cards.js';
import { commonTexts } from '../../i18n/common.js';
import { cardKindTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';
import type { CardAction } from './card-actions.js';

interface Props {
  card: CardDetail;
  action: CardAction | null;
  classes: readonly { code: string; name: LocalizedText }[];
  onClose: () => void;
}

/** Confirms one action on a card: names the holder and the effect, asks for the reason. */
export function CardActionModal({ card, action, classes, onClose }: Props) {
  const t = useText(cardsTexts);
  const c = useText(commonTexts);
  const kind = useText(cardKindTexts);
  const localized = useLocalized();
  const { message } = App.useApp();
  const numbers = useRead(
    workbenchRoutes.numbers,
    {},
    { staleTime: 300_000, enabled: action === 'change-class' },
  );
  const stale = [cardAdminRoutes.list, workbenchRoutes.numbers];
  const done = (label: string) => (answer: CardDetail) => {
    queryClient.setQueryData(keyOf(cardAdminRoutes.detail, { params: { cardId: card.cardId } }), answer);
    message.success(t('done', { action: label }));
    onClose();
  };
  const suspend = useWrite(cardAdminRoutes.suspend, { stale, onDone: done(t('suspend')) });
  const restore = useWrite(cardAdminRoutes.restore, { stale, onDone: done(t('restore')) });
  const revoke = useWrite(cardAdminRoutes.revoke, { stale, onDone: done(t('revoke')) });
  const changeClass = useWrite(cardAdminRoutes.changeClass, { stale, onDone: done(t('changeClass')) });
  if (!action) return null;

  const about = {
    name: card.holder.maskedName,
    kind: kind(card.kind),
    number: groupCardNumber(card.number),
  };
  const params = { cardId: card.cardId };
  const words = {
    suspend: { title: t('suspendTitle', about), effect: t('suspendEffect'), ok: t('suspend') },
    restore: {
      title: t('restoreTitle', about),
      effect: t(card.status === 'lost' ? 'restoreLostEffect' : 'restoreEffect'),
      ok: t('restore'),
    },
    revoke: { title: t('revokeTitle', about), effect: t('revokeEffect'), ok: t('revokeConfirm') },
    'change-class': {
      title: t('changeClassTitle', about),
      effect: t('changeClassEffect'),
      ok: t('changeClass'),
    },
  }[action];
  const write = { suspend, restore, revoke, 'change-class': changeClass }[action];

  const confirm = async (values: Record<string, unknown> & { reason: string }) => {
    const body = { version: card.version, reason: values.reason.trim() };
    try {
      if (action === 'suspend') await suspend.mutateAsync({ params, body });
      else if (action === 'restore') await restore.mutateAsync({ params, body });
      else if (action === 'revoke') await revoke.mutateAsync({ params, body });
      else {
        await changeClass.mutateAsync({
          params,
          body: {
            ...body,
            cardClass: String(values.cardClass),
            validFrom: (values.validFrom as Dayjs).format('YYYY-MM-DD'),
          },
        });
      }
    } catch (error) {
      // Somebody was faster: what the page shows has to be looked at again before another try.
      if (error instanceof ApiError && error.status === 409) {
        void queryClient.invalidateQueries({ queryKey: keyOf(cardAdminRoutes.detail, { params }) });
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
      danger={action === 'revoke'}
      busy={write.isPending}
      error={write.error}
      initialValues={numbers.data ? { validFrom: dayjs(numbers.data.today) } : {}}
      onConfirm={confirm}
      onClose={() => {
        write.reset();
        onClose();
      }}
    >
      {action === 'change-class' ? (
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <Form.Item
            name="cardClass"
            label={t('newClass')}
            className="grow"
            rules={[{ required: true, message: c('required') }]}
          >
            <Select
              options={classes
                .filter((item) => item.code !== card.cardClass)
                .map((item) => ({ value: item.code, label: localized(item.name) }))}
            />
          </Form.Item>
          <Form.Item
            name="validFrom"
            label={t('effectiveFrom')}
            className="grow"
            rules={[{ required: true, message: c('required') }]}
          >
            <DatePicker style={{ width: '100%' }} />
          </Form.Item>
        </div>
      ) : null}
    </ReasonModal>
  );
}
