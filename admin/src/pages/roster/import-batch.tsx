import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { ImportBatch } from '@talent-card/shared/people/schema';
import { Progress } from 'antd';
import { useParams } from 'react-router';
import { formatInstant, useNumber } from '../../components/format.js';
import { Failure, PanelSkeleton } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { errorTexts } from '../../i18n/errors.js';
import { useText } from '../../i18n/index.js';
import { rosterTexts } from '../../i18n/roster.js';
import { useRead } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { ImportActions } from './import-actions.js';
import { ImportStateChip } from './import-history.js';
import { ImportProblems } from './import-problems.js';
import { ImportSteps } from './import-upload.js';

const RUNNING: readonly ImportBatch['status'][] = ['checking', 'applying', 'undoing'];
const STEP: Record<ImportBatch['status'], number> = {
  checking: 1,
  checked: 2,
  applying: 3,
  applied: 4,
  undoing: 4,
  undone: 4,
  discarded: 2,
  failed: 1,
};

/** An import from its dry run to its end; the state of the server decides what is shown, so a reload resumes. */
export default function ImportBatchPage() {
  const { batchId = '' } = useParams();
  const c = useText(commonTexts);
  const batch = useRead(
    rosterRoutes.import,
    { params: { batchId } },
    { staleTime: 0, refetchInterval: (data) => (data && RUNNING.includes(data.status) ? 1_000 : false) },
  );
  if (batch.data) return <BatchView batch={batch.data} />;
  return (
    <PageFrame title={c('details')} crumbs={[{ label: c('roster'), to: '/roster?tab=imports' }]}>
      {batch.isError ? (
        <Failure error={batch.error} onRetry={() => void batch.refetch()} />
      ) : (
        <PanelSkeleton />
      )}
    </PageFrame>
  );
}

function BatchView({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const running = RUNNING.includes(batch.status);
  return (
    <PageFrame
      title={batch.fileName}
      crumbs={[{ label: c('roster'), to: '/roster?tab=imports' }]}
      aside={<ImportStateChip state={batch.status} />}
    >
      <div className="stack">
        <div className="panel">
          <ImportSteps current={STEP[batch.status]} failed={batch.status === 'failed'} />
          {running ? <Running batch={batch} /> : <Outcome batch={batch} />}
          {batch.status === 'checking' || batch.rowsTotal === 0 ? null : <Numbers batch={batch} />}
          <ImportActions batch={batch} />
          <p className="small quiet" style={{ marginTop: 16 }}>
            {t('by', { name: batch.createdBy, time: formatInstant(batch.createdAt) })}
            {batch.finishedAt ? ` · ${t('finished', { time: formatInstant(batch.finishedAt) })}` : ''}
          </p>
        </div>
        {batch.status === 'checking' || batch.status === 'discarded' ? null : (
          <ImportProblems batch={batch} />
        )}
      </div>
    </PageFrame>
  );
}

function Running({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const number = useNumber();
  const toApply = batch.rowsNew + batch.rowsChanged;
  const [done, total] =
    batch.status === 'checking' ? [batch.rowsChecked, batch.rowsTotal] : [batch.rowsApplied, toApply];
  const percent = total > 0 ? Math.min(99, Math.floor((done / total) * 100)) : 0;
  const title = { checking: 'checkingTitle', applying: 'applyingTitle', undoing: 'undoingTitle' } as const;
  const key = batch.status as keyof typeof title;
  return (
    <div className="run" aria-live="polite">
      <h2>{t(title[key])}</h2>
      <p className="quiet">{batch.status === 'checking' ? t('checkingText') : t('applyingText')}</p>
      {batch.status === 'undoing' ? (
        <Progress percent={99} status="active" showInfo={false} />
      ) : (
        <Progress percent={percent} status="active" aria-label={t(title[key])} />
      )}
      {batch.status === 'undoing' ? null : (
        <p className="small quiet num">
          {total > 0 ? t('rowsOf', { done: number(done), total: number(total) }) : t('rowsCounting')}
        </p>
      )}
    </div>
  );
}

function Outcome({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const number = useNumber();
  const failure = useText(errorTexts);
  switch (batch.status) {
    case 'checked':
      return <h2 className="run">{t('checkedTitle')}</h2>;
    case 'applied':
      return (
        <div className="run">
          <h2 className="ok">{t('appliedTitle')}</h2>
          <p className="quiet">{t('appliedText')}</p>
          {batch.cardsCaused > 0 ? <p>{t('cardsCaused', { count: number(batch.cardsCaused) })}</p> : null}
        </div>
      );
    case 'undone':
      return (
        <div className="run">
          <h2>{t('undoneTitle')}</h2>
          <p className="quiet">{t('undoneText')}</p>
        </div>
      );
    case 'discarded':
      return (
        <div className="run">
          <h2>{t('discardedTitle')}</h2>
          <p className="quiet">{t('discardedText')}</p>
        </div>
      );
    case 'failed': {
      const code = batch.failureCode ?? 'INTERNAL';
      const known = Object.hasOwn(errorTexts.zh, code);
      return (
        <div className="run" role="alert">
          <h2 className="bad">{t('failedTitle')}</h2>
          <p>{known ? failure(code as keyof typeof errorTexts.zh) : t('failed.unknown', { code })}</p>
        </div>
      );
    }
    default:
      return null;
  }
}

function Numbers({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const number = useNumber();
  const tiles = [
    { label: t('new'), value: batch.rowsNew, hint: t('newHint'), tone: 'ok' },
    { label: t('changed'), value: batch.rowsChanged, hint: t('changedHint'), tone: '' },
    { label: t('unchanged'), value: batch.rowsUnchanged, hint: t('unchangedHint'), tone: '' },
    { label: t('failed'), value: batch.rowsFailed, hint: t('failedHint'), tone: 'bad' },
    { label: t('warned'), value: batch.rowsWarned, hint: t('warnedHint'), tone: 'care' },
  ];
  return (
    <dl className="tiles">
      {tiles.map((tile) => (
        <div key={tile.label}>
          <dt>{tile.label}</dt>
          <dd className={`num ${tile.value > 0 ? tile.tone : 'quiet'}`}>{number(tile.value)}</dd>
          <dd className="small quiet">{tile.hint}</dd>
        </div>
      ))}
    </dl>
  );
}
