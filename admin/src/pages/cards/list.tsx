import { ZONE_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import { CARD_STATES } from '@talent-card/shared/cards/card-state';
import { CARD_CATEGORIES } from '@talent-card/shared/cards/categories';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import type { CardRow } from '@talent-card/shared/cards/schema';
import { Button, DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import { Link, useNavigate } from 'react-router';
import { useMay, useSeesAllZones } from '../../access.js';
import { CardStateChip } from '../../components/chips.js';
import { ExportButton } from '../../components/export-button.js';
import { ResetFilters, SearchFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { dayOf } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { ZoneSelect } from '../../components/zone-select.js';
import { cardsTexts } from '../../i18n/cards.js';
import { commonTexts } from '../../i18n/common.js';
import { cardStateTexts, categoryShortTexts, categoryTexts } from '../../i18n/domain.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { usePages, useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['q', 'status', 'zoneCode', 'category', 'cardClass', 'expiresBefore'] as const;

export default function CardsPage() {
  const t = useText(cardsTexts);
  const c = useText(commonTexts);
  const category = useText(categoryShortTexts);
  const localized = useLocalized();
  const navigate = useNavigate();
  const may = useMay();
  const { filters, clear, anySet } = useFilters(FILTERS);
  const query = {
    ...filters,
    status: oneOf(CARD_STATES, filters.status),
    zoneCode: oneOf(ZONE_CODES, filters.zoneCode),
    category: oneOf(CARD_CATEGORIES, filters.category),
  };
  const pages = usePages<CardRow>(cardAdminRoutes.list, query);
  const empty = anySet ? (
    <Empty title={t('noneMatchTitle')} action={<Button onClick={clear}>{c('reset')}</Button>}>
      {t('noneMatchText')}
    </Empty>
  ) : (
    <Empty
      title={t('emptyTitle')}
      action={may('roster.import') ? <Link to="/roster/import">{t('emptyAction')}</Link> : null}
    >
      {t('emptyText')}
    </Empty>
  );
  return (
    <PageFrame title={c('cards')} aside={<ExportButton kind="cards" query={query} />}>
      <div className="panel">
        <CardFilters />
        <ListTable<CardRow>
          label={t('listLabel')}
          pages={pages}
          rowKey={(card) => card.cardId}
          onRow={(card) => void navigate(`/cards/${card.cardId}`)}
          empty={empty}
          columns={[
            {
              title: t('number'),
              dataIndex: 'number',
              render: (number: string, card) => (
                <Link to={`/cards/${card.cardId}`} className="num" style={{ whiteSpace: 'nowrap' }}>
                  {groupCardNumber(number)}
                </Link>
              ),
            },
            {
              title: t('holder'),
              key: 'holder',
              render: (_, card) => (
                <>
                  <div>{card.holder.maskedName}</div>
                  <div className="small quiet num">{card.holder.maskedIdentityNumber}</div>
                </>
              ),
            },
            {
              title: c('category'),
              dataIndex: 'category',
              render: (value: CardRow['category']) => (value ? category(value) : '—'),
            },
            {
              title: c('cardClass'),
              dataIndex: 'cardClass',
              render: (value: string | null) => (value ? t('classLabel', { code: value }) : '—'),
            },
            {
              title: c('zone'),
              dataIndex: 'zoneCode',
              render: (code: string) => localized(zoneName(code)),
            },
            {
              title: c('status'),
              dataIndex: 'status',
              render: (status: CardRow['status']) => <CardStateChip state={status} />,
            },
            { title: t('validUntil'), dataIndex: 'validUntil', className: 'num' },
            {
              title: t('issuedAt'),
              dataIndex: 'issuedAt',
              className: 'num',
              render: (at: string) => dayOf(at),
            },
          ]}
        />
      </div>
    </PageFrame>
  );
}

function CardFilters() {
  const t = useText(cardsTexts);
  const c = useText(commonTexts);
  const states = useText(cardStateTexts);
  const categories = useText(categoryTexts);
  const localized = useLocalized();
  const allZones = useSeesAllZones();
  const { filters, setFilters, clear, anySet } = useFilters(FILTERS);
  const classes = useRead(cardAdminRoutes.classes, {}, { staleTime: 300_000 });
  return (
    <search className="filters">
      <SearchFilter
        value={filters.q}
        placeholder={t('searchPlaceholder')}
        width={280}
        maxLength={100}
        onSearch={(q) => setFilters({ q })}
      />
      <Select
        placeholder={c('status')}
        aria-label={c('status')}
        allowClear
        style={{ minWidth: 110 }}
        value={oneOf(CARD_STATES, filters.status) ?? null}
        onChange={(status) => setFilters({ status: status ?? undefined })}
        options={CARD_STATES.map((value) => ({ value, label: states(value) }))}
      />
      {allZones ? (
        <ZoneSelect
          allowClear
          style={{ minWidth: 120 }}
          value={filters.zoneCode ?? null}
          onChange={(zoneCode) => setFilters({ zoneCode: zoneCode ?? undefined })}
        />
      ) : null}
      <Select
        placeholder={c('category')}
        aria-label={c('category')}
        allowClear
        style={{ minWidth: 120 }}
        popupMatchSelectWidth={false}
        value={oneOf(CARD_CATEGORIES, filters.category) ?? null}
        onChange={(category) => setFilters({ category: category ?? undefined })}
        options={CARD_CATEGORIES.map((value) => ({ value, label: categories(value) }))}
      />
      {classes.data && classes.data.items.length > 1 ? (
        <Select
          placeholder={c('cardClass')}
          aria-label={c('cardClass')}
          allowClear
          style={{ minWidth: 100 }}
          value={filters.cardClass ?? null}
          onChange={(cardClass) => setFilters({ cardClass: cardClass ?? undefined })}
          options={classes.data.items.map((item) => ({ value: item.code, label: localized(item.name) }))}
        />
      ) : null}
      <DatePicker
        placeholder={t('expiresBefore')}
        aria-label={t('expiresBefore')}
        value={filters.expiresBefore ? dayjs(filters.expiresBefore) : null}
        onChange={(day) => setFilters({ expiresBefore: day?.format('YYYY-MM-DD') })}
      />
      <ResetFilters anySet={anySet} onReset={clear} />
    </search>
  );
}
