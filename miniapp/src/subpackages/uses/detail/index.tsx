import type { Use } from '@talent-card/shared/uses/schema';
import { View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import '../uses.scss';
import { usesTexts } from '@/i18n/uses';
import { TextDialog } from '@/parts/text-dialog';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { disputeUse, useUse } from '@/services/uses';
import { Badge, Button, Card, Cell, Cells, Facts, Loaded, Notice, Page, Skeleton, toast } from '@/ui';
import { USE_TONES } from '../use-state-tones';
import { RateForm } from './rate-form';

export default function UsePage() {
  const t = useT(usesTexts);
  const { useId } = useRouter<{ useId?: string }>().params;
  return (
    <Page title={t('detailTitle')} access="person">
      <Detail useId={useId ?? ''} />
    </Page>
  );
}

function Detail({ useId }: { useId: string }) {
  const use = useUse(useId);
  useDidShow(() => {
    void use.refetch();
  });
  useRefreshByPulling(use.refetch);
  return (
    <Loaded query={use} skeleton={<Skeleton rows={3} />}>
      {(data) => <Record use={data} />}
    </Loaded>
  );
}

function Record({ use }: { use: Use }) {
  const t = useT(usesTexts);
  const dates = useDates();
  const localized = useLocalized();
  const { status, companions, left, rating, bookingId, refundReason, channel } = use;
  return (
    <View className="stack">
      <Card>
        <View className="row">
          <View className="h2 grow">{localized(channel.name)}</View>
          <Badge tone={USE_TONES[status]}>{t(`state-${status}`)}</Badge>
        </View>
        {status === 'used' ? null : <View className="muted us-gap">{t(`text-${status}`)}</View>}
        {refundReason ? <View className="us-gap">{t('refundReason', { reason: refundReason })}</View> : null}
        <View className="us-gap">
          <Facts
            items={[
              { name: t('when'), value: dates.recent(use.at) },
              { name: t('where'), value: localized(use.venue.name) },
              { name: t('who'), value: companions > 0 ? t('withMe', { n: companions }) : t('alone') },
              ...(left === null ? [] : [{ name: t('left'), value: t('leftTimes', { n: left }) }]),
              { name: t('recorded'), value: t(use.offline ? 'offline' : 'online') },
            ]}
          />
        </View>
      </Card>
      {use.mayRate ? <RateForm use={use} /> : null}
      <Cells>
        {rating ? (
          <Cell
            icon="star"
            title={t('seeRating')}
            onTap={() => go('rating', { ratingId: rating.ratingId })}
          />
        ) : null}
        {bookingId ? (
          <Cell icon="calendar" title={t('booking')} onTap={() => go('booking', { bookingId })} />
        ) : null}
        <Cell
          icon="info"
          title={t('channel')}
          onTap={() => go('channel', { channelId: channel.channelId })}
        />
      </Cells>
      <Dispute use={use} />
    </View>
  );
}

function Dispute({ use }: { use: Use }) {
  const t = useT(usesTexts);
  const dates = useDates();
  const disputing = useSubmit(disputeUse);
  const [writing, setWriting] = useState(false);
  const { dispute, useId } = use;
  if (dispute) {
    return (
      <Notice tone={dispute.answer ? 'info' : 'warn'} title={t('disputeGiven')}>
        <View className="us-answer">{dispute.reason}</View>
        <View className="small">{t('disputeSince', { when: dates.recent(dispute.openedAt) })}</View>
        {dispute.answer ? <View>{t('disputeAnswer', { answer: dispute.answer })}</View> : null}
      </Notice>
    );
  }
  if (!use.mayDispute) return null;
  return (
    <>
      <Button kind="ghost" onTap={() => setWriting(true)}>
        {t('dispute')}
      </Button>
      {writing ? (
        <TextDialog
          name={`dispute:${useId}`}
          title={t('disputeTitle')}
          label={t('disputeLabel')}
          hint={t('disputeHint')}
          tooShort={t('tooShort')}
          action={t('disputeSend')}
          pending={disputing.pending}
          error={disputing.error}
          onClose={() => setWriting(false)}
          onSend={async (reason) => {
            const done = await disputing.submit({ useId, reason });
            if (done) toast(t('disputeSent'));
            return done !== null;
          }}
        />
      ) : null}
    </>
  );
}
