import type { CardDocumentType } from '@talent-card/shared/cards/schema';
import type { StoredFile } from '@talent-card/shared/files/schema';
import { View } from '@tarojs/components';
import { applyTexts } from '@/i18n/apply';
import { errorTexts, explain } from '@/i18n/errors';
import { isOutcomeUnknown } from '@/platform/api-error';
import { textIn, useLocale, useT } from '@/platform/i18n';
import { a11y, Badge, Button, Icon } from '@/ui';
import type { DraftDocument } from '../draft';
import { type FileProblem, type PickedFile, type Slot, sizeInWords } from '../files-rules';
import { FilePicker } from '../parts/file-picker';
import { FixNote } from '../parts/section';
import { documentName } from '../parts/words';
import type { Upload } from '../use-uploads';

export interface DocumentSlotProps<T extends string = CardDocumentType> {
  slot: Slot<T>;
  missing: boolean;
  /** What the office wants of this document, when it returned the application. */
  correction: string | null;
  uploads: Upload<T>[];
  onPick: (files: PickedFile[]) => void;
  onPickFailure: () => void;
  onRetry: (upload: Upload<T>) => void;
  onCancel: (id: number) => void;
  onView: (file: StoredFile) => void;
  onRemove: (document: DraftDocument<T>) => void;
}

/** One kind of document: what is there, what is on its way, and how to add more. */
export function DocumentSlotCard<T extends string = CardDocumentType>(props: DocumentSlotProps<T>) {
  const { slot, missing, correction, uploads, onPick, onPickFailure } = props;
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const name = documentName(slot.documentType, slot.name, locale);
  return (
    <View className="card" id={`d-${slot.documentType}`}>
      <View className="section-head">
        <View className="h2">{name}</View>
        <SlotBadge slot={slot} missing={missing} />
      </View>
      <View className="stack stack--tight">
        {correction ? (
          <FixNote fix={{ note: correction, changed: slot.documents.some((one) => !one.attached) }} />
        ) : null}
        {slot.documents.map((document) => (
          <FileRow key={document.file.fileId} document={document} {...props} />
        ))}
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} {...props} />
        ))}
        {!slot.asked ? (
          <View className="ap-note">{t('notAsked')}</View>
        ) : slot.offline ? (
          <View className="ap-note">{t('classifiedSlot')}</View>
        ) : (
          <FilePicker name={name} onPick={onPick} onFailure={onPickFailure} />
        )}
      </View>
    </View>
  );
}

function SlotBadge({ slot, missing }: { slot: Slot<string>; missing: boolean }) {
  const t = useT(applyTexts);
  if (!slot.asked) return <Badge tone="quiet">{t('optional')}</Badge>;
  if (slot.offline) return <Badge tone="warn">{t('offline')}</Badge>;
  if (slot.documents.length > 0) return <Badge tone="ok">{t('uploaded')}</Badge>;
  if (missing) return <Badge tone="warn">{t('missing')}</Badge>;
  return <Badge tone="quiet">{t(slot.required ? 'required' : 'optional')}</Badge>;
}

function FileRow<T extends string>({
  document,
  onView,
  onRemove,
}: { document: DraftDocument<T> } & DocumentSlotProps<T>) {
  const t = useT(applyTexts);
  const { file } = document;
  return (
    <View className="ap-file">
      <View
        className="ap-file__main"
        onClick={() => onView(file)}
        {...a11y({ role: 'button', focusable: true, label: t('viewFile', { name: file.fileName }) })}
      >
        <Icon name={file.contentType === 'application/pdf' ? 'form' : 'image'} size={22} colour="sea" />
        <View className="grow ap-file__words">
          <View className="ap-file__name">{file.fileName}</View>
          <View className="small">{sizeInWords(file.sizeBytes)}</View>
        </View>
      </View>
      <View
        className="ap-file__act"
        onClick={() => onRemove(document)}
        {...a11y({ role: 'button', focusable: true, label: t('removeFile', { name: file.fileName }) })}
      >
        <Icon name="trash" size={20} colour="ink-2" />
      </View>
    </View>
  );
}

function UploadRow<T extends string>({
  upload,
  onRetry,
  onCancel,
}: { upload: Upload<T> } & DocumentSlotProps<T>) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const { file, status } = upload;
  if (status === 'sending') {
    return (
      <View className="ap-file">
        <View className="ap-file__main">
          <View className="grow ap-file__words">
            <View className="ap-file__name">{file.name}</View>
            <View className="small" {...a11y({ role: 'status', live: 'polite' })}>
              {upload.percent < 100 ? t('uploading', { percent: upload.percent }) : t('checkingFile')}
            </View>
            <View className="ap-meter">
              <View className="ap-meter__fill" style={{ width: `${upload.percent}%` }} />
            </View>
          </View>
        </View>
        <View
          className="ap-file__act"
          onClick={() => onCancel(upload.id)}
          {...a11y({ role: 'button', focusable: true, label: t('cancelUploadOf', { name: file.name }) })}
        >
          <Icon name="close" size={20} colour="ink-2" />
        </View>
      </View>
    );
  }
  const words = upload.problem ? problemText(upload.problem) : null;
  return (
    <View className="ap-file ap-file--bad">
      <View className="ap-file__main">
        <View className="grow ap-file__words">
          <View className="ap-file__name">{file.name}</View>
          <View className="field__error" {...a11y({ role: 'alert' })}>
            {words ? textIn(locale, words) : explain(upload.error, locale)}
          </View>
          <View className="row ap-file__acts">
            {status === 'failed' && isOutcomeUnknown(upload.error) ? (
              <Button
                small
                kind="ghost"
                icon="refresh"
                label={t('retryUploadOf', { name: file.name })}
                onTap={() => onRetry(upload)}
              >
                {t('retryUpload')}
              </Button>
            ) : null}
            <Button small kind="text" onTap={() => onCancel(upload.id)}>
              {t('dropFailed')}
            </Button>
          </View>
        </View>
      </View>
    </View>
  );
}

function problemText(problem: FileProblem) {
  return problem === 'EMPTY' ? applyTexts.fileEmpty : errorTexts[problem];
}
