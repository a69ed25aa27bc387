import { useAdminRoutes } from '@talent-card/shared/uses/routes';
import type { AdminUse } from '@talent-card/shared/uses/schema';
import { USE_STATES } from '@talent-card/shared/uses/use-state';
import { Button, Checkbox, DatePicker, Select, Tabs } from 'antd';
import dayjs from 'dayjs';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { UseStateChip } from '../../components/chips.js';
import { ExportButton } from '../../components/export-button.js';
import { ResetFilters } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { ChannelSelect, VenueSelect } from '../../components/place-select.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useStateTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { settleReasonTexts, usesTexts } from '../../i18n/uses.js';
import { usePages } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['status', 'venueId', 'channelId', 'from', 'to', 'offline'] as const;
const TABS = ['to-settle', 'disputed', 'all'] as const;

export default function UsesPage() {
  const t = useText(usesTexts);
  const c = useText(commonTexts);
  const why = useText(settleReasonTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const may = useMay();
  const { filters, clear, anySet } = useFilters(FILTERS);
  const { filters: tabs, setFilters: setTab } = useFilters(['tab']);
  const tab = oneOf(TABS, tabs.tab) ?? (may('uses.settle') ? 'to-settle' : 'all');
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
  const [title, text] = anySet ? [t('none'), t('noneText')] : empties[tab];
  return (
    <PageFrame title={c('uses')} aside={<ExportButton kind="uses" query={query} />}>
      <div className="panel">
        <Tabs
          activeKey={tab}
          onChange={(key) => setTab({ tab: key })}
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
          empty={
            <Empty
              title={title}
              action={
                anySet ? (
                  <Button onClick={clear}>{c('reset')}</Button>
                ) : tab === 'all' ? null : (
                  <Button onClick={() => setTab({ tab: 'all' })}>{t('tabAll')}</Button>
                )
              }
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
                <>
                  <div>
                    {use.holder.maskedName}{' '}
                    {use.cardClass ? <span className="quiet">{use.cardClass}</span> : null}
                  </div>
                  <div className="small quiet num">{use.holder.maskedIdentityNumber}</div>
                </>
              ),
            },
            {
              title: c('channel'),
              key: 'channel',
              width: 240,
              render: (_, use) => (
                <div className="clip">
                  {localized(use.channel.name)}
                  <div className="small quiet">{localized(use.venue.name)}</div>
                </div>
              ),
            },
            {
              title: t('people'),
              dataIndex: 'companions',
              className: 'num',
              render: (companions: number) => companions + 1,
            },
            { title: t('recordedBy'), dataIndex: 'recordedBy' },
            {
              title: t('why'),
              key: 'why',
              render: (_, use) => (
                <div className="clip">
                  {use.settleReason ? why(use.settleReason) : (use.dispute?.reason ?? '—')}
                </div>
              ),
            },
            {
              title: c('status'),
              key: 'status',
              render: (_, use) => (
                <span className="row wrap" style={{ gap: 4 }}>
                  <UseStateChip state={use.status} />
                  {use.offline ? <span className="chip">{t('offline')}</span> : null}
                </span>
              ),
            },
          ]}
        />
      </div>
    </PageFrame>
  );
}

function UseFilters({ withStatus }: { withStatus: boolean }) {
  const t = useText(usesTexts);
  const c = useText(commonTexts);
  const state = useText(useStateTexts);
  const { filters, setFilters, clear, anySet } = useFilters(FILTERS);
  return (
    <search className="filters">
      <VenueSelect
        allowClear
        style={{ minWidth: 160 }}
        value={filters.venueId ?? null}
        onChange={(venueId) => setFilters({ venueId: venueId ?? undefined })}
      />
      <ChannelSelect
        allowClear
        style={{ minWidth: 160 }}
        value={filters.channelId ?? null}
        onChange={(channelId) => setFilters({ channelId: channelId ?? undefined })}
      />
      {withStatus ? (
        <Select
          placeholder={c('status')}
          aria-label={c('status')}
          allowClear
          style={{ minWidth: 110 }}
          popupMatchSelectWidth={false}
          value={oneOf(USE_STATES, filters.status) ?? null}
          onChange={(status) => setFilters({ status: status ?? undefined })}
          options={USE_STATES.map((value) => ({ value, label: state(value) }))}
        />
      ) : null}
      <DatePicker.RangePicker
        allowEmpty={[true, true]}
        style={{ width: 250 }}
        placeholder={[c('from'), c('to')]}
        value={[filters.from ? dayjs(filters.from) : null, filters.to ? dayjs(filters.to) : null]}
        onChange={(range) =>
          setFilters({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })
        }
      />
      <Checkbox
        checked={filters.offline === 'true'}
        onChange={(event) => setFilters({ offline: event.target.checked ? 'true' : undefined })}
      >
        {t('offlineOnly')}
      </Checkbox>
      <ResetFilters anySet={anySet} onReset={clear} />
    </search>
  );
}
