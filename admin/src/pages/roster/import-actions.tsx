import { DownloadOutlined } from '@ant-design/icons';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import type { ImportBatch } from '@talent-card/shared/people/schema';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Modal } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useMay } from '../../access.js';
import { useErrorText } from '../../components/errors.js';
import { useNumber } from '../../components/format.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { rosterTexts } from '../../i18n/roster.js';
import { ApiError, downloadFile } from '../../services/api.js';
import { keyOf, queryClient, useWrite } from '../../services/query.js';
import { errorFileName } from './template-name.js';

type Asked = 'apply' | 'discard' | 'undo';

/** What can be done with an import where it stands now, each confirmed by the name of its file and its numbers. */
export function ImportActions({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const number = useNumber();
  const may = useMay();
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked | null>(null);
  const takes = batch.rowsNew + batch.rowsChanged;
  const mayImport = may('roster.import');
  return (
    <>
      {batch.status === 'applied' && batch.cardsCaused > 0 ? (
        <Alert
          type="info"
          showIcon
          style={{ marginTop: 16 }}
          title={t('undoRefused', { count: number(batch.cardsCaused) })}
          action={<Link to="/cards">{t('toCards')}</Link>}
        />
      ) : null}
      <div className="row wrap" style={{ marginTop: 20 }}>
        {batch.status === 'checked' && mayImport ? (
          <>
            <Button type="primary" disabled={takes === 0} onClick={() => setAsked('apply')}>
              {takes === 0 ? t('nothingToApply') : t('apply', { count: number(takes) })}
            </Button>
            <ErrorFileButton batch={batch} />
            <Button onClick={() => setAsked('discard')}>{t('discard')}</Button>
          </>
        ) : null}
        {batch.status === 'failed' && mayImport ? (
          <Button onClick={() => setAsked('discard')}>{t('discard')}</Button>
        ) : null}
        {batch.status === 'applied' ? (
          <>
            <Button onClick={() => void navigate(`/roster?batchId=${batch.batchId}`)}>
              {t('seeEntries')}
            </Button>
            {mayImport ? <ErrorFileButton batch={batch} /> : null}
            {mayImport && batch.cardsCaused === 0 ? (
              <Button danger onClick={() => setAsked('undo')}>
                {t('undo')}
              </Button>
            ) : null}
          </>
        ) : null}
        {mayImport && ['applied', 'undone', 'discarded', 'failed'].includes(batch.status) ? (
          <Button type="link" onClick={() => void navigate('/roster/import')}>
            {t('again')}
          </Button>
        ) : null}
      </div>
      {asked ? <Confirmation batch={batch} asked={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function ErrorFileButton({ batch }: { batch: ImportBatch }) {
  const t = useText(rosterTexts);
  const { message } = App.useApp();
  const wordsOf = useErrorText();
  const download = useMutation({
    mutationFn: () =>
      downloadFile(
        rosterRoutes.errorFile,
        { params: { batchId: batch.batchId } },
        errorFileName(batch.fileName),
      ),
    onError: (error) => message.error(wordsOf(error)),
  });
  if (batch.rowsFailed + batch.rowsWarned === 0) return null;
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      title={t('errorFileHint')}
      loading={download.isPending}
      onClick={() => download.mutate()}
    >
      {t('errorFile')}
    </Button>
  );
}

function Confirmation({ batch, asked, onClose }: { batch: ImportBatch; asked: Asked; onClose: () => void }) {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const number = useNumber();
  const key = keyOf(rosterRoutes.import, { params: { batchId: batch.batchId } });
  const stale = [rosterRoutes.imports, rosterRoutes.entries, workbenchRoutes.numbers];
  const onDone = (answer: ImportBatch) => {
    queryClient.setQueryData(key, answer);
    onClose();
  };
  const apply = useWrite(rosterRoutes.apply, { stale, onDone });
  const discard = useWrite(rosterRoutes.discard, { stale, onDone });
  const undo = useWrite(rosterRoutes.undo, { stale, onDone });
  const write = { apply, discard, undo }[asked];
  const file = batch.fileName;
  const counts = {
    fresh: number(batch.rowsNew),
    changed: number(batch.rowsChanged),
    failed: number(batch.rowsFailed),
  };
  const words = {
    apply: {
      title: t('applyTitle', { file }),
      text: t('applyText', counts),
      ok: t('apply', { count: number(batch.rowsNew + batch.rowsChanged) }),
    },
    discard: { title: t('discardTitle', { file }), text: t('discardText'), ok: t('discard') },
    undo: { title: t('undoTitle', { file }), text: t('undoText', counts), ok: t('undo') },
  }[asked];
  const confirm = () =>
    write.mutate(
      { params: { batchId: batch.batchId }, body: { version: batch.version } },
      {
        onError: (error) => {
          if (error instanceof ApiError && error.status === 409) {
            void queryClient.invalidateQueries({ queryKey: key });
          }
        },
      },
    );
  return (
    <Modal
      open
      title={<span className="break">{words.title}</span>}
      okText={words.ok}
      cancelText={c('cancel')}
      okButtonProps={{ danger: asked !== 'apply', loading: write.isPending }}
      onOk={confirm}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <WriteFailure error={write.error} />
      <p>{words.text}</p>
    </Modal>
  );
}
