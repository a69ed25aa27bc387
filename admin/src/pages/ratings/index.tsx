import { CALL_BACK_STATES } from '@talent-card/shared/feedback/call-back-state';
import { ratingAdminRoutes } from '@talent-card/shared/feedback/routes';
import type { AdminRating } from '@talent-card/shared/feedback/schema';
import { gradeWords, RATING_TAG_WORDS } from '@talent-card/shared/feedback/words';
import { Button } from 'antd';
import { useState } from 'react';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { PlaceCell } from '../../components/cells.js';
import { ExportButton } from '../../components/export-button.js';
import { ChannelFilter, ChoiceFilter, FilterBar, VenueFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { callBackStateTexts, feedbackTexts } from '../../i18n/feedback.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { type Pages, usePages } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { RatingDrawer } from './drawer.js';

const FILTERS = ['grade', 'venueId', 'channelId', 'callBack'] as const;
const TABS = ['todo', 'appealed', 'all'] as const;
const GRADE_VALUES = ['1', '2', '3', '4', '5'] as const;
const STATES = [...CALL_BACK_STATES, 'overdue'] as const;

export default function RatingsPage() {
  const t = useText(feedbackTexts);
  const c = useText(commonTexts);
  const tabs = useAddressTab(TABS, 'todo');
  const { active: tab } = tabs;
  const query = useListQuery();
  const callBack = { todo: 'open', appealed: 'appealed', all: query.callBack }[tab];
  const [picked, setPicked] = useState<AdminRating | null>(null);
  return (
    <PageFrame title={c('ratings')} aside={<ExportButton kind="ratings" query={{ ...query, callBack }} />}>
      <div className="panel">
        <AddressTabs
          tab={tabs}
          items={[
            { key: 'todo', label: t('tabTodo') },
            { key: 'appealed', label: t('tabAppealed') },
            { key: 'all', label: t('tabAll') },
          ]}
        />
        <RatingFilters withState={tab === 'all'} />
        {tab === 'todo' ? <CallBacks onPick={setPicked} /> : <OneList tab={tab} onPick={setPicked} />}
      </div>
      {picked ? <RatingDrawer key={picked.ratingId} rating={picked} onClose={() => setPicked(null)} /> : null}
    </PageFrame>
  );
}

function useListQuery() {
  const { filters } = useFilters(FILTERS);
  const grade = oneOf(GRADE_VALUES, filters.grade);
  return {
    grade,
    venueId: filters.venueId,
    channelId: filters.channelId,
    callBack: oneOf(STATES, filters.callBack),
  };
}

/** Overdue ones first, whatever their age; then the others that wait. */
function CallBacks({ onPick }: { onPick: (rating: AdminRating) => void }) {
  const t = useText(feedbackTexts);
  const query = useListQuery();
  const overdue = usePages<AdminRating>(ratingAdminRoutes.list, { ...query, callBack: 'overdue' });
  const open = usePages<AdminRating>(ratingAdminRoutes.list, { ...query, callBack: 'open' });
  const inTime: Pages<AdminRating> = {
    ...open,
    items: open.items.filter((rating) => !rating.overdue),
    total: undefined,
  };
  const late = overdue.items.length > 0;
  return (
    <>
      {late || overdue.status === 'failed' ? (
        <>
          <h2 className="run bad">{t('overdueTitle')}</h2>
          <Ratings label={t('overdueLabel')} pages={overdue} empty={null} onPick={onPick} />
          <h2 className="run next">{t('openTitle')}</h2>
        </>
      ) : null}
      <Ratings
        label={t('openLabel')}
        pages={inTime}
        empty={
          late ? (
            <p className="quiet">{t('emptyTodo')}</p>
          ) : (
            <Empty title={t('emptyTodo')}>{t('emptyTodoText')}</Empty>
          )
        }
        onPick={onPick}
      />
    </>
  );
}

function OneList({ tab, onPick }: { tab: 'appealed' | 'all'; onPick: (rating: AdminRating) => void }) {
  const t = useText(feedbackTexts);
  const query = useListQuery();
  const pages = usePages<AdminRating>(
    ratingAdminRoutes.list,
    tab === 'appealed' ? { ...query, callBack: 'appealed' } : query,
  );
  return (
    <Ratings
      label={t('listLabel')}
      pages={pages}
      empty={
        tab === 'appealed' ? (
          <Empty title={t('emptyAppealed')}>{t('emptyAppealedText')}</Empty>
        ) : (
          <Empty title={t('emptyAll')}>{t('emptyAllText')}</Empty>
        )
      }
      onPick={onPick}
    />
  );
}

function Ratings({
  label,
  pages,
  empty,
  onPick,
}: {
  label: string;
  pages: Pages<AdminRating>;
  empty: React.ReactNode;
  onPick: (rating: AdminRating) => void;
}) {
  const t = useText(feedbackTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  return (
    <ListTable<AdminRating>
      label={label}
      pages={pages}
      rowKey={(rating) => rating.ratingId}
      onRow={onPick}
      {...(empty ? { filters: FILTERS } : {})}
      empty={empty}
      columns={[
        {
          title: t('grade'),
          dataIndex: 'grade',
          render: (value: number) => (
            <span className={`chip ${value <= 2 ? 'bad' : value === 3 ? 'care' : 'ok'}`}>
              <b className="num">{value}</b> {localized(gradeWords(value))}
            </span>
          ),
        },
        {
          title: t('said'),
          key: 'said',
          width: 260,
          render: (_, rating) => (
            <div className="clip">
              {rating.comment ?? <span className="quiet">{t('noComment')}</span>}
              <div className="small quiet">
                {[
                  formatInstant(rating.at),
                  ...rating.tags.map((one) => localized(RATING_TAG_WORDS[one])),
                ].join(' · ')}
              </div>
            </div>
          ),
        },
        {
          title: t('where'),
          key: 'where',
          width: 200,
          render: (_, rating) => <PlaceCell channel={rating.channel} venue={rating.venue} />,
        },
        {
          title: t('callBack'),
          key: 'callBack',
          render: (_, rating) => (rating.callBack ? <CallBackCell rating={rating} /> : '—'),
        },
        {
          title: c('actions'),
          key: 'actions',
          render: (_, rating) => (
            <Button
              size="small"
              aria-label={`${rating.callBack?.status === 'open' ? t('call') : t('look')}：${rating.holder.maskedName}`}
              onClick={() => onPick(rating)}
            >
              {rating.callBack?.status === 'open' ? t('call') : t('look')}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** How far the call back is; while it or an appeal waits, the day by which somebody must act. */
function CallBackCell({ rating: { callBack, overdue } }: { rating: AdminRating }) {
  const t = useText(feedbackTexts);
  const state = useText(callBackStateTexts);
  if (!callBack) return null;
  const { status, dueOn } = callBack;
  const waits = status === 'open' || status === 'appealed';
  return (
    <>
      <span className={`chip ${waits ? 'care' : 'ok'}`}>{state(status)}</span>
      {waits ? (
        <div className={`small num ${overdue ? 'bad' : 'quiet'}`}>
          {t('dueBy', { day: dueOn })}
          {overdue ? ` · ${t('overdue')}` : ''}
        </div>
      ) : null}
    </>
  );
}

function RatingFilters({ withState }: { withState: boolean }) {
  const t = useText(feedbackTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const state = useText(callBackStateTexts);
  return (
    <FilterBar names={FILTERS}>
      <ChoiceFilter
        name="grade"
        label={t('grade')}
        values={GRADE_VALUES}
        words={(value) => `${value} ${localized(gradeWords(Number(value)))}`}
        width={130}
      />
      <VenueFilter />
      <ChannelFilter />
      {withState ? (
        <ChoiceFilter
          name="callBack"
          label={c('status')}
          values={STATES}
          words={(value) => (value === 'overdue' ? t('overdue') : state(value))}
          width={120}
        />
      ) : null}
    </FilterBar>
  );
}
