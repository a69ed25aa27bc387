import type { ServiceRequestRow } from '@talent-card/shared/requests/schema';
import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import '../requests.scss';
import { requestStateTexts, requestsTexts } from '@/i18n/requests';
import { textIn, useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useRequests } from '@/services/requests';
import { a11y, Badge, Empty, Icon, Loaded, Page, Skeleton } from '@/ui';
import { STATE_TONES } from '../../apply/parts/state-tones';
import { useDueWords } from '../due-words';

export default function Requests() {
  const t = useT(requestsTexts);
  return (
    <Page title={t('listTitle')} access="person">
      <List />
    </Page>
  );
}

function List() {
  const t = useT(requestsTexts);
  const requests = useRequests();
  useDidShow(() => {
    void requests.refetch();
  });
  useRefreshByPulling(requests.refetch);
  return (
    <Loaded
      query={requests}
      skeleton={<Skeleton rows={3} />}
      empty={{
        when: (items) => items.length === 0,
        show: (
          <Empty
            title={t('emptyTitle')}
            text={t('emptyText')}
            action={{ label: t('emptyAct'), onTap: () => go('services') }}
          />
        ),
      }}
    >
      {(items) => (
        <View className="stack stack--tight">
          {items.map((item) => (
            <Row key={item.caseId} item={item} />
          ))}
        </View>
      )}
    </Loaded>
  );
}

function Row({ item }: { item: ServiceRequestRow }) {
  const t = useT(requestsTexts);
  const locale = useLocale((state) => state.locale);
  const dates = useDates();
  const localized = useLocalized();
  const dueWords = useDueWords();
  const { status, currentStep } = item;
  const next =
    status === 'returned'
      ? t('returnedNow')
      : status !== 'in-review'
        ? null
        : [currentStep ? t('waitingFor', { step: localized(currentStep) }) : t('waitingAny'), dueWords(item)]
            .filter(Boolean)
            .join(locale === 'en' ? ' · ' : '，');
  return (
    <View
      className="card"
      hoverClass="cell--press"
      onClick={() => go('request', { caseId: item.caseId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="row">
        <View className="h2 grow">{item.subject || localized(item.channel.name)}</View>
        <Badge tone={item.overdue ? 'warn' : STATE_TONES[status]}>
          {textIn(locale, requestStateTexts[status])}
        </Badge>
      </View>
      <View className="muted">{localized(item.channel.name)}</View>
      {next ? <View className={status === 'returned' ? 'bal bal--warn' : ''}>{next}</View> : null}
      <View className="row">
        <View className="small tabular grow">
          {item.caseNumber} · {t('submittedOn', { when: dates.recent(item.submittedAt) })}
        </View>
        <Icon name="right" size={18} colour="ink-3" />
      </View>
    </View>
  );
}
