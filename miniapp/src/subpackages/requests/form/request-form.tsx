import type { Channel } from '@talent-card/shared/channels/schema';
import type { RequestDocumentType, ServiceRequest } from '@talent-card/shared/requests/schema';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { explain } from '@/i18n/errors';
import { explainField, explainFields } from '@/i18n/field-problems';
import { requestDocumentTexts, requestsTexts } from '@/i18n/requests';
import { useSensitiveConsent } from '@/parts/sensitive-consent';
import { useTypedDraft } from '@/parts/typed-draft';
import { useLocale, useT } from '@/platform/i18n';
import { replace } from '@/platform/navigation';
import { useSubmit } from '@/platform/use-submit';
import { removeFile } from '@/services/files';
import { resubmitRequest, submitRequest } from '@/services/requests';
import { Button, Input, Notice, Textarea, toast } from '@/ui';
import { DocumentSlotCard } from '../../apply/documents/document-slot';
import { openStoredFile } from '../../apply/parts/open-file';
import { useUndo } from '../../apply/parts/undo';
import { useUploads } from '../../apply/use-uploads';
import {
  DOCUMENT_TYPES,
  draftOfRequest,
  EMPTY_REQUEST,
  MOST,
  MOST_DOCUMENTS,
  problemsOf,
  type RequestDocument,
  type RequestDraft,
  type RequestField,
  toSend,
} from '../request-draft';
import { useLatest } from './use-latest';

export interface RequestFormProps {
  channel: Channel;
  /** The returned request that is being corrected. */
  correcting: ServiceRequest | null;
}

/** What one needs, how to reach one, and proof. Kept on the phone with each key stroke until it is handed in. */
export function RequestForm({ channel, correcting }: RequestFormProps) {
  const t = useT(requestsTexts);
  const locale = useLocale((state) => state.locale);
  const name = correcting
    ? `request:${correcting.caseId}:${correcting.version}`
    : `request:${channel.channelId}`;
  const [draft, keep, forget] = useTypedDraft<RequestDraft>(
    name,
    correcting ? draftOfRequest(correcting) : EMPTY_REQUEST,
  );
  // Uploads end later than the draft that they began with.
  const latest = useLatest(draft);
  const change = (to: Partial<RequestDraft>) => {
    latest.current = { ...latest.current, ...to };
    keep(latest.current);
  };
  const [tried, setTried] = useState(false);
  const consent = useSensitiveConsent(correcting ? null : channel.sensitive);
  const sending = useSubmit((input: ReturnType<typeof toSend>, key) =>
    correcting
      ? resubmitRequest({ caseId: correcting.caseId, version: correcting.version, ...input }, key)
      : submitRequest({ channelId: channel.channelId, ...input }, key),
  );
  const documents = useDocuments(draft, latest, change);
  const problems = tried ? problemsOf(draft) : {};
  const refused = explainFields(sending.error, locale);
  const errorOf = (field: RequestField) => {
    const problem = problems[field];
    return problem ? explainField(problem, locale) : (refused[`form.${field}`] ?? refused[field] ?? null);
  };

  const send = async () => {
    setTried(true);
    if (Object.keys(problemsOf(draft)).length > 0) {
      toast(t('checkFields'));
      return;
    }
    if (!(await consent.settle())) return;
    const done = await sending.submit(toSend(draft));
    if (!done) return;
    forget();
    replace('request', { caseId: done.caseId, fresh: '1' });
  };

  return (
    <>
      <Corrections field="subject" request={correcting} />
      <Input
        label={t('subject')}
        hint={t('subjectHint')}
        value={draft.subject}
        maxLength={MOST.subject}
        onChange={(subject) => change({ subject })}
        error={errorOf('subject')}
      />
      <Corrections field="details" request={correcting} />
      <Textarea
        label={t('details')}
        hint={t('detailsHint')}
        value={draft.details}
        maxLength={MOST.details}
        onChange={(details) => change({ details })}
        error={errorOf('details')}
      />
      <Corrections field="mobile" request={correcting} />
      <Input
        label={t('mobile')}
        hint={t('mobileHint')}
        keyboard="phone"
        autocomplete="tel"
        maxLength={20}
        value={draft.mobile}
        onChange={(mobile) => change({ mobile })}
        error={errorOf('mobile')}
      />
      <View>
        <View className="h2">{t('documents')}</View>
        <View className="small">{t('documentsLead')}</View>
      </View>
      {documents.failure ? (
        <Notice tone="danger" alert>
          {documents.failure}
        </Notice>
      ) : null}
      {DOCUMENT_TYPES.map((type) => documents.slot(type, correctionOf(correcting, type)))}
      {consent.box}
      {sending.error ? (
        <Notice tone="danger" alert>
          {explain(sending.error, locale)}
        </Notice>
      ) : null}
      {documents.bar}
      {documents.busy ? <View className="small">{t('uploading')}</View> : null}
      <Button
        pending={sending.pending || consent.pending}
        disabled={documents.busy}
        onTap={() => void send()}
      >
        {t(correcting ? 'resend' : 'send')}
      </Button>
      {draft.subject || draft.details ? <View className="small rq-center">{t('kept')}</View> : null}
    </>
  );
}

