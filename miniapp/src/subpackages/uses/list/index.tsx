import { GRADE_WORDS } from '@talent-card/shared/feedback/words';
import type { Use } from '@talent-card/shared/uses/schema';
import { View } from '@tarojs/components';
import { useDidShow, useReachBottom } from '@tarojs/taro';
import '../uses.scss';
import { commonTexts } from '@/i18n/common';
import { usesTexts } from '@/i18n/uses';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useUses } from '@/services/uses';
import { a11y, Badge, Button, Empty, ErrorState, Icon, Page, Skeleton } from '@/ui';
import { USE_TONES } from '../use-state-tones';

export default function Uses() {
  const t = useT(usesTexts);
  return (
    <Page title={t('listTitle')} access="person">
      <List />
    </Page>
  );
}

function List() {
  const t = useT(usesTexts);
  const common = useT(commonTexts);
  const uses = useUses();
  useDidShow(() => {
    void uses.refetch();
  });
  useRefreshByPulling(uses.refetch);
  const more = () => {
    if (uses.hasNextPage && !uses.isFetchingNextPage) void uses.fetchNextPage();
  };
  useReachBottom(more);
  if (!uses.data) {
    return uses.isError ? (
      <ErrorState error={uses.error} onRetry={() => void uses.refetch()} retrying={uses.isFetching} />
    ) : (
      <Skeleton rows={4} />
    );
  }
  const items = uses.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty
        title={t('emptyTitle')}
        text={t('emptyText')}
        action={{ label: t('emptyAct'), onTap: () => go('services') }}
      />
    );
  }
  return (
    <View className="stack stack--tight">
      {items.map((use) => (
        <Row key={use.useId} use={use} />
      ))}
      {uses.hasNextPage ? (
        <Button kind="ghost" pending={uses.isFetchingNextPage} onTap={more}>
          {uses.isFetchNextPageError ? common('retry') : common('loadMore')}
        </Button>
      ) : null}
    </View>
  );
}

function Row({ use }: { use: Use }) {
  const t = useT(usesTexts);
  const dates = useDates();
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const { useId, companions, status, mayRate, rating } = use;
  const where = [localized(use.venue.name), companions > 0 ? t('withN', { n: companions }) : null];
  return (
    <View
      className="card"
      hoverClass="cell--press"
      onClick={() => go('use', { useId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="row">
        <View className="h2 grow">{localized(use.channel.name)}</View>
        <Badge tone={USE_TONES[status]}>{t(`state-${status}`)}</Badge>
      </View>
      <View className="muted">{where.filter(Boolean).join(locale === 'en' ? ', ' : ' · ')}</View>
      <View className="row us-foot">
        <View className="small grow">{dates.recent(use.at)}</View>
        {mayRate ? <View className="strong us-rate">{t('rate')}</View> : null}
        {rating ? <View className="small">{localized(GRADE_WORDS[gradeOf(rating.grade)])}</View> : null}
        <Icon name="right" size={18} colour="ink-3" />
      </View>
    </View>
  );
}

/** The contract counts from 1 to 5; anything else would be a newer service's. */
function gradeOf(grade: number): 1 | 2 | 3 | 4 | 5 {
  return grade >= 5 ? 5 : grade >= 4 ? 4 : grade >= 3 ? 3 : grade >= 2 ? 2 : 1;
}
