import { ExportOutlined, FileImageOutlined, FilePdfOutlined, SafetyOutlined } from '@ant-design/icons';
import { caseRoutes } from '@talent-card/shared/casework/routes';
import type { CaseDetail, DocumentSlot } from '@talent-card/shared/casework/schema';
import { fileRoutes } from '@talent-card/shared/files/routes';
import type { StoredFile } from '@talent-card/shared/files/schema';
import { Alert, App, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useMay } from '../../access.js';
import { useErrorText } from '../../components/errors.js';
import { formatInstant } from '../../components/format.js';
import { Failure } from '../../components/states.js';
import { casesTexts } from '../../i18n/cases.js';
import { commonTexts } from '../../i18n/common.js';
import { useLocalized, useText } from '../../i18n/index.js';
import { keyOf, queryClient, useRead, useWrite } from '../../services/query.js';

interface Shown {
  label: string;
  file: StoredFile;
}

/** The documents beside the facts: one opened at a time, through its short signed link. */
export function Documents({ item }: { item: CaseDetail }) {
  const t = useText(casesTexts);
  const localized = useLocalized();
  const files: Shown[] = item.documents.flatMap((slot) =>
    slot.files.map((file, i) => ({
      file,
      label:
        slot.files.length > 1
          ? t('fileOf', { name: localized(slot.name), index: i + 1, total: slot.files.length })
          : localized(slot.name),
    })),
  );
  const absent = item.documents.filter((slot) => slot.files.length === 0);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = files.find((shown) => shown.file.fileId === openId) ?? files[0];
  return (
    <section className="panel documents" aria-label={t('documents')}>
      {item.offlineMaterial ? (
        <Alert type="warning" showIcon icon={<SafetyOutlined aria-hidden />} title={t('offlineNotice')} />
      ) : null}
      {files.length > 0 ? (
        <div className="doc-tabs" role="tablist" aria-label={t('documents')}>
          {files.map(({ file, label }) => (
            <button
              key={file.fileId}
              type="button"
              role="tab"
              aria-selected={file.fileId === open?.file.fileId}
              title={file.fileName}
              onClick={() => setOpenId(file.fileId)}
            >
              {file.contentType === 'application/pdf' ? (
                <FilePdfOutlined aria-hidden />
              ) : (
                <FileImageOutlined aria-hidden />
              )}
              <span>{label}</span>
            </button>
          ))}
        </div>
      ) : null}
      {absent.length > 0 ? (
        <ul className="small quiet absent">
          {absent.map((slot) => (
            <li key={slot.documentType}>
              {localized(slot.name)}：
              {slot.offline ? (
                <OfflineSlot item={item} slot={slot} />
              ) : (
                <span className={slot.required ? 'care' : ''}>
                  {t('documentMissing')}
                  {slot.required ? ` · ${t('documentRequired')}` : ''}
                </span>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {open ? <Viewer key={open.file.fileId} shown={open} /> : <p className="quiet">{t('noDocuments')}</p>}
    </section>
  );
}

/** Paper of a classified slot: how it comes in, and the mark that it has come. */
function OfflineSlot({ item, slot }: { item: CaseDetail; slot: DocumentSlot }) {
  const t = useText(casesTexts);
  const c = useText(commonTexts);
  const localized = useLocalized();
  const may = useMay();
  const { modal, message } = App.useApp();
  const wordsOf = useErrorText();
  const key = keyOf(caseRoutes.detail, { params: { caseId: item.caseId } });
  const receive = useWrite(caseRoutes.receiveDocument, {
    stale: [caseRoutes.queue],
    onDone: (answer) => queryClient.setQueryData(key, answer),
  });
  if (slot.receivedAt) {
    return <span className="ok">{t('received', { time: formatInstant(slot.receivedAt) })}</span>;
  }
  const ask = () =>
    modal.confirm({
      title: t('receiveTitle', { name: item.applicant.maskedName, document: localized(slot.name) }),
      content: t('receiveText'),
      okText: t('receive'),
      cancelText: c('cancel'),
      onOk: () =>
        receive
          .mutateAsync({
            params: { caseId: item.caseId },
            body: { version: item.version, documentType: slot.documentType },
          })
          .catch((error: unknown) => {
            message.error(wordsOf(error));
            void queryClient.invalidateQueries({ queryKey: key });
          }),
    });
  return (
    <>
      {t('documentOffline')}
      {item.status === 'in-review' && item.mayDecide && may('cases.decide') ? (
        <Button size="small" type="link" onClick={ask}>
          {t('receive')}
        </Button>
      ) : null}
    </>
  );
}

function Viewer({ shown: { file, label } }: { shown: Shown }) {
  const t = useText(casesTexts);
  // Links live for minutes; a new look asks for a new one.
  const link = useRead(fileRoutes.staffLink, { params: { fileId: file.fileId } }, { staleTime: 120_000 });
  const [broken, setBroken] = useState(false);
  if (link.isPending) return <Skeleton active paragraph={{ rows: 10 }} />;
  if (link.isError || broken) {
    return (
      <Failure
        error={link.error}
        onRetry={() => {
          setBroken(false);
          void link.refetch();
        }}
      />
    );
  }
  return (
    <div className="viewer">
      <div className="row" style={{ justifyContent: 'space-between' }}>
        <span className="small quiet break">{file.fileName}</span>
        <Button
          type="link"
          size="small"
          icon={<ExportOutlined aria-hidden />}
          href={link.data.url}
          target="_blank"
          rel="noreferrer"
        >
          {t('openInTab')}
        </Button>
      </div>
      {file.contentType === 'application/pdf' ? (
        <iframe src={`${link.data.url}#navpanes=0&view=FitH`} title={label} />
      ) : (
        <div className="picture">
          <img src={link.data.url} alt={label} onError={() => setBroken(true)} />
        </div>
      )}
    </div>
  );
}
