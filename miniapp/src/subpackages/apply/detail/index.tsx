import type { Application } from '@talent-card/shared/cards/schema';
import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import { View } from '@tarojs/components';
import Taro, { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { applyTexts } from '@/i18n/apply';
import { explain } from '@/i18n/errors';
import { RemindMe } from '@/parts/remind-me';
import { useDates, useLocale, useLocalized, useT } from '@/platform/i18n';
import { quietly } from '@/platform/quietly';
import { useSubmit } from '@/platform/use-submit';
import { useApplication, withdrawApplication } from '@/services/applications';
import {
  Badge,
  Button,
  Card,
  Cell,
  Cells,
  confirm,
  DemoMark,
  Facts,
  Loaded,
  Notice,
  Page,
  Skeleton,
  Timeline,
  toast,
} from '@/ui';
import '../apply.scss';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { draftOf } from '../draft';
import { shownFields } from '../form-rules';
import { openStoredFile } from '../parts/open-file';
import { Conditions } from '../parts/path-panel';
import { STATE_TONES } from '../parts/state-tones';
import { categoryName, documentName, fieldName, valueInWords } from '../parts/words';
import { NowPanel } from './now-panel';
import { timelineOf } from './timeline';

export default function ApplicationDetail() {
  const t = useT(applyTexts);
  const { caseId } = useRouter<{ caseId?: string }>().params;
  return (
    <Page title={t('detailTitle')} access="person">
      <Detail caseId={caseId ?? ''} />
    </Page>
  );
}

function Detail({ caseId }: { caseId: string }) {
  const query = useApplication(caseId);
  useRefreshByPulling(query.refetch);
  return (
    <Loaded query={query} skeleton={<Skeleton rows={4} />}>
      {(application) => <Standing application={application} />}
    </Loaded>
  );
}

function Standing({ application }: { application: Application }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const dates = useDates();
  const withdrawal = useSubmit(withdrawApplication);
  const { caseId, caseNumber, version, status } = application;
  const open = (OPEN_CASE_STATES as readonly string[]).includes(status);

  const withdraw = async () => {
    const yes = await confirm({
      title: t('withdrawQuestion', { number: caseNumber }),
      text: t('withdrawText'),
      action: t('withdraw'),
      danger: true,
    });
    if (!yes) return;
    const done = await withdrawal.submit({ caseId, version });
    if (done) toast(t('withdrawn', { number: caseNumber }));
  };

  return (
    <View className="stack">
      <View className="row ap-title">
        <View className="grow">
          <View className="h2">{categoryName(application.category, locale)}</View>
          <View className="small tabular">
            {caseNumber} · {t('submittedOn', { when: dates.recent(application.submittedAt) })}
          </View>
        </View>
        <Badge tone={STATE_TONES[status]}>{t(`state-${status}`)}</Badge>
      </View>
      <NowPanel application={application} />
      {withdrawal.error ? (
        <Notice tone="danger" alert title={t('withdrawFailed')}>
          {explain(withdrawal.error, locale)}
        </Notice>
      ) : null}
      <Card>
        <View className="h2 ap-gap">{t('progress')}</View>
        <Timeline items={timelineOf(application, locale)} />
      </Card>
      {open ? <RemindMe topic="card" /> : null}
      {application.window ? <Window office={application.window} /> : null}
      {open || application.window ? (
        <View className="ap-two">
          {application.window ? (
            <Button kind="ghost" icon="phone" onTap={() => callWindow(application.window?.phone ?? '')}>
              {t('callWindow')}
            </Button>
          ) : null}
          {open ? (
            <Button kind="danger-ghost" pending={withdrawal.pending} onTap={() => void withdraw()}>
              {t('withdraw')}
            </Button>
          ) : null}
        </View>
      ) : null}
      {application.conditions.length > 0 ? (
        <Card>
          <Conditions
            eligibility={{ conditions: application.conditions, demo: false, documentNumber: null }}
          />
        </Card>
      ) : null}
      <Sent application={application} />
    </View>
  );
}

function callWindow(phone: string): void {
  quietly(Taro.makePhoneCall({ phoneNumber: phone.replace(/[^\d+]/g, '') }));
}

/** Whom to ask: name, address, telephone. */
function Window({ office }: { office: NonNullable<Application['window']> }) {
  const t = useT(applyTexts);
  const localized = useLocalized();
  const copy = async () => {
    await Taro.setClipboardData({ data: office.address });
    toast(t('copied'));
  };
  return (
    <View>
      <View className="section-head">
        <View className="h2">{t('window')}</View>
        {office.demo ? <DemoMark /> : null}
      </View>
      <Cells>
        <Cell
          icon="pin"
          title={localized(office.name)}
          note={
            <View>
              {office.address} <View className="ap-copy">{t('copyAddress')}</View>
            </View>
          }
          end={<View />}
          onTap={() => void copy()}
        />
        <Cell
          icon="phone"
          title={office.phone}
          onTap={() => callWindow(office.phone)}
          label={`${t('call')} ${office.phone}`}
        />
      </Cells>
    </View>
  );
}

/** What was sent, as it stands with the office. */
function Sent({ application }: { application: Application }) {
  const t = useT(applyTexts);
  const locale = useLocale((choice) => choice.locale);
  const [failure, setFailure] = useState<string | null>(null);
  const { form } = draftOf(application);
  const fields = shownFields(form).filter((name) => name !== 'offlineMaterial' && name !== 'holding');
  const slots = application.documents.filter((slot) => slot.files.length > 0 || slot.offline);
  return (
    <>
      <Card>
        <View className="h2 ap-gap">{t('filledIn')}</View>
        <Facts
          items={fields.flatMap((name) => {
            const value = valueInWords(name, form, locale);
            return value === null ? [] : [{ name: fieldName(name, locale), value }];
          })}
        />
      </Card>
      <View>
        <View className="section-head">
          <View className="h2">{t('documents')}</View>
          {form.offlineMaterial ? <Badge tone="warn">{t('documentsOffline')}</Badge> : null}
        </View>
        {failure ? (
          <View className="ap-gap">
            <Notice tone="danger" alert>
              {failure}
            </Notice>
          </View>
        ) : null}
        {slots.length === 0 ? <View className="muted">{t('noDocuments')}</View> : null}
        {slots.length > 0 ? (
          <Cells>
            {slots.flatMap((slot) => {
              const name = documentName(slot.documentType, slot.name, locale);
              if (slot.files.length === 0)
                return <Cell key={slot.documentType} icon="shield" title={name} note={t('offline')} />;
              return slot.files.map((file) => (
                <Cell
                  key={file.fileId}
                  icon={file.contentType === 'application/pdf' ? 'form' : 'image'}
                  title={name}
                  note={file.fileName}
                  label={t('viewFile', { name: file.fileName })}
                  onTap={() => {
                    setFailure(null);
                    openStoredFile(file).catch((error: unknown) =>
                      setFailure(t('viewFailed', { name: file.fileName, why: explain(error, locale) })),
                    );
                  }}
                />
              ));
            })}
          </Cells>
        ) : null}
      </View>
    </>
  );
}
