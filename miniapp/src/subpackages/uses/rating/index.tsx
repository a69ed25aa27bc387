import type { Rating } from '@talent-card/shared/feedback/schema';
import { GRADE_WORDS, RATING_TAG_WORDS } from '@talent-card/shared/feedback/words';
import { View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import '../uses.scss';
import { usesTexts } from '@/i18n/uses';
import { TextDialog } from '@/parts/text-dialog';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { appealRating, useRating } from '@/services/uses';
import { Badge, Button, Card, Icon, Loaded, Notice, Page, Skeleton, toast } from '@/ui';

export default function RatingPage() {
  const t = useT(usesTexts);
  const { ratingId } = useRouter<{ ratingId?: string }>().params;
  return (
    <Page title={t('ratingTitle')} access="person">
      <Detail ratingId={ratingId ?? ''} />
    </Page>
  );
}

function Detail({ ratingId }: { ratingId: string }) {
  const rating = useRating(ratingId);
  useDidShow(() => {
    void rating.refetch();
  });
  useRefreshByPulling(rating.refetch);
  return (
    <Loaded query={rating} skeleton={<Skeleton rows={2} />}>
      {(data) => <Given rating={data} />}
    </Loaded>
  );
}

const STARS = [1, 2, 3, 4, 5] as const;

function Given({ rating }: { rating: Rating }) {
  const t = useT(usesTexts);
  const dates = useDates();
  const localized = useLocalized();
  const grade = STARS.find((star) => star === rating.grade) ?? 5;
  return (
    <View className="stack">
      <Card>
        <View className="h2">{localized(rating.channel.name)}</View>
        <View className="muted">{localized(rating.venue.name)}</View>
        <View className="row us-gap">
          {STARS.map((star) => (
            <Icon
              key={star}
              name="star"
              size={24}
              solid={star <= grade}
              colour={star <= grade ? 'gold-ink' : 'line'}
            />
          ))}
          <View className="strong grow us-grade__words">{localized(GRADE_WORDS[grade])}</View>
        </View>
        {rating.tags.length > 0 ? (
          <View className="row us-tags">
            {rating.tags.map((tag) => (
              <Badge key={tag} tone="quiet">
                {localized(RATING_TAG_WORDS[tag])}
              </Badge>
            ))}
          </View>
        ) : null}
        {rating.comment ? <View className="us-answer us-gap">{rating.comment}</View> : null}
        <View className="small us-gap">{t('ratedAt', { when: dates.recent(rating.at) })}</View>
      </Card>
      {rating.callBack ? (
        <CallBack ratingId={rating.ratingId} callBack={rating.callBack} />
      ) : (
        <View className="muted">{t('thanks')}</View>
      )}
    </View>
  );
}

function CallBack({ ratingId, callBack }: { ratingId: string; callBack: NonNullable<Rating['callBack']> }) {
  const t = useT(usesTexts);
  const dates = useDates();
  const appealing = useSubmit(appealRating);
  const [writing, setWriting] = useState(false);
  const { status, answer, answeredAt, appeal, appealAnswer, mayAppeal } = callBack;
  return (
    <>
      <Card>
        <View className="row">
          <View className="h2 grow">{t('callBack')}</View>
          <Badge tone={status === 'open' || status === 'appealed' ? 'warn' : 'ok'}>
            {t(`callBack-${status}`)}
          </Badge>
        </View>
        {status === 'open' ? (
          <View className="us-gap">{t('callBackDue', { day: dates.day(callBack.dueOn) })}</View>
        ) : null}
        {answer ? (
          <View className="us-gap">
            <View className="small">
              {answeredAt ? t('answeredAt', { when: dates.recent(answeredAt) }) : t('callBackAnswer')}
            </View>
            <View className="us-answer">{answer}</View>
          </View>
        ) : null}
        {appeal ? (
          <View className="us-gap">
            <View className="small">{t('appealGiven')}</View>
            <View className="us-answer">{appeal}</View>
          </View>
        ) : null}
        {appealAnswer ? (
          <View className="us-gap">
            <Notice title={t('appealAnswer')}>{appealAnswer}</Notice>
          </View>
        ) : null}
      </Card>
      {mayAppeal ? (
        <Button kind="ghost" onTap={() => setWriting(true)}>
          {t('appeal')}
        </Button>
      ) : null}
      {writing ? (
        <TextDialog
          name={`rating-appeal:${ratingId}`}
          title={t('appealTitle')}
          label={t('appealLabel')}
          hint={t('appealHint')}
          tooShort={t('tooShort')}
          action={t('appealSend')}
          pending={appealing.pending}
          error={appealing.error}
          onClose={() => setWriting(false)}
          onSend={async (reason) => {
            const done = await appealing.submit({ ratingId, reason });
            if (done) toast(t('appealSent'));
            return done !== null;
          }}
        />
      ) : null}
    </>
  );
}
