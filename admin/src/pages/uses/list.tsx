import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import type { AdminUse } from '@talent-card/shared/uses/schema';
import { USE_STATES } from '@talent-card/shared/uses/use-state';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { HolderCell, PlaceCell } from '../../components/cells.js';
import { UseStateChip } from '../../components/chips.js';
import { ExportButton } from '../../components/export-button.js';
import {
  ChannelFilter,
  ChoiceFilter,
  DaysFilter,
  FilterBar,
  OnlyFilter,
  VenueFilter,
} from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useStateTexts } from '../../i18n/domain.js';
import { useText } from '../../i18n/index.js';
import { settleReasonTexts, usesTexts } from '../../i18n/uses.js';
import { usePages } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['status', 'venueId', 'channelId', 'from', 'to', 'offline'] as const;
const TABS = ['to-settle', 'disputed', 'all'] as const;

export default function UsesPage() {
  const t = useText(usesTexts);
  const c = useText(commonTexts);
  const navigate = useNavigate();
  const may = useMay();
  const { filters } = useFilters(FILTERS);
  const first = may('uses.settle') ? 'to-settle' : 'all';
  const tabs = useAddressTab(TABS, first);
  const { active: tab, choose } = tabs;
  const query = {
    ...filters,
    offline: oneOf(['true', 'false'], filters.offline),
    status: tab === 'all' ? oneOf(USE_STATES, filters.status) : tab,
  };
  const pages = usePages<AdminUse>(useAdminRoutes.list, query);
  const empties = {
    'to-settle': [t('emptySettle'), t('emptySettleText')],
    disputed: [t('emptyDisputed'), t('emptyDisputedText')],
    all: [t('emptyAll'), t('emptyAllText')],
  } as const;
  const [title, text] = empties[tab];
  return (
    <PageFrame title={c('uses')} aside={<ExportButton kind="uses" query={query} />}>
      <div className="panel">
        <AddressTabs
          tab={tabs}
          items={[
            { key: 'to-settle', label: t('tabSettle') },
            { key: 'disputed', label: t('tabDisputed') },
            { key: 'all', label: t('tabAll') },
          ]}
        />
        <UseFilters withStatus={tab === 'all'} />
        <ListTable<AdminUse>
          label={t('listLabel')}
          pages={pages}
          rowKey={(use) => use.useId}
          onRow={(use) => void navigate(`/uses/${use.useId}`)}
          filters={FILTERS}
          empty={
            <Empty
              title={title}
              action={tab === 'all' ? null : <Button onClick={() => choose('all')}>{t('showAll')}</Button>}
            >
              {text}
            </Empty>
          }
          columns={[
            {
              title: t('at'),
              dataIndex: 'at',
              className: 'num',
              render: (at: string, use) => (
                <Link to={`/uses/${use.useId}`} style={{ whiteSpace: 'nowrap' }}>
                  {formatInstant(at)}
                </Link>
              ),
            },
            {
              title: t('holder'),
              key: 'holder',
              render: (_, use) => (
                <HolderCell holder={use.holder}>
                  {use.cardClass ? <span className="quiet">{use.cardClass}</span> : null}
                </HolderCell>
              ),
            },
            {
              title: c('channel'),
              key: 'channel',
              width: 180,
              render: (_, use) => <PlaceCell channel={use.channel} venue={use.venue} />,
            },
            {
              title: t('people'),
              dataIndex: 'companions',
              className: 'num',
              render: (companions: number) => companions + 1,
            },
            {
              title: t('recordedBy'),
              dataIndex: 'recordedBy',
              width: 130,
              render: (by: string) => <div className="clip">{by}</div>,
            },
            {
              title: tab === 'all' ? c('status') : t('why'),
              key: 'standing',
              width: 190,
              render: (_, use) => <Standing use={use} withState={tab === 'all'} />,
            },
          ]}
        />
      </div>
    </PageFrame>
  );
}

/** What stands and why, in one place: at 1024 pixels there is no room for two. */
function Standing({ use, withState }: { use: AdminUse; withState: boolean }) {
  const t = useText(usesTexts);
  const why = useText(settleReasonTexts);
  const reason = use.settleReason ? why(use.settleReason) : use.dispute?.reason;
  return (
    <div className="clip">
      {withState || use.offline ? (
        <div className="row wrap" style={{ gap: 4 }}>
          {withState ? <UseStateChip state={use.status} /> : null}
          {use.offline ? <span className="chip">{t('offline')}</span> : null}
        </div>
      ) : null}
      {reason ? <div className={withState ? 'small quiet' : ''}>{reason}</div> : null}
    </div>
  );
}

function UseFilters({ withStatus }: { withStatus: boolean }) {
  const t = useText(usesTexts);
  const c = useText(commonTexts);
  const state = useText(useStateTexts);
  return (
    <FilterBar names={FILTERS}>
      <VenueFilter />
      <ChannelFilter />
      {withStatus ? (
        <ChoiceFilter name="status" label={c('status')} values={USE_STATES} words={state} />
      ) : null}
      <DaysFilter />
      <OnlyFilter name="offline" label={t('offlineOnly')} />
    </FilterBar>
  );
}
