import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import type { ServiceRequest } from '@talent-card/shared/requests/schema';
import { View } from '@tarojs/components';
import { useDidShow, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import '../requests.scss';
import { explain } from '@/i18n/errors';
import { requestStateTexts, requestsTexts, requestTypeTexts } from '@/i18n/requests';
import { RemindMe } from '@/parts/remind-me';
import { textIn, useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { useRequest, withdrawRequest } from '@/services/requests';
import {
  Badge,
  Button,
  Card,
  Cell,
  Cells,
  confirm,
  Facts,
  Loaded,
  Notice,
  Page,
  Skeleton,
  Timeline,
  toast,
} from '@/ui';
import { openStoredFile } from '../../apply/parts/open-file';
import { STATE_TONES } from '../../apply/parts/state-tones';
import { useDueWords } from '../due-words';
import { timelineOfRequest } from '../timeline';

export default function RequestPage() {
  const t = useT(requestsTexts);
  const { caseId, fresh } = useRouter<{ caseId?: string; fresh?: string }>().params;
  return (
    <Page title={t('detailTitle')} access="person">
      <Detail caseId={caseId ?? ''} fresh={fresh === '1'} />
    </Page>
  );
}

function Detail({ caseId, fresh }: { caseId: string; fresh: boolean }) {
  const request = useRequest(caseId);
  useDidShow(() => {
    void request.refetch();
  });
  useRefreshByPulling(request.refetch);
  return (
    <Loaded query={request} skeleton={<Skeleton rows={4} />}>
      {(data) => <Standing request={data} fresh={fresh} />}
    </Loaded>
  );
}

function Standing({ request, fresh }: { request: ServiceRequest; fresh: boolean }) {
  const t = useT(requestsTexts);
  const locale = useLocale((state) => state.locale);
  const dates = useDates();
  const localized = useLocalized();
  const { status, type, form, bookingId } = request;
  return (
    <View className="stack">
      {fresh && status === 'in-review' ? (
        <Notice tone="ok" title={t('fresh')}>
          {t('freshText')}
        </Notice>
      ) : null}
      <View className="row">
        <View className="grow">
          <View className="h1">{form.subject || localized(request.channel.name)}</View>
          <View className="muted">
            {textIn(locale, requestTypeTexts[type])} · {localized(request.channel.name)}
          </View>
          <View className="small tabular">
            {request.caseNumber} · {t('submittedOn', { when: dates.recent(request.submittedAt) })}
          </View>
        </View>
        <Badge tone={STATE_TONES[status]}>{textIn(locale, requestStateTexts[status])}</Badge>
      </View>
      <Now request={request} />
      {status === 'in-review' ? <RemindMe topic="request" /> : null}
      {bookingId ? (
        <Cells>
          <Cell icon="calendar" title={t('seeBooking')} onTap={() => go('booking', { bookingId })} />
        </Cells>
      ) : null}
      <Card>
        <View className="h2">{t('progress')}</View>
        <View className="rq-gap">
          <Timeline items={timelineOfRequest(request, locale)} />
        </View>
      </Card>
      <Sent request={request} />
      <Withdrawal request={request} />
    </View>
  );
}

/** Where it stands in large words, and what one can do about it. */
function Now({ request }: { request: ServiceRequest }) {
  const t = useT(requestsTexts);
  const localized = useLocalized();
  const dueWords = useDueWords();
  const { status, currentStep, answer, corrections, caseId, channel, overdue } = request;
  const said = answer ? (
    <View className="rq-gap">
      <View className="small">{t('answer')}</View>
      <View className="rq-text">{answer}</View>
    </View>
  ) : null;
  switch (status) {
    case 'in-review':
      return (
        <View className={overdue ? 'next next--warn' : 'next'}>
          <View className="next__title">
            {currentStep ? t('waitingFor', { step: localized(currentStep) }) : t('waitingAny')}
          </View>
          <View className="next__due">{dueWords(request)}</View>
        </View>
      );
    case 'returned':
      return (
        <View className="next next--warn">
          <View className="next__title">{t('returnedNow')}</View>
          <View className="muted">{t('returnedText')}</View>
          {said}
          {corrections.map(({ field, note }) => (
            <View className="rq-gap strong" key={`${field}-${note}`}>
              {note}
            </View>
          ))}
          <View className="rq-gap">
            <Button onTap={() => go('requestForm', { caseId })}>{t('correct')}</Button>
          </View>
        </View>
      );
    case 'approved':
      return (
        <View className="next">
          <View className="next__title">{t('approvedTitle')}</View>
          {said}
        </View>
      );
    case 'rejected':
    case 'withdrawn':
      return (
        <View className={status === 'rejected' ? 'next next--warn' : 'next'}>
          <View className="next__title">{t(`${status}Title`)}</View>
          {said}
          {request.bookingId ? null : (
            <View className="rq-gap">
              <Button kind="ghost" onTap={() => go('requestForm', { channelId: channel.channelId })}>
                {t('again')}
              </Button>
            </View>
          )}
        </View>
      );
  }
}

function Sent({ request }: { request: ServiceRequest }) {
  const t = useT(requestsTexts);
  const locale = useLocale((state) => state.locale);
  const localized = useLocalized();
  const [failure, setFailure] = useState<string | null>(null);
  const { form, documents, type } = request;
  const files = documents.flatMap((slot) => slot.files.map((file) => ({ slot, file })));
  if (type === 'booking-review' && !form.details) return null;
  return (
    <>
      <Card>
        <View className="h2">{t('filledIn')}</View>
        <View className="rq-gap">
          <Facts
            items={[
              { name: t('details'), value: <View className="rq-text">{form.details}</View> },
              ...(form.mobile ? [{ name: t('mobile'), value: form.mobile }] : []),
              ...(files.length === 0 ? [{ name: t('documents'), value: t('noDocuments') }] : []),
            ]}
          />
        </View>
      </Card>
      {failure ? (
        <Notice tone="danger" alert>
          {failure}
        </Notice>
      ) : null}
      {files.length > 0 ? (
        <Cells>
          {files.map(({ slot, file }) => (
            <Cell
              key={file.fileId}
              icon={file.contentType === 'application/pdf' ? 'form' : 'image'}
              title={localized(slot.name)}
              note={file.fileName}
              label={t('viewFile', { name: file.fileName })}
              onTap={() => {
                setFailure(null);
                openStoredFile(file).catch((error: unknown) =>
                  setFailure(t('viewFailed', { name: file.fileName, why: explain(error, locale) })),
                );
              }}
            />
          ))}
        </Cells>
      ) : null}
    </>
  );
}

/** A reviewed booking is cancelled as a booking; anything else open can be withdrawn. */
function Withdrawal({ request }: { request: ServiceRequest }) {
  const t = useT(requestsTexts);
  const locale = useLocale((state) => state.locale);
  const withdrawal = useSubmit(withdrawRequest);
  const { caseId, version, status, form, type } = request;
  if (!(OPEN_CASE_STATES as readonly string[]).includes(status) || type === 'booking-review') return null;
  const withdraw = async () => {
    const yes = await confirm({
      title: t('withdrawTitle', { subject: form.subject }),
      text: t('withdrawText'),
      action: t('withdraw'),
      danger: true,
    });
    if (yes && (await withdrawal.submit({ caseId, version }))) toast(t('withdrawn'));
  };
  return (
    <View className="stack stack--tight">
      {withdrawal.error ? (
        <Notice tone="danger" alert>
          {explain(withdrawal.error, locale)}
        </Notice>
      ) : null}
      <Button kind="danger-ghost" pending={withdrawal.pending} onTap={() => void withdraw()}>
        {t('withdraw')}
      </Button>
    </View>
  );
}
