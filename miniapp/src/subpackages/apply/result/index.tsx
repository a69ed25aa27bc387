import type { Application } from '@talent-card/shared/cards/schema';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { applyTexts } from '@/i18n/apply';
import { useDates, useLocalized, useT } from '@/platform/i18n';
import { replace } from '@/platform/navigation';
import { useApplication } from '@/services/applications';
import { useCard } from '@/services/cards';
import { a11y, Button, Card, CardFace, Icon, Loaded, Notice, Page, Skeleton } from '@/ui';
import '../apply.scss';

/** What came of submitting: the card itself, or who decides until when. */
export default function ApplicationResult() {
  const t = useT(applyTexts);
  const { caseId } = useRouter<{ caseId?: string }>().params;
  return (
    <Page title={t('resultTitle')} access="person">
      <Result caseId={caseId ?? ''} />
    </Page>
  );
}

function Result({ caseId }: { caseId: string }) {
  return (
    <Loaded query={useApplication(caseId)} skeleton={<Skeleton face rows={1} />}>
      {(application) =>
        application.status === 'approved' && application.cardId ? (
          <Issued cardId={application.cardId} caseId={caseId} />
        ) : (
          <Sent application={application} />
        )
      }
    </Loaded>
  );
}

function Issued({ cardId, caseId }: { cardId: string; caseId: string }) {
  const t = useT(applyTexts);
  return (
    <View className="stack ap-result">
      <View className="ap-result__head" {...a11y({ role: 'status', live: 'polite' })}>
        <View className="ap-result__mark ap-result__mark--ok">
          <Icon name="ok" size={32} colour="youth" weight={2.4} />
        </View>
        <View className="h1">{t('issuedTitle')}</View>
        <View className="lead">{t('issuedText')}</View>
      </View>
      <Loaded query={useCard(cardId)} skeleton={<Skeleton face rows={0} />}>
        {(card) => (
          <View className="ap-rise">
            <CardFace card={card} onTap={() => replace('card', { cardId })} />
          </View>
        )}
      </Loaded>
      <View className="btns">
        <Button onTap={() => replace('card', { cardId })}>{t('seeCard')}</Button>
        <Button kind="ghost" onTap={() => replace('home')}>
          {t('backHome')}
        </Button>
        <Button kind="text" onTap={() => replace('application', { caseId })}>
          {t('seeProgress')}
        </Button>
      </View>
    </View>
  );
}

function Sent({ application }: { application: Application }) {
  const t = useT(applyTexts);
  const dates = useDates();
  const localized = useLocalized();
  const { dueOn, window: office, caseNumber, caseId, form } = application;
  return (
    <View className="stack ap-result">
      <View className="ap-result__head" {...a11y({ role: 'status', live: 'polite' })}>
        <View className="ap-result__mark">
          <Icon name="clock" size={32} colour="sea" weight={2} />
        </View>
        <View className="h1">{t('sentTitle')}</View>
        {dueOn ? (
          <View className="lead">
            {office
              ? t('sentDue', { office: localized(office.name), day: dates.day(dueOn) })
              : t('sentDueNoOffice', { day: dates.day(dueOn) })}
          </View>
        ) : null}
        <View className="small tabular">
          {t('caseNumber')} {caseNumber}
        </View>
      </View>
      {form.offlineMaterial ? <Notice tone="warn">{t('sentOffline')}</Notice> : null}
      <Card>
        <View className="h2 ap-gap">{t('sentNextTitle')}</View>
        {(['sentNext1', 'sentNext2', 'sentNext3'] as const).map((key, i) => (
          <View className="row ap-step" key={key}>
            <View className="ap-number">{i + 1}</View>
            <View className="grow">{t(key)}</View>
          </View>
        ))}
      </Card>
      <View className="btns">
        <Button onTap={() => replace('application', { caseId })}>{t('seeProgress')}</Button>
        <Button kind="ghost" onTap={() => replace('home')}>
          {t('backHome')}
        </Button>
      </View>
    </View>
  );
}
