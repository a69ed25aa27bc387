import { ZONE_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { CASE_STATES } from '@talent-card/shared/casework/case-state';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { QueueItem } from '@talent-card/shared/casework/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { Button, Tabs } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useMay, useSeesAllZones } from '../../access.js';
import { CaseStateChip } from '../../components/chips.js';
import { SearchFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { casesTexts } from '../../i18n/cases.js';
import { commonTexts } from '../../i18n/common.js';
import { caseStateTexts, categoryShortTexts } from '../../i18n/domain.js';
import { useLocalized, useText, useWord } from '../../i18n/index.js';
import { usePages, useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { DueCell } from './due.js';

const TABS = ['mine', 'overdue', ...CASE_STATES, 'all'] as const;
type Tab = (typeof TABS)[number];

export default function QueuePage() {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const states = useText(caseStateTexts);
  const may = useMay();
  const allZones = useSeesAllZones();
  const { filters, setFilters } = useFilters(['status', 'zoneCode', 'q']);
  const tab: Tab = oneOf(TABS, filters.status) ?? (may('cases.decide') ? 'mine' : 'in-review');
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
        <Tabs
          activeKey={tab}
          onChange={(status) => setFilters({ status })}
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
        <search className="filters">
          <SearchFilter
            value={filters.q}
            placeholder={t('searchPlaceholder')}
            width={260}
            maxLength={100}
            onSearch={(q) => setFilters({ q })}
          />
          {allZones ? (
            <ZoneSelect
              allowClear
              style={{ minWidth: 120 }}
              value={filters.zoneCode ?? null}
              onChange={(zoneCode) => setFilters({ zoneCode: zoneCode ?? undefined })}
            />
          ) : null}
        </search>
        <Queue tab={tab} zoneCode={filters.zoneCode} q={filters.q} />
      </div>
    </PageFrame>
  );
}

function Queue({ tab, zoneCode, q }: { tab: Tab; zoneCode: string | undefined; q: string | undefined }) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const category = useWord(categoryShortTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const { setFilters } = useFilters(['status', 'zoneCode', 'q']);
  const pages = usePages<QueueItem>(caseRoutes.queue, {
    status: tab === 'all' ? undefined : tab,
    zoneCode: oneOf(ZONE_CODES, zoneCode),
    q,
  });
  const plain = !zoneCode && !q;
  const empty =
    tab === 'mine' && plain ? (
      <Empty
        title={t('emptyMineTitle')}
        action={<Button onClick={() => setFilters({ status: 'in-review' })}>{t('showAll')}</Button>}
      >
        {t('emptyMineText')}
      </Empty>
    ) : tab === 'overdue' && plain ? (
      <Empty title={t('emptyOverdueTitle')}>{t('emptyOverdueText')}</Empty>
    ) : (
      <Empty
        title={t('emptyTitle')}
        action={
          <Button onClick={() => setFilters({ status: 'all', zoneCode: undefined, q: undefined })}>
            {plain ? t('showAll') : c('reset')}
          </Button>
        }
      >
        {t('emptyText')}
      </Empty>
    );
  return (
    <ListTable<QueueItem>
      label={t('listLabel')}
      pages={pages}
      rowKey={(item) => item.caseId}
      onRow={(item) => void navigate(`/cases/${item.caseId}`)}
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
          render: (_, item) => (
            <>
              <div>{item.applicant.maskedName}</div>
              <div className="small quiet num">{item.applicant.maskedIdentityNumber}</div>
            </>
          ),
        },
        {
          title: c('category'),
          dataIndex: 'category',
          render: (value: string, item) => (item.title ? localized(item.title) : category(value)),
        },
        { title: c('zone'), dataIndex: 'zoneCode', render: (code: string) => localized(zoneName(code)) },
        {
          title: t('step'),
          key: 'step',
          render: (_, item) =>
            item.currentStep ? localized(item.currentStep) : <span className="quiet">—</span>,
        },
        {
          title: t('submittedAt'),
          dataIndex: 'submittedAt',
          className: 'num',
          render: (at: string) => formatInstant(at),
        },
        { title: t('due'), key: 'due', render: (_, item) => <DueCell item={item} /> },
        {
          title: c('status'),
          dataIndex: 'status',
          render: (status: QueueItem['status']) => <CaseStateChip state={status} />,
        },
      ]}
    />
  );
}
