import { VALID_CARD_STATES } from '@talent-card/shared/cards/card-state';
import type { Card as CardData } from '@talent-card/shared/cards/schema';
import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useEffect } from 'react';
import './index.scss';
import { commonTexts } from '@/i18n/common';
import { homeTexts } from '@/i18n/home';
import { clock, inShanghai } from '@/platform/clock';
import { useDates, useT } from '@/platform/i18n';
import { go, replace } from '@/platform/navigation';
import { queryClient } from '@/platform/query';
import { useSession } from '@/platform/session';
import { useTheme } from '@/platform/theme';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useMe } from '@/services/account';
import { type ApplicationSummary, useApplications } from '@/services/applications';
import { useCards } from '@/services/cards';
import {
  Button,
  CardFace,
  Cell,
  Cells,
  DemoMark,
  ErrorState,
  Icon,
  type IconName,
  Notice,
  Page,
  SandboxMark,
  Skeleton,
} from '@/ui';
import { greetingAt } from './greeting';
import { Groups } from './groups';
import { ApplicationStep, Step } from './next-step';
import { Upcoming } from './upcoming';

export default function Home() {
  const common = useT(commonTexts);
  const { session, welcomed } = useSession();
  const first = !session && !welcomed;
  useEffect(() => {
    if (first) replace('welcome');
  }, [first]);
  useDidShow(() => {
    // What an office decided meanwhile is seen when one comes back; what is fresh is not asked for again.
    void queryClient.refetchQueries({ type: 'active', stale: true });
  });
  useRefreshByPulling(() => queryClient.refetchQueries({ type: 'active' }));
  return (
    <Page title={common('appName')} tab="home">
      {first ? <Skeleton /> : session ? <SignedIn /> : <Guest />}
    </Page>
  );
}

function Hello({ name, mark }: { name?: string; mark?: 'sandbox' | 'demo' | null }) {
  const t = useT(homeTexts);
  const dates = useDates();
  const now = clock.now();
  const today = now.toISOString();
  const hello = t(greetingAt(inShanghai(now).hour));
  return (
    <View>
      <View className="row hello">
        <View className="small grow">
          {dates.weekday(today)} · {dates.day(today)}
        </View>
        {mark === 'demo' ? <DemoMark /> : mark === 'sandbox' ? <SandboxMark /> : null}
      </View>
      <View className="h1">{name ? t('greeting', { hello, name }) : t('greetingGuest', { hello })}</View>
    </View>
  );
}

function Guest() {
  const t = useT(homeTexts);
  return (
    <>
      <Hello />
      <Step
        primary
        eyebrow={t('next')}
        title={t('guestTitle')}
        text={t('guestText')}
        action={t('signIn')}
        onTap={() => go('signIn')}
      />
      <Button kind="ghost" icon="card" onTap={() => go('aboutCard')}>
        {t('whatIsIt')}
      </Button>
      <Groups />
      <Coming />
    </>
  );
}

function SignedIn() {
  const t = useT(homeTexts);
  const me = useMe();
  const cards = useCards();
  const applications = useApplications();
  if (me.data && !me.data.person) {
    return (
      <>
        <Hello
          {...(me.data.nickname ? { name: me.data.nickname } : {})}
          mark={me.data.sandbox ? 'sandbox' : null}
        />
        <Step
          primary
          eyebrow={t('next')}
          title={t('namelessTitle')}
          text={t('namelessText')}
          action={t('namelessAct')}
          onTap={() => go('realName')}
        />
        <Groups />
        <Coming />
      </>
    );
  }
  const failed = [me, cards, applications].find((query) => query.isError && query.data === undefined);
  if (failed) {
    return (
      <ErrorState error={failed.error} onRetry={() => void failed.refetch()} retrying={failed.isFetching} />
    );
  }
  if (!me.data || !cards.data || !applications.data) return <Skeleton face rows={2} />;
  const name = me.data.nickname ?? me.data.person?.name;
  const shown = cards.data.find(isValid);
  return (
    <>
      <Hello {...(name ? { name } : {})} mark={shown?.demo ? 'demo' : me.data.sandbox ? 'sandbox' : null} />
      <Content cards={cards.data} applications={applications.data} />
      <Coming />
    </>
  );
}

const isValid = (card: CardData) => (VALID_CARD_STATES as readonly string[]).includes(card.status);
const isOpen = (application: ApplicationSummary) =>
  (OPEN_CASE_STATES as readonly string[]).includes(application.status);

/** The card where there is one, and whatever is to be done or waited for. */
function Content({ cards, applications }: { cards: CardData[]; applications: ApplicationSummary[] }) {
  const t = useT(homeTexts);
  const dates = useDates();
  const card = cards.find(isValid);
  const open = applications.find(isOpen);
  const latest = applications[0];
  return (
    <>
      {card ? <CardFace card={card} onTap={() => go('card', { cardId: card.cardId })} /> : null}
      {card?.status === 'active' ? (
        <Button kind="gold" icon="code" onTap={() => go('code', { cardId: card.cardId })}>
          {t('showCode')}
        </Button>
      ) : null}
      {card && card.status !== 'active' ? (
        <Notice tone="warn" title={t('pausedTitle')}>
          {t('pausedText')}
        </Notice>
      ) : null}
      {card ? <Upcoming /> : null}
      {open ? <ApplicationStep application={open} /> : null}
      {!card && !open && latest?.status === 'rejected' ? <ApplicationStep application={latest} /> : null}
      {card || open ? null : (
        <Step
          primary
          eyebrow={t('next')}
          title={t('applyTitle')}
          text={t('applyText')}
          action={t('applyAct')}
          onTap={() => go('apply')}
        />
      )}
      <Groups />
      {card ? (
        <Cells>
          <Cell
            icon="card"
            title={t('card')}
            note={t(card.status === 'active' ? 'cardNote' : 'cardNoteStopped', {
              day: dates.fullDay(card.validUntil),
            })}
            onTap={() => go('card', { cardId: card.cardId })}
          />
          {cards.length > 1 ? (
            <Cell
              icon="wallet"
              title={t('wallet')}
              note={t('walletNote', { n: cards.length })}
              onTap={() => go('wallet')}
            />
          ) : null}
          {applications.length > 0 ? (
            <Cell
              icon="form"
              title={t('applications')}
              note={t('applicationsNote', { n: applications.length })}
              onTap={() => go('applications')}
            />
          ) : null}
        </Cells>
      ) : null}
    </>
  );
}

const COMING: readonly { icon: IconName; text: keyof typeof homeTexts }[] = [
  { icon: 'heart', text: 'comingStations' },
  { icon: 'house', text: 'comingFlats' },
  { icon: 'school', text: 'comingAllowance' },
];

/** What is announced; elder mode keeps to what can be done today. */
function Coming() {
  const t = useT(homeTexts);
  const elder = useTheme((state) => state.elder);
  if (elder) return null;
  return (
    <View>
      <View className="section-head">
        <View className="h2">{t('comingTitle')}</View>
        <View className="small">{t('comingText')}</View>
      </View>
      <View className="card coming">
        {COMING.map(({ icon, text }) => (
          <View className="coming__item coming__item--third" key={icon}>
            <View className="coming__icon">
              <Icon name={icon} size={24} colour="sea" />
            </View>
            {t(text)}
          </View>
        ))}
      </View>
    </View>
  );
}
