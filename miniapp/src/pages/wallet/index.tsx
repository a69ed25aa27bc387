import { cardStates } from '@talent-card/shared/cards/card-state';
import type { Card as CardData } from '@talent-card/shared/cards/schema';
import { OPEN_CASE_STATES } from '@talent-card/shared/casework/case-state';
import { isFinal } from '@talent-card/shared/common/state-table';
import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { cardsTexts } from '@/i18n/cards';
import { useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { queryClient } from '@/platform/query';
import { useSession } from '@/platform/session';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useMe } from '@/services/account';
import { useApplications } from '@/services/applications';
import { useCards } from '@/services/cards';
import { CardFace, Cell, Cells, DemoMark, Empty, Loaded, Page, Skeleton } from '@/ui';

export default function Wallet() {
  const t = useT(cardsTexts);
  const signedIn = useSession((state) => state.session !== null);
  useDidShow(() => {
    void queryClient.refetchQueries({ type: 'active', stale: true });
  });
  useRefreshByPulling(() => queryClient.refetchQueries({ type: 'active' }));
  return (
    <Page title={t('walletTitle')}>
      {signedIn ? (
        <Mine />
      ) : (
        <Empty
          title={t('guestTitle')}
          text={t('guestText')}
          action={{ label: t('signIn'), onTap: () => go('signIn', { next: '/pages/wallet/index' }) }}
        />
      )}
    </Page>
  );
}

function Mine() {
  const t = useT(cardsTexts);
  const me = useMe();
  const cards = useCards();
  return (
    <Loaded query={me} skeleton={<Skeleton face rows={0} />}>
      {(account) =>
        account.person ? (
          <Loaded
            query={cards}
            skeleton={<Skeleton face rows={0} />}
            empty={{ when: (list) => list.length === 0, show: <NoCard /> }}
          >
            {(list) => <Cards list={list} />}
          </Loaded>
        ) : (
          <Empty
            title={t('namelessTitle')}
            text={t('namelessText')}
            action={{ label: t('prove'), onTap: () => go('realName', { next: '/pages/wallet/index' }) }}
          />
        )
      }
    </Loaded>
  );
}

function Cards({ list }: { list: CardData[] }) {
  const t = useT(cardsTexts);
  const past = list.filter((card) => isFinal(cardStates, card.status));
  const current = list.filter((card) => !past.includes(card));
  return (
    <>
      {current.map((card) => (
        <CardInWallet key={card.cardId} card={card} />
      ))}
      {current.length === 0 ? <NoCard /> : null}
      {past.length > 0 ? (
        <View>
          <View className="section-head">
            <View className="h2">{t('walletPast')}</View>
          </View>
          <View className="stack">
            {past.map((card) => (
              <CardInWallet key={card.cardId} card={card} />
            ))}
          </View>
        </View>
      ) : null}
    </>
  );
}

function CardInWallet({ card }: { card: CardData }) {
  return (
    <View>
      <CardFace card={card} onTap={() => go('card', { cardId: card.cardId })} />
      {card.demo ? (
        <View className="row" style={{ marginTop: '8px' }}>
          <DemoMark />
        </View>
      ) : null}
    </View>
  );
}

/** No card: the application under way, or the way to one. */
function NoCard() {
  const t = useT(cardsTexts);
  const applications = useApplications();
  const open = applications.data?.find((item) =>
    (OPEN_CASE_STATES as readonly string[]).includes(item.status),
  );
  if (open) {
    return (
      <>
        <Empty title={t('emptyTitle')} />
        <Cells>
          <Cell
            icon="form"
            title={t('applicationUnderWay')}
            note={open.caseNumber}
            value={t('seeProgress')}
            onTap={() => go('application', { caseId: open.caseId })}
          />
        </Cells>
      </>
    );
  }
  return (
    <Empty
      title={t('emptyTitle')}
      text={t('emptyText')}
      action={{ label: t('apply'), onTap: () => go('apply') }}
    />
  );
}
