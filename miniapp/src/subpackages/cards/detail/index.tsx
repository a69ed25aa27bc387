import { groupCardNumber } from '@talent-card/shared/cards/card-number';
import { cardStates } from '@talent-card/shared/cards/card-state';
import type { Card as CardData } from '@talent-card/shared/cards/schema';
import { isFinal } from '@talent-card/shared/common/state-table';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { cardPageTexts } from '@/i18n/card-pages';
import { explain } from '@/i18n/errors';
import { clock, serviceDay } from '@/platform/clock';
import { type DateWords, useDates, useLocale, useT } from '@/platform/i18n';
import { decoded, go } from '@/platform/navigation';
import { useSubmit } from '@/platform/use-submit';
import { reportLost, useCard } from '@/services/cards';
import {
  Button,
  Card,
  CardFace,
  confirm,
  DemoMark,
  Facts,
  Loaded,
  Notice,
  Page,
  Skeleton,
  Timeline,
  type TimelineItem,
  toast,
} from '@/ui';
import { LiftReport } from './lift-report';

/** One card: its face, whether it is in force and why not, and reporting it lost. */
export default function CardDetail() {
  const t = useT(cardPageTexts);
  const { params } = useRouter();
  return (
    <Page title={t('cardTitle')} access="person">
      <Content cardId={decoded(params.cardId ?? '')} />
    </Page>
  );
}

function Content({ cardId }: { cardId: string }) {
  const card = useCard(cardId);
  return (
    <Loaded query={card} skeleton={<Skeleton face rows={2} />}>
      {(data) => <Detail card={data} />}
    </Loaded>
  );
}

function Detail({ card }: { card: CardData }) {
  const t = useT(cardPageTexts);
  const dates = useDates();
  const today = serviceDay(clock.now());
  const renewable = card.status === 'active' && today >= card.renewalOpensOn;
  return (
    <>
      <CardFace card={card} />
      {card.demo ? (
        <View className="row">
          <DemoMark />
        </View>
      ) : null}
      <StateNotice card={card} />
      {card.status === 'active' ? null : <Reporting card={card} />}
      {renewable ? <Notice tone="warn">{t('renewalOpen')}</Notice> : null}
      <Card>
        <Facts
          items={[
            { name: t('cardNumber'), value: groupCardNumber(card.number) },
            { name: t('holder'), value: card.holderName },
            ...(card.category ? [{ name: t('category'), value: t(`category-${card.category}`) }] : []),
            ...(card.cardClass
              ? [{ name: t('cardClass'), value: t('class', { class: card.cardClass }) }]
              : []),
            { name: t('validUntil'), value: dates.fullDay(card.validUntil) },
          ]}
        />
      </Card>
      <View>
        <View className="section-head">
          <View className="h2">{t('history')}</View>
        </View>
        <Timeline items={history(card, t, dates)} />
      </View>
      {card.status === 'active' ? <Reporting card={card} /> : null}
    </>
  );
}

function StateNotice({ card }: { card: CardData }) {
  const t = useT(cardPageTexts);
  if (card.status === 'active') return null;
  return (
    <Notice tone={isFinal(cardStates, card.status) ? 'danger' : 'warn'} title={t(`reason-${card.status}`)}>
      {card.statusReason ? <View>{t('reasonGiven', { reason: card.statusReason })}</View> : null}
      {t(`todo-${card.status}`)}
    </Notice>
  );
}

function history(
  card: CardData,
  t: (key: keyof typeof cardPageTexts) => string,
  dates: DateWords,
): TimelineItem[] {
  const over = isFinal(cardStates, card.status);
  return [
    { key: 'issued', title: t('historyIssued'), when: dates.fullDay(card.issuedAt), status: 'done' },
    {
      key: 'now',
      title: t(`historyNow-${card.status}`),
      status: card.status === 'active' ? 'now' : 'bad',
      ...(card.statusReason ? { note: card.statusReason } : {}),
    },
    ...(over
      ? []
      : ([
          {
            key: 'renewal',
            title: t('historyRenewal'),
            when: dates.fullDay(card.renewalOpensOn),
            note: t('historyRenewalNote'),
            status: 'ahead',
          },
          { key: 'end', title: t('historyEnd'), when: dates.fullDay(card.validUntil), status: 'ahead' },
        ] as const)),
  ];
}

/** Losing and finding the card; a card that is over offers a new application instead. */
function Reporting({ card }: { card: CardData }) {
  const t = useT(cardPageTexts);
  const locale = useLocale((state) => state.locale);
  const { submit, pending, error } = useSubmit(reportLost);
  const [lifting, setLifting] = useState(false);
  const named = {
    name: t(card.kind === 'youth' ? 'youthCard' : 'talentCard'),
    number: groupCardNumber(card.number),
  };

  const report = async () => {
    const sure = await confirm({
      title: t('reportLostTitle', named),
      text: t('reportLostText'),
      action: t('reportLost'),
      danger: true,
    });
    if (sure && (await submit(card.cardId))) toast(t('reportedLost'));
  };

  return (
    <View className="btns">
      {error ? (
        <Notice tone="danger" alert>
          {explain(error, locale)}
        </Notice>
      ) : null}
      {card.status === 'active' ? (
        <Button kind="danger-ghost" pending={pending} onTap={() => void report()}>
          {t('reportLost')}
        </Button>
      ) : null}
      {card.status === 'lost' ? <Button onTap={() => setLifting(true)}>{t('reportFound')}</Button> : null}
      {lifting ? (
        <LiftReport
          card={card}
          title={t('reportFoundTitle', named)}
          onLifted={() => {
            setLifting(false);
            toast(t('reportedFound'));
          }}
          onClose={() => setLifting(false)}
        />
      ) : null}
      {isFinal(cardStates, card.status) ? <Button onTap={() => go('apply')}>{t('apply')}</Button> : null}
    </View>
  );
}
