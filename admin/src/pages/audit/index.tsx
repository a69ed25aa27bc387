import { auditRoutes } from '@talent-card/shared/audit/routes';
import type { AuditEntry } from '@talent-card/shared/audit/schema';
import { Alert, Button, DatePicker, Tooltip } from 'antd';
import dayjs from 'dayjs';
import { FilterBar, SearchFilter } from '../../components/filter-bar.js';
import { useFilters } from '../../components/filters.js';
import { formatInstant, useNumber } from '../../components/format.js';
import { ListTable } from '../../components/list-table.js';
import { Empty, Failure, PanelSkeleton, WriteFailure } from '../../components/states.js';
import { auditActionTexts, auditObjectTexts, auditTexts } from '../../i18n/audit.js';
import { commonTexts } from '../../i18n/common.js';
import { useText, useWord } from '../../i18n/index.js';
import { keyOf, queryClient, usePages, useRead, useWrite } from '../../services/query.js';
import { PageFrame } from '../../shell.js';

const FILTERS = ['action', 'actorId', 'objectId', 'from', 'to'] as const;

export default function AuditPage() {
  const c = useText(commonTexts);
  return (
    <PageFrame title={c('audit')}>
      <div className="stack">
        <SealPanel />
        <div className="panel">
          <AuditFilters />
          <Entries />
        </div>
      </div>
    </PageFrame>
  );
}

function SealPanel() {
  const t = useText(auditTexts);
  const number = useNumber();
  const status = useRead(auditRoutes.status, {}, { refetchInterval: () => 15_000 });
  const verify = useWrite(auditRoutes.verify, {
    onDone: (answer) => queryClient.setQueryData(keyOf(auditRoutes.status, {}), answer),
  });
  if (status.isPending) return <PanelSkeleton rows={2} />;
  if (status.isError) {
    return (
      <div className="panel">
        <Failure error={status.error} onRetry={() => void status.refetch()} />
      </div>
    );
  }
  const { sealedThrough, unsealed, lastVerification: last } = status.data;
  const words = last
    ? { time: formatInstant(last.at), entries: number(last.entries), problems: number(last.problems) }
    : null;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('status')}</h2>
        <Button onClick={() => verify.mutate({})} loading={verify.isPending}>
          {verify.isPending ? t('verifying') : t('verify')}
        </Button>
      </div>
      <WriteFailure error={verify.error} />
      {last && words && !last.ok ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          style={{ marginBottom: 12 }}
          title={t('verifyBad', words)}
          description={t('verifyBadHelp')}
        />
      ) : null}
      <dl className="seal">
        <div>
          <dt>{t('sealedThrough')}</dt>
          <dd className="num">{sealedThrough ? formatInstant(sealedThrough) : t('nothingSealed')}</dd>
        </div>
        <div>
          <dt>{t('unsealed')}</dt>
          <dd className="num">{t('waiting', { count: number(unsealed) })}</dd>
        </div>
        <div>
          <dt>{t('lastVerify')}</dt>
          <dd className={last?.ok ? 'ok' : last ? 'bad' : 'quiet'}>
            {words && last ? (last.ok ? t('verifyOk', words) : t('verifyBad', words)) : t('neverVerified')}
          </dd>
        </div>
      </dl>
      <p className="small quiet">{t('explain')}</p>
    </section>
  );
}

function AuditFilters() {
  const t = useText(auditTexts);
  const { filters, setFilters } = useFilters(['from', 'to']);
  return (
    <FilterBar names={FILTERS}>
      <SearchFilter name="action" placeholder={t('actionPlaceholder')} width={280} maxLength={60} />
      <SearchFilter name="actorId" placeholder={t('actorPlaceholder')} width={200} maxLength={60} />
      <SearchFilter name="objectId" placeholder={t('objectPlaceholder')} width={200} maxLength={60} />
      <DatePicker.RangePicker
        showTime={{ format: 'HH:mm' }}
        format="YYYY-MM-DD HH:mm"
        allowEmpty={[true, true]}
        placeholder={[t('from'), t('to')]}
        value={[filters.from ? dayjs(filters.from) : null, filters.to ? dayjs(filters.to) : null]}
        onChange={(range) => setFilters({ from: range?.[0]?.toISOString(), to: range?.[1]?.toISOString() })}
      />
    </FilterBar>
  );
}

function Entries() {
  const t = useText(auditTexts);
  const action = useWord(auditActionTexts);
  const objectName = useWord(auditObjectTexts);
  const { filters, setFilters } = useFilters(FILTERS);
  const pages = usePages<AuditEntry>(auditRoutes.list, filters, { limit: 50 });
  return (
    <ListTable<AuditEntry>
      label={t('listLabel')}
      pages={pages}
      rowKey={(entry) => entry.entryId}
      filters={FILTERS}
      noneText={t('emptyText')}
      empty={<Empty title={t('emptyTitle')} />}
      columns={[
        {
          title: t('at'),
          dataIndex: 'at',
          className: 'num',
          render: (at: string) => <span style={{ whiteSpace: 'nowrap' }}>{formatInstant(at)}</span>,
        },
        {
          title: t('actor'),
          key: 'actor',
          render: (_, entry) => (
            <>
              <div>{entry.actorName ?? t(`actor.${entry.actorType}`)}</div>
              {entry.actorId ? (
                <Opaque
                  id={entry.actorId}
                  hint={t('onlyThisActor')}
                  onPick={(actorId) => setFilters({ actorId })}
                />
              ) : null}
            </>
          ),
        },
        {
          title: t('action'),
          dataIndex: 'action',
          render: (code: string) => {
            const name = action(code);
            return (
              <>
                <div className="clip" style={{ maxWidth: 180 }}>
                  {name}
                </div>
                {name === code ? null : <div className="small quiet">{code}</div>}
              </>
            );
          },
        },
        {
          title: t('object'),
          key: 'object',
          render: (_, entry) => (
            <>
              <div>{objectName(entry.objectType)}</div>
              {entry.objectId ? (
                <Opaque
                  id={entry.objectId}
                  hint={t('onlyThisObject')}
                  onPick={(objectId) => setFilters({ objectId })}
                />
              ) : null}
            </>
          ),
        },
        {
          title: t('fields'),
          dataIndex: 'fields',
          render: (fields: string[]) => (
            <span className="small clip" style={{ maxWidth: 124 }}>
              {fields.join(', ') || '—'}
            </span>
          ),
        },
        {
          title: t('seal'),
          dataIndex: 'sealed',
          render: (sealed: boolean, { requestId }) => (
            <>
              <span className={`chip ${sealed ? 'ok' : 'care'}`}>{sealed ? t('sealed') : t('unsealed')}</span>
              {requestId ? (
                <div className="small quiet num" title={t('request')}>
                  …{requestId.slice(-8)}
                </div>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}

/** An id in short; a click keeps only its entries. */
function Opaque({ id, hint, onPick }: { id: string; hint: string; onPick: (id: string) => void }) {
  return (
    <Tooltip title={`${hint}：${id}`}>
      <button type="button" className="opaque num" onClick={() => onPick(id)}>
        {id.length > 16 ? `…${id.slice(-8)}` : id}
      </button>
    </Tooltip>
  );
}
