import { DownloadOutlined, RedoOutlined } from '@ant-design/icons';
import { exportRoutes } from '@talent-card/shared/statistics/routes';
import type { Export } from '@talent-card/shared/statistics/schema';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Progress } from 'antd';
import { useErrorText } from '../../components/errors.js';
import { formatInstant, useNumber } from '../../components/format.js';
import { Empty, Failure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { exportKindTexts, exportStateTexts, exportsTexts } from '../../i18n/exports.js';
import { useText } from '../../i18n/index.js';
import { ApiError, downloadFile } from '../../services/api.js';
import { queryClient, useRead, useWrite } from '../../services/query.js';
import { useFilterWords } from './words.js';

const TONES: Record<Export['state'], string> = {
  waiting: '',
  running: 'info',
  done: 'ok',
  failed: 'bad',
  expired: '',
};
const isUnderWay = ({ state }: Export) => state === 'waiting' || state === 'running';
/** While one is in the making its progress is looked at this often. */
const LOOK_EVERY_MS = 2_000;

/** The workbooks one asked for, newest first; on its page and in the drawer beside a list. */
export function ExportList() {
  const t = useText(exportsTexts);
  const c = useText(commonTexts);
  const mine = useRead(
    exportRoutes.mine,
    {},
    { refetchInterval: (data) => (data?.items.some(isUnderWay) ? LOOK_EVERY_MS : false) },
  );
  if (mine.data) {
    if (mine.data.items.length === 0) return <Empty title={t('emptyTitle')}>{t('emptyText')}</Empty>;
    return (
      <ul className="exports" aria-label={t('listLabel')}>
        {mine.data.items.map((item) => (
          <ExportItem key={item.exportId} item={item} />
        ))}
      </ul>
    );
  }
  if (mine.isError) return <Failure error={mine.error} onRetry={() => void mine.refetch()} />;
  return (
    <p className="quiet" aria-busy="true">
      {c('loading')}
    </p>
  );
}

function ExportItem({ item }: { item: Export }) {
  const t = useText(exportsTexts);
  const kind = useText(exportKindTexts);
  const state = useText(exportStateTexts);
  const wordsOf = useFilterWords();
  const filters = wordsOf(item);
  const help = {
    waiting: t('waitingHelp'),
    running: null,
    done: null,
    failed: t('failedHelp'),
    expired: t('expiredHelp'),
  }[item.state];
  return (
    <li>
      <div className="grow">
        <div className="row wrap">
          <strong>{kind(item.kind)}</strong>
          <span className={`chip ${TONES[item.state]}`}>{state(item.state)}</span>
          <span className="small quiet num">
            {t('requestedAt')} {formatInstant(item.requestedAt)}
          </span>
        </div>
        <p className="small quiet break">{filters.length > 0 ? filters.join(' · ') : t('everything')}</p>
        {item.state === 'running' ? <Making item={item} /> : null}
        {item.state === 'done' ? <Made item={item} /> : null}
        {help ? <p className={item.state === 'failed' ? 'small bad' : 'small quiet'}>{help}</p> : null}
      </div>
      {item.state === 'done' ? <DownloadButton item={item} /> : null}
      {item.state === 'failed' || item.state === 'expired' ? <AgainButton item={item} /> : null}
    </li>
  );
}

/** `rowsTotal` is not known before the end where a list does not count itself. */
function Making({ item }: { item: Export }) {
  const t = useText(exportsTexts);
  const number = useNumber();
  const { rowsDone, rowsTotal } = item;
  const done = number(rowsDone);
  if (rowsTotal === null || rowsTotal === 0) return <p className="small num">{t('rows', { done })}</p>;
  const percent = Math.min(99, Math.floor((rowsDone / rowsTotal) * 100));
  return (
    <>
      <Progress percent={percent} size="small" aria-label={t('rowsShare', { percent })} />
      <p className="small num">{t('rowsOf', { done, total: number(rowsTotal) })}</p>
    </>
  );
}

function Made({ item }: { item: Export }) {
  const t = useText(exportsTexts);
  const number = useNumber();
  return (
    <p className="small num">
      {t('rows', { done: number(item.rowsDone) })} · {t('kept')} {formatInstant(item.expiresAt)}
    </p>
  );
}

function DownloadButton({ item }: { item: Export }) {
  const t = useText(exportsTexts);
  const c = useText(commonTexts);
  const kind = useText(exportKindTexts);
  const { message } = App.useApp();
  const errorWords = useErrorText();
  const download = useMutation({
    mutationFn: () =>
      downloadFile(
        exportRoutes.file,
        { params: { exportId: item.exportId } },
        `${kind(item.kind)} ${item.requestedAt.slice(0, 10)}.xlsx`,
      ),
    onError: (error) => {
      message.error(errorWords(error));
      // It may have expired meanwhile: the list says where it stands.
      if (error instanceof ApiError && !error.isUncertain)
        void queryClient.invalidateQueries({ queryKey: [exportRoutes.mine.path] });
    },
  });
  return (
    <Button
      type="primary"
      icon={<DownloadOutlined aria-hidden />}
      aria-label={t('downloadOf', { kind: kind(item.kind), time: formatInstant(item.requestedAt) })}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {c('download')}
    </Button>
  );
}

function AgainButton({ item }: { item: Export }) {
  const t = useText(exportsTexts);
  const kind = useText(exportKindTexts);
  const { message } = App.useApp();
  const errorWords = useErrorText();
  const request = useWrite(exportRoutes.request, { stale: [exportRoutes.mine] });
  const { kind: list, filter } = item;
  return (
    <Button
      icon={<RedoOutlined aria-hidden />}
      aria-label={t('againOf', { kind: kind(list), time: formatInstant(item.requestedAt) })}
      loading={request.isPending}
      onClick={() =>
        request.mutate(
          { body: { kind: list, filter } },
          { onError: (error) => message.error(errorWords(error)) },
        )
      }
    >
      {t('again')}
    </Button>
  );
}
