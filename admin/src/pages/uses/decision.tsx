import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import type { AdminUse } from '@talent-card/shared/uses/schema';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { formatInstant } from '../../components/format.js';
import { ReasonModal } from '../../components/reason-modal.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { settleHelpTexts, settleReasonTexts, usesTexts } from '../../i18n/uses.js';
import { ApiError } from '../../services/api.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';

type Deed = 'count' | 'refuse' | 'refund-dispute' | 'keep' | 'refund';

/** What is asked of whoever decides, with both answers beside each other. */
export function Decision({ use }: { use: AdminUse }) {
  const t = useText(usesTexts);
  const why = useText(settleReasonTexts);
  const help = useText(settleHelpTexts);
  const may = useMay();
  const [deed, setDeed] = useState<Deed | null>(null);
  const decides = may('uses.settle');
  const refundEffect = useRefundEffect(use, t('refundEffect'));
  const mistakeText = useRefundEffect(use, t('mistakeText'));
  const choice = (
    left: Deed,
    leftText: string,
    leftEffect: string,
    right: Deed,
    rightText: string,
    rightEffect: string,
  ) =>
    decides ? (
      <div className="pair choices">
        <div>
          <p className="small quiet">{leftEffect}</p>
          <Button type="primary" block onClick={() => setDeed(left)}>
            {leftText}
          </Button>
        </div>
        <div>
          <p className="small quiet">{rightEffect}</p>
          <Button block onClick={() => setDeed(right)}>
            {rightText}
          </Button>
        </div>
      </div>
    ) : (
      <p className="quiet">{t('readOnly')}</p>
    );
  return (
    <div className="stack">
      {use.status === 'to-settle' ? (
        <section className="panel">
          <h2>{t('settleTitle')}</h2>
          {use.settleReason ? (
            <div className="note" style={{ marginBottom: 12 }}>
              <strong>{why(use.settleReason)}</strong>
              <p>{help(use.settleReason)}</p>
            </div>
          ) : null}
          {choice('count', t('count'), t('countEffect'), 'refuse', t('refuse'), t('refuseEffect'))}
        </section>
      ) : null}
      {use.dispute ? (
        <section className="panel">
          <div className="panel-head">
            <h2>{t('disputeTitle')}</h2>
            <span className="small quiet num">
              {t('disputeSays', { time: formatInstant(use.dispute.openedAt) })}
            </span>
          </div>
          <p className="note break" style={{ marginBottom: 12 }}>
            {use.dispute.reason}
          </p>
          {use.dispute.answer ? (
            <>
              <p className="small quiet">{t('disputeAnswer')}</p>
              <p className="break">{use.dispute.answer}</p>
            </>
          ) : null}
          {use.status === 'disputed'
            ? choice('refund-dispute', t('refundIt'), refundEffect, 'keep', t('keepIt'), t('keepEffect'))
            : null}
        </section>
      ) : null}
      {use.status === 'used' && decides ? (
        <section className="panel">
          <h2>{t('mistake')}</h2>
          <p className="quiet" style={{ marginBottom: 12 }}>
            {mistakeText}
          </p>
          <Button onClick={() => setDeed('refund')}>{t('refundIt')}</Button>
        </section>
      ) : null}
      {use.status === 'refunded' || use.status === 'refused' || (use.status === 'used' && !decides) ? (
        <section className="panel">
          <h2>{t('decision')}</h2>
          <p className="quiet">{t('nothing')}</p>
        </section>
      ) : null}
      {deed ? <DeedModal use={use} deed={deed} onClose={() => setDeed(null)} /> : null}
    </div>
  );
}

/** A use that checked a booking in takes the check-in with it. */
function useRefundEffect(use: AdminUse, effect: string): string {
  const t = useText(usesTexts);
  return use.bookingId ? `${effect} ${t('refundBooked')}` : effect;
}

function DeedModal({ use, deed, onClose }: { use: AdminUse; deed: Deed; onClose: () => void }) {
  const t = useText(usesTexts);
  const localized = useLocalized();
  const { message } = App.useApp();
  const refundEffect = useRefundEffect(use, t('refundEffect'));
  const mistakeText = useRefundEffect(use, t('mistakeText'));
  const params = { useId: use.useId };
  const key = keyOf(useAdminRoutes.detail, { params });
  const options = {
    stale: [useAdminRoutes.list],
    onDone: (answer: AdminUse) => {
      queryClient.setQueryData(key, answer);
      message.success(t('done'));
      onClose();
    },
  };
  const settle = useWrite(useAdminRoutes.settle, options);
  const refund = useWrite(useAdminRoutes.refund, options);
  const answer = useWrite(useAdminRoutes.answerDispute, options);
  const about = { name: use.holder.maskedName, channel: localized(use.channel.name) };
  const words = {
    count: { title: t('confirmCount', about), effect: t('countEffect'), ok: t('count'), write: settle },
    refuse: { title: t('confirmRefuse', about), effect: t('refuseEffect'), ok: t('refuse'), write: settle },
    'refund-dispute': {
      title: t('confirmRefund', about),
      effect: refundEffect,
      ok: t('refundIt'),
      write: answer,
    },
    keep: { title: t('confirmKeep', about), effect: t('keepEffect'), ok: t('keepIt'), write: answer },
    refund: { title: t('refundTitle', about), effect: mistakeText, ok: t('refundIt'), write: refund },
  }[deed];
  const confirm = async (text: string) => {
    const { version } = use;
    try {
      if (deed === 'count' || deed === 'refuse')
        await settle.mutateAsync({ params, body: { version, decision: deed, note: text } });
      else if (deed === 'refund') await refund.mutateAsync({ params, body: { version, reason: text } });
      else
        await answer.mutateAsync({
          params,
          body: { version, decision: deed === 'keep' ? 'keep' : 'refund', answer: text },
        });
    } catch (error) {
      // Somebody was faster: the page shows what stands now before another try.
      if (error instanceof ApiError && error.status === 409)
        void queryClient.invalidateQueries({ queryKey: key });
      throw error;
    }
  };
  const labels =
    deed === 'count' || deed === 'refuse'
      ? { reasonLabel: t('note'), reasonPlaceholder: t('notePlaceholder') }
      : deed === 'refund'
        ? {}
        : { reasonLabel: t('disputeAnswer'), reasonPlaceholder: t('answerPlaceholder') };
  return (
    <ReasonModal
      open
      title={words.title}
      effect={words.effect}
      confirmText={words.ok}
      danger={deed === 'refuse'}
      busy={words.write.isPending}
      error={words.write.error}
      {...labels}
      onConfirm={({ reason }) => confirm(reason.trim())}
      onClose={onClose}
    />
  );
}
