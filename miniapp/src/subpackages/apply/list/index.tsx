import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import { View } from '@tarojs/components';
import { applyTexts } from '@/i18n/apply';
import { useDates, useLocale, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useMe } from '@/services/account';
import { type ApplicationSummary, useApplications } from '@/services/applications';
import { a11y, Badge, Button, Empty, Icon, Loaded, Notice, Page } from '@/ui';
import '../apply.scss';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { storedDraft } from '../draft';
import { STATE_TONES } from '../parts/state-tones';
import { categoryName } from '../parts/words';

export default function Applications() {
  const t = useT(applyTexts);
  return (
    <Page title={t('listTitle')} access="person">
      <List />
    </Page>
  );
}

function List() {
  const t = useT(applyTexts);
  const query = useApplications();
  useRefreshByPulling(query.refetch);
  const open = query.data?.some(({ status }) => (OPEN_CASE_STATES as readonly string[]).includes(status));
  return (
    <>
      {query.data && !open ? <WaitingDraft /> : null}
      <Loaded
        query={query}
        empty={{
          when: (items) => items.length === 0,
          show: (
            <Empty
              title={t('listEmptyTitle')}
              text={t('listEmptyText')}
              action={{ label: t('apply'), onTap: () => go('apply', {}) }}
            />
          ),
        }}
      >
        {(items) => (
          <View className="stack">
            {items.map((item) => (
              <Row key={item.caseId} item={item} />
            ))}
            {open ? null : (
              <Button kind="ghost" icon="plus" onTap={() => go('apply', {})}>
                {t('apply')}
              </Button>
            )}
          </View>
        )}
      </Loaded>
    </>
  );
}

/** A form begun and not sent is easily forgotten. */
function WaitingDraft() {
  const t = useT(applyTexts);
  const dates = useDates();
  const person = useMe().data?.person;
  const savedAt = person ? storedDraft({ personId: person.personId, correcting: null })?.savedAt : null;
  if (!savedAt) return null;
  return (
    <Notice tone="gold" title={t('draftWaiting', { when: dates.recent(savedAt) })}>
      <View className="link" onClick={() => go('apply', {})} {...a11y({ role: 'button', focusable: true })}>
        {t('continueDraft')}
      </View>
    </Notice>
  );
}

function Row({ item }: { item: ApplicationSummary }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const dates = useDates();
  const step = item.currentStep ? (locale === 'en' ? item.currentStep.en : item.currentStep.zh) : null;
  const next =
    item.status === 'returned'
      ? t('returnedTitle')
      : item.status !== 'in-review'
        ? null
        : item.overdue
          ? t('overdueTitle')
          : [
              step ? t('waitingFor', { step }) : t('waitingAny'),
              item.dueOn && t('dueBefore') + dates.day(item.dueOn) + t('dueAfter'),
            ]
              .filter(Boolean)
              .join(locale === 'en' ? ' · ' : '，');
  return (
    <View
      className="card ap-row"
      onClick={() => go('application', { caseId: item.caseId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="row">
        <View className="h2 grow">
          {t('detailTitle')} · {categoryName(item.category, locale)}
        </View>
        <Badge tone={item.overdue ? 'warn' : STATE_TONES[item.status]}>{t(`state-${item.status}`)}</Badge>
      </View>
      {next ? (
        <View
          className={item.overdue || item.status === 'returned' ? 'ap-warning ap-row__next' : 'ap-row__next'}
        >
          {next}
        </View>
      ) : null}
      <View className="row">
        <View className="small tabular grow">
          {item.caseNumber} · {t('submittedOn', { when: dates.recent(item.submittedAt) })}
        </View>
        <Icon name="right" size={18} colour="ink-3" />
      </View>
    </View>
  );
}
