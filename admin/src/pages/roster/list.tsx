import { UploadOutlined } from '@ant-design/icons';
import { ZONE_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { CARD_CATEGORIES } from '@talent-card/shared/cards/categories';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { RosterEntry } from '@talent-card/shared/people/schema';
import { Button, Tag } from 'antd';
import { useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { ChoiceFilter, FilterBar, SearchFilter, ZoneFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { categoryShortTexts, categoryTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { rosterStatusTexts, rosterTexts } from '../../i18n/roster.js';
import { usePages } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { ImportHistory } from './import-history.js';

const FILTERS = ['q', 'category', 'zoneCode', 'batchId'] as const;

export default function RosterPage() {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const may = useMay();
  const navigate = useNavigate();
  const tab = useAddressTab(['entries', 'imports'], 'entries');
  return (
    <PageFrame title={c('roster')}>
      <div className="panel">
        <AddressTabs
          tab={tab}
          tabBarExtraContent={
            may('roster.import') ? (
              <Button
                type="primary"
                icon={<UploadOutlined aria-hidden />}
                onClick={() => void navigate('/roster/import')}
              >
                {t('importButton')}
              </Button>
            ) : null
          }
          items={[
            { key: 'entries', label: t('tabEntries') },
            { key: 'imports', label: t('tabImports') },
          ]}
        />
        {tab.active === 'entries' ? <Entries /> : <ImportHistory />}
      </div>
    </PageFrame>
  );
}

function Entries() {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const category = useText(categoryShortTexts);
  const status = useText(rosterStatusTexts);
  const localized = useLocalized();
  const may = useMay();
  const navigate = useNavigate();
  const { filters } = useFilters(FILTERS);
  const pages = usePages<RosterEntry>(rosterRoutes.entries, {
    ...filters,
    category: oneOf(CARD_CATEGORIES, filters.category),
    zoneCode: oneOf(ZONE_CODES, filters.zoneCode),
  });
  const empty = (
    <Empty
      title={t('emptyTitle')}
      action={
        may('roster.import') ? (
          <Button type="primary" onClick={() => void navigate('/roster/import')}>
            {t('importButton')}
          </Button>
        ) : null
      }
    >
      {t('emptyText')}
    </Empty>
  );
  return (
    <>
      <EntryFilters />
      <ListTable<RosterEntry>
        label={t('listLabel')}
        pages={pages}
        rowKey={(entry) => entry.entryId}
        filters={FILTERS}
        noneText={t('noneMatchText')}
        empty={empty}
        columns={[
          {
            title: t('person'),
            key: 'person',
            render: (_, entry) => (
              <>
                <div>
                  {entry.maskedName}{' '}
                  {entry.status === 'active' ? null : <span className="chip">{status(entry.status)}</span>}
                </div>
                <div className="small quiet num">{entry.maskedIdentityNumber}</div>
              </>
            ),
          },
          {
            title: c('category'),
            dataIndex: 'category',
            render: (value: RosterEntry['category'], { cardClass, zoneCode }) => (
              <>
                {category(value)} {cardClass ? <span className="quiet">{cardClass}</span> : null}
                <div className="small quiet">{localized(zoneName(zoneCode))}</div>
              </>
            ),
          },
          {
            title: t('programme'),
            key: 'programme',
            width: 205,
            render: (_, entry) => (
              <div className="clip">
                {entry.programme ?? '—'}
                {entry.documentNumber ? <div className="small quiet">{entry.documentNumber}</div> : null}
              </div>
            ),
          },
          {
            title: t('employer'),
            dataIndex: 'employer',
            width: 180,
            render: (value: string | null) => <div className="clip">{value ?? '—'}</div>,
          },
          {
            title: t('validUntil'),
            dataIndex: 'validUntil',
            className: 'num',
            render: (value: string | null) => value ?? '—',
          },
          {
            title: t('used'),
            dataIndex: 'used',
            render: (used: boolean) => (
              <span className={`chip ${used ? 'ok' : ''}`}>{used ? t('usedYes') : t('usedNo')}</span>
            ),
          },
        ]}
      />
    </>
  );
}

function EntryFilters() {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const categories = useText(categoryTexts);
  const { filters, setFilters } = useFilters(['batchId']);
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter placeholder={t('searchPlaceholder')} width={320} />
      <ChoiceFilter
        name="category"
        label={c('category')}
        values={CARD_CATEGORIES}
        words={categories}
        width={120}
      />
      <ZoneFilter />
      {filters.batchId ? (
        <Tag closable onClose={() => setFilters({ batchId: undefined })}>
          {t('onlyBatch')}
        </Tag>
      ) : null}
    </FilterBar>
  );
}
