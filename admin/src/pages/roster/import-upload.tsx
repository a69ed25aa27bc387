import { DownloadOutlined, FileExcelOutlined } from '@ant-design/icons';
import { rosterRoutes } from '@talent-card/shared/people/routes';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Progress, Steps, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useErrorText } from '../../components/errors.js';
import { WriteFailure } from '../../components/states.js';
import { commonTexts } from '../../i18n/common.js';
import { useText } from '../../i18n/index.js';
import { rosterTexts } from '../../i18n/roster.js';
import { ApiError, downloadFile, newIdempotencyKey, uploadFile } from '../../services/api.js';
import { queryClient } from '../../services/query.js';
import { PageFrame } from '../../shell.js';
import { ROSTER_TEMPLATE_NAME } from './template-name.js';

const MAX_BYTES = 20 * 1024 * 1024;

/** First step of an import. What follows has an address of its own, so that a reload finds it again. */
export default function ImportUploadPage() {
  const t = useText(rosterTexts);
  const c = useText(commonTexts);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [share, setShare] = useState<number | null>(null);
  const submission = useRef<{ file: File; key: string } | null>(null);
  const upload = useMutation({
    mutationFn: (file: File) => {
      if (submission.current?.file !== file) submission.current = { file, key: newIdempotencyKey() };
      return uploadFile(rosterRoutes.upload, file, {
        idempotencyKey: submission.current.key,
        onProgress: setShare,
      });
    },
    onSuccess: (batch) => {
      void queryClient.invalidateQueries({ queryKey: [rosterRoutes.imports.path] });
      void navigate(`/roster/imports/${batch.batchId}`, { replace: true });
    },
    onError: () => setShare(null),
  });
  const take = (file: File) => {
    if (!/\.xlsx$/i.test(file.name)) message.error(t('wrongType'));
    else if (file.size > MAX_BYTES) message.error(t('tooBig'));
    else {
      setShare(0);
      upload.mutate(file);
    }
    return false;
  };
  return (
    <PageFrame title={t('newImport')} crumbs={[{ label: c('roster'), to: '/roster' }]}>
      <div className="panel">
        <ImportSteps current={0} />
        <WriteFailure
          error={upload.error}
          extra={
            <>
              <MissingColumns error={upload.error} />
              {upload.error instanceof ApiError && upload.error.isUncertain && upload.variables ? (
                <Button size="small" onClick={() => upload.mutate(upload.variables)}>
                  {c('retry')}
                </Button>
              ) : null}
            </>
          }
        />
        {upload.isPending ? (
          <div className="state" aria-live="polite">
            <h2>{t('uploading', { file: upload.variables.name })}</h2>
            <Progress percent={Math.round((share ?? 0) * 100)} style={{ maxWidth: 420 }} />
          </div>
        ) : (
          <Upload.Dragger
            className="drop"
            accept=".xlsx"
            maxCount={1}
            showUploadList={false}
            beforeUpload={take}
          >
            <p>
              <FileExcelOutlined aria-hidden style={{ fontSize: 40, color: 'var(--youth)' }} />
            </p>
            <p style={{ fontSize: 16, marginTop: 8 }}>{t('uploadTitle')}</p>
            <p className="quiet">{t('uploadHint')}</p>
          </Upload.Dragger>
        )}
        <TemplateLine />
      </div>
    </PageFrame>
  );
}

function TemplateLine() {
  const t = useText(rosterTexts);
  const { message } = App.useApp();
  const wordsOf = useErrorText();
  const template = useMutation({
    mutationFn: () => downloadFile(rosterRoutes.template, {}, ROSTER_TEMPLATE_NAME),
    onError: (error) => message.error(wordsOf(error)),
  });
  return (
    <div className="row wrap" style={{ marginTop: 16 }}>
      <Button
        icon={<DownloadOutlined aria-hidden />}
        loading={template.isPending}
        onClick={() => template.mutate()}
      >
        {t('template')}
      </Button>
      <span className="quiet">{t('templateHint')}</span>
    </div>
  );
}

function MissingColumns({ error }: { error: unknown }) {
  const t = useText(rosterTexts);
  if (!(error instanceof ApiError) || error.code !== 'IMPORT_COLUMNS_MISSING') return null;
  const { columns } = error.details;
  return Array.isArray(columns) ? <div>{t('columnsMissing', { columns: columns.join('、') })}</div> : null;
}

export function ImportSteps({ current, failed = false }: { current: number; failed?: boolean }) {
  const t = useText(rosterTexts);
  return (
    <Steps
      current={current}
      status={failed ? 'error' : 'process'}
      style={{ marginBottom: 24 }}
      items={[
        { title: t('stepUpload') },
        { title: t('stepCheck') },
        { title: t('stepConfirm') },
        { title: t('stepApply') },
      ]}
    />
  );
}
