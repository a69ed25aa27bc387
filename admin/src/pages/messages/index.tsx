import { messageAdminRoutes } from '@talent-card/shared/messages/routes';
import {
  DELIVERY_CHANNELS,
  type Delivery,
  type DeliveryState,
  MESSAGE_KINDS,
} from '@talent-card/shared/messages/schema';
import { Alert, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../access.js';
import { AddressTabs, useAddressTab } from '../../components/address-tabs.js';
import { ChoiceFilter, FilterBar } from '../../components/filter-bar.js';
import { oneOf, useFilters } from '../../components/filters.js';
import { formatInstant } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import {
  deliveryChannelTexts,
  deliveryStateTexts,
  messageKindTexts,
  messagesTexts,
} from '../../i18n/messages.js';
import { type Pages, usePages, useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { About } from './about.js';
import { type Decision, SettleModal } from './settle.js';

const FILTERS = ['channel', 'kind'] as const;
/** What somebody has to decide on comes first. */
const TABS = ['all', 'unknown', 'failed', 'pending', 'sent', 'skipped'] as const satisfies readonly (
  | 'all'
  | DeliveryState
)[];
/** So many are counted before it says “and more”. */
const COUNTED = 20;
const TONES: Record<DeliveryState, string> = {
  pending: 'info',
  sent: 'ok',
  failed: 'bad',
  unknown: 'care',
  skipped: '',
};

export default function MessagesPage() {
  const t = useText(messagesTexts);
  const c = useText(commonTexts);
  const stateWord = useText(deliveryStateTexts);
  const may = useMay();
  const { filters } = useFilters(FILTERS);
  const tab = useAddressTab(TABS, 'all', 'state');
  const state = tab.active === 'all' ? undefined : tab.active;
  const [asked, setAsked] = useState<{ delivery: Delivery; decision: Decision } | null>(null);
  const pages = usePages<Delivery>(messageAdminRoutes.log, {
    channel: oneOf(DELIVERY_CHANNELS, filters.channel),
    kind: oneOf(MESSAGE_KINDS, filters.kind),
    state,
  });
  const settles = may('messages.settle');
  const toSettle = state === 'unknown' || state === 'failed';
  const empty =
    state === 'unknown' || state === 'failed' ? (
      <Empty title={state === 'unknown' ? t('noUnknown') : t('noFailed')}>{t('nothingToDo')}</Empty>
    ) : (
      <Empty title={t('emptyTitle')}>{t('emptyText')}</Empty>
    );
  return (
    <PageFrame title={c('messages')}>
      <div className="panel">
        <AddressTabs
          tab={tab}
          items={TABS.map((key) => ({
            key,
            label:
              key === 'all' ? (
                c('all')
              ) : key === 'unknown' || key === 'failed' ? (
                <ToSettleTab state={key} />
              ) : (
                stateWord(key)
              ),
          }))}
        />
        <MessageFilters />
        {toSettle && pages.items.length > 0 ? (
          <Alert
            type={state === 'unknown' ? 'warning' : 'error'}
            showIcon
            style={{ marginBottom: 14 }}
            title={state === 'unknown' ? t('unknownMeans') : t('failedMeans')}
            description={settles ? undefined : t('readOnly')}
          />
        ) : null}
        <Deliveries
          pages={pages}
          empty={empty}
          onDecide={settles ? (delivery, decision) => setAsked({ delivery, decision }) : null}
        />
      </div>
      {asked ? (
        <SettleModal
          key={`${asked.delivery.deliveryId} ${asked.decision}`}
          {...asked}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </PageFrame>
  );
}

/** A state that waits for a decision, with how many there are: in the whole log they would lie far down. */
function ToSettleTab({ state }: { state: 'unknown' | 'failed' }) {
  const t = useText(messagesTexts);
  const stateWord = useText(deliveryStateTexts);
  const found = useRead(messageAdminRoutes.log, { query: { state, limit: COUNTED } });
  const count = found.data?.items.length ?? 0;
  const shown = found.data?.nextCursor ? `${COUNTED}+` : String(count);
  return (
    <span className="row">
      {stateWord(state)}
      {count > 0 ? (
        <span className={`chip num ${TONES[state]}`} title={t('toSettle', { count: shown })}>
          {shown}
        </span>
      ) : null}
    </span>
  );
}

function Deliveries({
  pages,
  empty,
  onDecide,
}: {
  pages: Pages<Delivery>;
  empty: ReactNode;
  onDecide: ((delivery: Delivery, decision: Decision) => void) | null;
}) {
  const t = useText(messagesTexts);
  const c = useText(commonTexts);
  const way = useText(deliveryChannelTexts);
  const kind = useText(messageKindTexts);
  const state = useText(deliveryStateTexts);
  const may = useMay();
  return (
    <ListTable<Delivery>
      label={t('listLabel')}
      pages={pages}
      rowKey={({ deliveryId }) => deliveryId}
      rowClassName={(row) => (isToSettle(row) ? `edge-${TONES[row.state]}` : '')}
      filters={FILTERS}
      empty={empty}
      columns={[
        {
          title: t('createdAt'),
          dataIndex: 'createdAt',
          className: 'num',
          render: (at: string) => <span style={{ whiteSpace: 'nowrap' }}>{formatInstant(at)}</span>,
        },
        {
          title: t('kind'),
          key: 'kind',
          render: (_, row) => (
            <>
              <div>{kind(row.kind)}</div>
              <div className="small quiet">{way(row.channel)}</div>
            </>
          ),
        },
        {
          title: t('person'),
          key: 'person',
          render: (_, { personId, maskedName }) =>
            personId === null ? (
              <span className="quiet">{t('hidden')}</span>
            ) : may('people.read') ? (
              <Link to={`/people/${personId}`}>{maskedName}</Link>
            ) : (
              maskedName
            ),
        },
        {
          title: c('status'),
          dataIndex: 'state',
          render: (value: DeliveryState, { attempts }) => (
            <>
              <span className={`chip ${TONES[value]}`}>{state(value)}</span>
              {attempts > 1 ? <div className="small quiet num">{t('tried', { n: attempts })}</div> : null}
            </>
          ),
        },
        { title: t('about'), key: 'about', width: 225, render: (_, row) => <About delivery={row} /> },
        ...(onDecide && pages.items.some(isToSettle)
          ? [
              {
                title: c('actions'),
                key: 'actions',
                render: (_: unknown, row: Delivery) =>
                  isToSettle(row) ? <Choice delivery={row} onDecide={onDecide} /> : null,
              },
            ]
          : []),
      ]}
    />
  );
}

const isToSettle = ({ state }: Delivery) => state === 'failed' || state === 'unknown';

function Choice({
  delivery,
  onDecide,
}: {
  delivery: Delivery;
  onDecide: (delivery: Delivery, decision: Decision) => void;
}) {
  const t = useText(messagesTexts);
  const kind = useText(messageKindTexts);
  const about = { kind: kind(delivery.kind), name: delivery.maskedName ?? t('somebody') };
  return (
    <span className="row" style={{ gap: 4 }}>
      <Button size="small" aria-label={t('resendOf', about)} onClick={() => onDecide(delivery, 'resend')}>
        {t('resend')}
      </Button>
      <Button size="small" aria-label={t('dropOf', about)} onClick={() => onDecide(delivery, 'drop')}>
        {t('drop')}
      </Button>
    </span>
  );
}

function MessageFilters() {
  const t = useText(messagesTexts);
  const way = useText(deliveryChannelTexts);
  const kind = useText(messageKindTexts);
  return (
    <FilterBar names={FILTERS}>
      <ChoiceFilter name="channel" label={t('way')} values={DELIVERY_CHANNELS} words={way} width={140} />
      <ChoiceFilter name="kind" label={t('kind')} values={MESSAGE_KINDS} words={kind} width={180} search />
    </FilterBar>
  );
}