const correctionOf = (request: ServiceRequest | null, field: string): string | null =>
  request?.corrections.find((one) => one.field === field)?.note ?? null;

function Corrections({ request, field }: { request: ServiceRequest | null; field: RequestField }) {
  const t = useT(requestsTexts);
  const note = correctionOf(request, field);
  return note ? <Notice tone="warn">{t('fromOffice', { note })}</Notice> : null;
}

/** Documents of the draft, with what is on its way and what can be taken back. */
function useDocuments(
  draft: RequestDraft,
  latest: { current: RequestDraft },
  change: (to: Partial<RequestDraft>) => void,
) {
  const t = useT(requestsTexts);
  const locale = useLocale((state) => state.locale);
  const undo = useUndo();
  const [failure, setFailure] = useState<string | null>(null);
  const uploads = useUploads<RequestDocumentType>((documentType, file) =>
    change({ documents: [...latest.current.documents, { documentType, file, attached: false }] }),
  );
  const remove = (document: RequestDocument) => {
    const isIt = (one: RequestDocument) => one.file.fileId === document.file.fileId;
    change({ documents: latest.current.documents.filter((one) => !isIt(one)) });
    undo.offer({
      text: t('removed', { name: document.file.fileName }),
      undo: () => {
        const { documents } = latest.current;
        if (!documents.some(isIt)) change({ documents: [...documents, document] });
      },
      settle: () => {
        // What nobody names any more the service sweeps by itself, should this fail.
        if (!document.attached) void removeFile(document.file.fileId).catch(() => undefined);
      },
    });
  };
  const view = (document: RequestDocument['file']) => {
    setFailure(null);
    openStoredFile(document).catch((error: unknown) =>
      setFailure(t('viewFailed', { name: document.fileName, why: explain(error, locale) })),
    );
  };
  return {
    failure,
    bar: undo.bar,
    busy: uploads.uploads.some(({ status }) => status === 'sending'),
    slot: (documentType: RequestDocumentType, correction: string | null) => (
      <DocumentSlotCard<RequestDocumentType>
        key={documentType}
        slot={{
          documentType,
          name: { zh: requestDocumentTexts[documentType][0], en: requestDocumentTexts[documentType][1] },
          required: false,
          offline: false,
          asked: true,
          documents: draft.documents.filter((one) => one.documentType === documentType),
        }}
        missing={false}
        correction={correction}
        uploads={uploads.uploads.filter((upload) => upload.documentType === documentType)}
        onPick={(files) => {
          setFailure(null);
          const room = MOST_DOCUMENTS - draft.documents.length - uploads.uploads.length;
          if (files.length > room) toast(t('tooMany', { n: MOST_DOCUMENTS }));
          uploads.add(documentType, files.slice(0, Math.max(0, room)));
        }}
        onPickFailure={() => setFailure(t('pickFailed'))}
        onRetry={uploads.retry}
        onCancel={uploads.cancel}
        onView={view}
        onRemove={remove}
      />
    ),
  };
}
