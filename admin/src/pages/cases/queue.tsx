import { ZONE_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { CASE_STATES } from '@talent-card/shared/casework/case-state';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { QueueItem } from '@talent-card/shared/casework/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { type AddressTab, AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { HolderCell } from '../../components/cells.js';
import { CaseStateChip } from '../../components/chips.js';
import { FilterBar, SearchFilter, ZoneFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { casesTexts } from '../../i18n/cases.js';
import { commonTexts } from '../../i18n/common.js';
import { caseStateTexts, categoryShortTexts } from '../../i18n/domain.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';
import { usePages, useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { DueCell } from './due.js';

const TABS = ['mine', 'overdue', ...CASE_STATES, 'all'] as const;
const FILTERS = ['zoneCode', 'q'] as const;
type Tab = (typeof TABS)[number];

export default function QueuePage() {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const states = useText(caseStateTexts);
  const may = useMay();
  const first = may('cases.decide') ? 'mine' : 'in-review';
  const tab = useAddressTab(TABS, first, 'status');
  const numbers = useRead(workbenchRoutes.numbers, {}, { staleTime: 60_000 });
  const label = (text: string, count: number | undefined, alarming = false) => (
    <span className="row" style={{ gap: 6 }}>
      {text}
      {count ? <span className={`chip num ${alarming ? 'bad' : 'info'}`}>{count}</span> : null}
    </span>
  );
  const shownTabs = TABS.filter((name) => name !== 'mine' || may('cases.decide'));
  return (
    <PageFrame title={c('cases')}>
      <div className="panel">
        <AddressTabs
          tab={tab}
          items={shownTabs.map((name) => ({
            key: name,
            label:
              name === 'mine'
                ? label(t('tabMine'), numbers.data?.waitingForMe)
                : name === 'overdue'
                  ? label(t('tabOverdue'), numbers.data?.overdue, true)
                  : name === 'returned'
                    ? label(states('returned'), numbers.data?.returned)
                    : name === 'all'
                      ? t('tabAll')
                      : states(name),
          }))}
        />
        <FilterBar names={FILTERS}>
          <SearchFilter placeholder={t('searchPlaceholder')} width={260} />
          <ZoneFilter />
        </FilterBar>
        <Queue tab={tab} />
      </div>
    </PageFrame>
  );
}

function Queue({ tab: { active: tab, choose } }: { tab: AddressTab<Tab> }) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const category = useWord(categoryShortTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const { filters } = useFilters(FILTERS);
  const pages = usePages<QueueItem>(caseRoutes.queue, {
    status: tab === 'all' ? undefined : tab,
    zoneCode: oneOf(ZONE_CODES, filters.zoneCode),
    q: filters.q,
  });
  const others = (other: Tab) => <Button onClick={() => choose(other)}>{t('showAll')}</Button>;
  const empty =
    tab === 'mine' ? (
      <Empty title={t('emptyMineTitle')} action={others('in-review')}>
        {t('emptyMineText')}
      </Empty>
    ) : tab === 'overdue' ? (
      <Empty title={t('emptyOverdueTitle')}>{t('emptyOverdueText')}</Empty>
    ) : (
      <Empty title={t('emptyTitle')} action={tab === 'all' ? null : others('all')}>
        {t('emptyText')}
      </Empty>
    );
  return (
    <ListTable<QueueItem>
      label={t('listLabel')}
      pages={pages}
      rowKey={(item) => item.caseId}
      onRow={(item) => void navigate(`/cases/${item.caseId}`)}
      filters={FILTERS}
      empty={empty}
      columns={[
        {
          title: t('caseNumber'),
          dataIndex: 'caseNumber',
          render: (number: string, item) => (
            <Link to={`/cases/${item.caseId}`} className="num">
              {number}
            </Link>
          ),
        },
        {
          title: t('applicant'),
          key: 'applicant',
          render: (_, item) => <HolderCell holder={item.applicant} />,
        },
        {
          title: c('category'),
          dataIndex: 'category',
          width: 135,
          render: (value: string, item) => (
            <div className="clip">
              {item.title ? localized(item.title) : category(value)}
              <div className="small quiet">{localized(zoneName(item.zoneCode))}</div>
            </div>
          ),
        },
        {
          title: t('submittedAt'),
          dataIndex: 'submittedAt',
          width: 110,
          className: 'num',
          render: (at: string) => formatInstant(at),
        },
        { title: t('due'), key: 'due', render: (_, item) => <DueCell item={item} /> },
        {
          title: c('status'),
          dataIndex: 'status',
          width: 160,
          render: (status: QueueItem['status'], item) => (
            <div className="clip">
              <CaseStateChip state={status} />
              {item.currentStep ? <div className="small quiet">{localized(item.currentStep)}</div> : null}
            </div>
          ),
        },
      ]}
    />
  );
}
