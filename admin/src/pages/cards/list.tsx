import { ZONE_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import { CARD_STATES } from '@talent-card/shared/cards/card-state';
import { CARD_CATEGORIES } from '@talent-card/shared/cards/categories';
import { cardAdminRoutes } from '@talent-card/shared/cards/routes';
import type { CardRow } from '@talent-card/shared/cards/schema';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { HolderCell } from '../../components/cells.js';
import { CardStateChip } from '../../components/chips.js';
import { ExportButton } from '../../components/export-button.js';
import { ChoiceFilter, DayFilter, FilterBar, SearchFilter, ZoneFilter } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { dayOf } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
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
  const { filters } = useFilters(FILTERS);
  const query = {
    ...filters,
    status: oneOf(CARD_STATES, filters.status),
    zoneCode: oneOf(ZONE_CODES, filters.zoneCode),
    category: oneOf(CARD_CATEGORIES, filters.category),
  };
  const pages = usePages<CardRow>(cardAdminRoutes.list, query);
  const empty = (
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
          filters={FILTERS}
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
              render: (_, card) => <HolderCell holder={card.holder} />,
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
  const classes = useRead(cardAdminRoutes.classes, {}, { staleTime: 300_000 });
  const names = new Map(classes.data?.items.map((item) => [item.code, localized(item.name)]));
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter placeholder={t('searchPlaceholder')} width={280} />
      <ChoiceFilter name="status" label={c('status')} values={CARD_STATES} words={states} />
      <ZoneFilter />
      <ChoiceFilter
        name="category"
        label={c('category')}
        values={CARD_CATEGORIES}
        words={categories}
        width={120}
      />
      {names.size > 1 ? (
        <ChoiceFilter
          name="cardClass"
          label={c('cardClass')}
          values={[...names.keys()]}
          words={(code) => names.get(code) ?? code}
        />
      ) : null}
      <DayFilter name="expiresBefore" label={t('expiresBefore')} />
    </FilterBar>
  );
}
