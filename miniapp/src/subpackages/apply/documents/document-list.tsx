import type { Application } from '@talent-card/shared/cards/schema';
import type { StoredFile } from '@talent-card/shared/files/schema';
import { Switch, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useMemo, useState } from 'react';
import { applyTexts } from '@/i18n/apply';
import { explain } from '@/i18n/errors';
import { clock, serviceDay } from '@/platform/clock';
import { useLocale, useT } from '@/platform/i18n';
import { back, replace } from '@/platform/navigation';
import { PALETTE, useTheme } from '@/platform/theme';
import { useApplicationCheck } from '@/services/applications';
import { removeFile } from '@/services/files';
import { a11y, Button, Card, Empty, Notice, Skeleton, toast } from '@/ui';
import { changeDraft, type DraftDocument, type DraftOwner, draftOf, emptyDraft, useDraft } from '../draft';
import { MAX_DOCUMENTS, slotsOf } from '../files-rules';
import { fieldOfPath, missingDocuments, toCheck } from '../form-rules';
import { openStoredFile } from '../parts/open-file';
import { useUndo } from '../parts/undo';
import { useUploads } from '../use-uploads';
import { DocumentSlotCard } from './document-slot';

export interface DocumentListProps {
  personId: string;
  application: Application | null;
}

export function DocumentList({ personId, application }: DocumentListProps) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const scheme = useTheme((choice) => choice.scheme);
  const owner: DraftOwner = useMemo(() => ({ personId, correcting: application }), [personId, application]);
  const { form, documents } = useDraft(owner, () => (application ? draftOf(application) : emptyDraft()));
  const undo = useUndo();
  const [failure, setFailure] = useState<string | null>(null);

  const body = toCheck(form, documents, serviceDay(clock.now()));
  const check = useApplicationCheck(body);
  const missing = missingDocuments(check.data);
  const corrections = application?.corrections.filter(({ field }) => fieldOfPath(field) === null) ?? [];

  const uploads = useUploads((documentType, file) => {
    changeDraft(owner, (now) => ({ documents: [...now.documents, { documentType, file, attached: false }] }));
  });

  const remove = (document: DraftDocument) => {
    const isIt = (one: DraftDocument) => one.file.fileId === document.file.fileId;
    changeDraft(owner, (now) => ({ documents: now.documents.filter((one) => !isIt(one)) }));
    undo.offer({
      text: t('removed', { name: document.file.fileName }),
      undo: () => {
        changeDraft(owner, (now) => ({
          documents: now.documents.some(isIt) ? now.documents : [...now.documents, document],
        }));
      },
      settle: () => {
        // What the case holds stays with it. Should this fail, nobody needs to be told: the draft no longer names the
        // file, nobody else can open it, and the service's job `files.sweep` deletes what is attached to nothing after
        // a day.
        if (!document.attached) void removeFile(document.file.fileId).catch(() => undefined);
      },
    });
  };

  const leave = () => {
    if (Taro.getCurrentPages().length > 1) back();
    else replace('apply', application ? { caseId: application.caseId } : {});
  };

  const view = async (file: StoredFile) => {
    setFailure(null);
    try {
      await openStoredFile(file);
    } catch (error) {
      setFailure(t('viewFailed', { name: file.fileName, why: explain(error, locale) }));
    }
  };

  const slots = slotsOf(check.data?.documents, documents);
  if (check.isPending) return <Skeleton rows={4} />;
  if (slots.length === 0) {
    return (
      <Empty
        title={t('documentsNoneTitle')}
        text={t('documentsNoneText')}
        action={{ label: t('documentsDone'), onTap: leave }}
      />
    );
  }

  return (
    <View className="stack">
      <View className="muted">{t('documentsLead')}</View>
      <Card>
        <View className="row">
          <View className="grow">
            <View className="h2">{t('classified')}</View>
            <View className="small">{t('classifiedNote')}</View>
          </View>
          <Switch
            className="ap-switch"
            checked={form.offlineMaterial}
            color={PALETTE[scheme].sea}
            onChange={(event) => {
              const offlineMaterial = event.detail.value;
              changeDraft(owner, (now) => ({ form: { ...now.form, offlineMaterial } }));
            }}
            {...a11y({ label: t('classified') })}
          />
        </View>
        {form.offlineMaterial ? (
          <View className="stack stack--tight ap-classified">
            <Notice tone="danger" title={t('classifiedOn')}>
              {documents.length > 0 ? t('classifiedRemove') : null}
            </Notice>
            <View>{t('classifiedNext')}</View>
          </View>
        ) : null}
      </Card>
      {check.isError ? (
        <Notice tone="warn" title={t('pathFailed')}>
          {explain(check.error, locale)}
        </Notice>
      ) : null}
      {failure ? (
        <Notice tone="danger" alert>
          {failure}
        </Notice>
      ) : null}
      {slots.map((slot) => (
        <DocumentSlotCard
          key={slot.documentType}
          slot={{
            ...slot,
            // Until the service has said which documents are concerned, none may be uploaded.
            offline: slot.offline || (form.offlineMaterial && (check.isPlaceholderData || !check.data)),
          }}
          missing={missing.includes(slot.documentType)}
          correction={corrections.find(({ field }) => field === slot.documentType)?.note ?? null}
          uploads={uploads.uploads.filter((upload) => upload.documentType === slot.documentType)}
          onPick={(files) => {
            setFailure(null);
            const room = MAX_DOCUMENTS - documents.length - uploads.uploads.length;
            if (files.length > room) toast(t('tooMany', { n: MAX_DOCUMENTS }));
            uploads.add(slot.documentType, files.slice(0, Math.max(0, room)));
          }}
          onPickFailure={() => setFailure(t('pickFailed'))}
          onRetry={uploads.retry}
          onCancel={uploads.cancel}
          onView={(file) => void view(file)}
          onRemove={remove}
        />
      ))}
      <View className="ap-bar-room" />
      {undo.bar}
      <View className="bar">
        <View className="bar__in">
          <Button disabled={uploads.uploads.some((upload) => upload.status === 'sending')} onTap={leave}>
            {t('documentsDone')}
          </Button>
        </View>
      </View>
    </View>
  );
}
