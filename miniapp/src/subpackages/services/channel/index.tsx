import type { Channel, Entitlement } from '@talent-card/shared/channels/schema';
import { View } from '@tarojs/components';
import Taro, { useDidShow, useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import './index.scss';
import { channelTexts } from '@/i18n/channel';
import { actKey } from '@/i18n/services';
import { GROUP_ICONS } from '@/parts/group-icons';
import { callNumber } from '@/parts/place';
import { useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { pageUrl } from '@/platform/pages';
import { queryClient } from '@/platform/query';
import { useSession } from '@/platform/session';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useMe } from '@/services/account';
import { rememberChannel, useChannel, useEntitlement } from '@/services/channels';
import {
  Button,
  Card,
  Cell,
  Cells,
  DemoMark,
  Facts,
  Icon,
  Loaded,
  Notice,
  Page,
  Skeleton,
  toast,
} from '@/ui';
import { BalanceHero, ConditionsCard } from './due-card';
import { VenueCard } from './venue-card';

export default function ChannelPage() {
  const t = useT(channelTexts);
  const { channelId } = useRouter<{ channelId?: string }>().params;
  const channel = useChannel(channelId ?? '');
  const localized = useLocalized();
  useDidShow(() => {
    void queryClient.refetchQueries({ type: 'active', stale: true });
  });
  useRefreshByPulling(() => queryClient.refetchQueries({ type: 'active' }));
  return (
    <Page
      title={channel.data ? localized(channel.data.name) : t('channelTitle')}
      quietTitle={channel.data !== undefined}
      {...(channel.data ? { bar: <Action channel={channel.data} /> } : {})}
    >
      <Loaded query={channel} skeleton={<Skeleton rows={4} />}>
        {(data) => <Content channel={data} />}
      </Loaded>
    </Page>
  );
}

function Content({ channel }: { channel: Channel }) {
  const t = useT(channelTexts);
  const localized = useLocalized();
  useEffect(() => rememberChannel(channel.channelId), [channel.channelId]);
  const { blocks } = channel;
  const facts = (['content', 'who', 'flow', 'limit', 'window'] as const).map((name) => ({
    name: t(name),
    value: <View className="ch-text">{localized(blocks[name])}</View>,
  }));
  return (
    <View className="stack">
      <View className="row ch-head">
        <View className="ch-head__icon">
          <Icon name={GROUP_ICONS[channel.group]} size={26} colour="sea" />
        </View>
        <View className="grow">
          <View className="h1">{localized(channel.name)}</View>
          <View className="ch-head__by">
            <View className="muted">{localized(channel.provider)}</View>
            {channel.demo ? <DemoMark /> : null}
          </View>
        </View>
      </View>
      <Due channelId={channel.channelId} />
      <Card>
        <Facts
          items={[
            ...facts,
            ...(channel.companionRule
              ? [{ name: t('companionRule'), value: localized(channel.companionRule) }]
              : []),
          ]}
        />
        {channel.documentNumber ? (
          <View className="small ch-gap">{t('basis', { document: channel.documentNumber })}</View>
        ) : null}
      </Card>
      <Cells>
        <Cell
          icon="phone"
          title={t('hotline')}
          note={channel.hotline}
          label={`${t('hotline')} ${channel.hotline}`}
          onTap={() => callNumber(channel.hotline)}
        />
      </Cells>
      {channel.venues.length > 0 ? (
        <View>
          <View className="section-head">
            <View className="h2">{t('venues')}</View>
          </View>
          <View className="stack">
            {channel.venues.map((venue) => (
              <VenueCard key={venue.venueId} venue={venue} />
            ))}
          </View>
        </View>
      ) : null}
    </View>
  );
}

/** What is due to me here, live; nothing in its place would leave people guessing, so each failure has words. */
function Due({ channelId }: { channelId: string }) {
  const t = useT(channelTexts);
  const signedIn = useSession((state) => state.session !== null);
  const me = useMe();
  const entitlement = useEntitlement(channelId);
  if (!signedIn || me.data?.person === null) return <Notice>{t('guestBalance')}</Notice>;
  if (entitlement.data) {
    return (
      <>
        <BalanceHero entitlement={entitlement.data} />
        <ConditionsCard entitlement={entitlement.data} />
      </>
    );
  }
  if (!entitlement.isError && !me.isError) return <Skeleton rows={1} />;
  return (
    <Notice tone="warn" title={t('balanceFailed')}>
      <Retry />
    </Notice>
  );
}

function Retry() {
  const t = useT(channelTexts);
  return (
    <Button
      kind="text"
      icon="refresh"
      onTap={() =>
        void queryClient.refetchQueries({
          type: 'active',
          predicate: ({ state }) => state.status === 'error',
        })
      }
    >
      {t('balanceRetry')}
    </Button>
  );
}

const ACT_ICONS = { code: 'code', book: 'calendar', officer: 'person', case: 'form', link: 'link' } as const;

/** The one thing to do here: by the way the channel is used, or what stands before it. */
function Action({ channel }: { channel: Channel }) {
  const t = useT(channelTexts);
  const signedIn = useSession((state) => state.session !== null);
  const me = useMe();
  const entitlement = useEntitlement(channel.channelId);
  const next = pageUrl('channel', { channelId: channel.channelId });
  const book = () => go('slots', { channelId: channel.channelId });
  const timesFirst =
    channel.use === 'book' ? (
      <Button kind="ghost" onTap={book}>
        {t('seeTimes')}
      </Button>
    ) : null;

  if (channel.use === 'link') return <OfficialLink channel={channel} />;
  if (!signedIn) {
    return (
      <View className="ch-bar">
        {timesFirst}
        <Button onTap={() => go('signIn', { next })}>{t('signInFirst')}</Button>
      </View>
    );
  }
  if (me.data?.person === null) {
    return (
      <View className="ch-bar">
        {timesFirst}
        <Button onTap={() => go('realName', { next })}>{t('proveFirst')}</Button>
      </View>
    );
  }
  if (entitlement.data && !entitlement.data.entitled && entitlement.data.left !== 0) {
    return <WayOn entitlement={entitlement.data} channel={channel} />;
  }
  const gone = entitlement.data?.left === 0;
  const act = () => {
    if (channel.use === 'code') {
      const cardId = entitlement.data?.cardId;
      go('code', cardId ? { cardId } : {});
    } else if (channel.use === 'book') book();
    else go('requestForm', { channelId: channel.channelId });
  };
  return (
    <Button disabled={gone} icon={ACT_ICONS[channel.use]} onTap={act}>
      {t(actKey(channel.use))}
    </Button>
  );
}

/** Not open to the person yet: what they can do about the first thing that is missing. */
function WayOn({ entitlement, channel }: { entitlement: Entitlement; channel: Channel }) {
  const t = useT(channelTexts);
  const reason = entitlement.conditions.find(({ outcome }) => outcome === 'unmet')?.reason;
  if (reason === 'HOLDS_CARD.NONE') return <Button onTap={() => go('apply', {})}>{t('applyFirst')}</Button>;
  if (reason === 'HOLDS_CARD.SUSPENDED' || reason === 'HOLDS_CARD.LOST') {
    return <Button onTap={() => go('wallet')}>{t('toWallet')}</Button>;
  }
  return (
    <Button kind="ghost" icon="phone" onTap={() => callNumber(channel.hotline)}>
      {t('hotline')} {channel.hotline}
    </Button>
  );
}

/** WeChat opens no foreign pages: there the address is copied, in a browser it is opened. */
function OfficialLink({ channel }: { channel: Channel }) {
  const t = useT(channelTexts);
  const { officialLink } = channel;
  if (!officialLink) {
    return (
      <Button kind="ghost" icon="phone" onTap={() => callNumber(channel.hotline)}>
        {t('hotline')} {channel.hotline}
      </Button>
    );
  }
  if (process.env.TARO_ENV === 'h5') {
    return (
      <Button icon="link" onTap={() => window.open(officialLink, '_blank', 'noopener')}>
        {t('act-link')}
      </Button>
    );
  }
  const copy = async () => {
    await Taro.setClipboardData({ data: officialLink });
    toast(t('linkCopied'));
  };
  return (
    <Button icon="link" onTap={() => void copy()}>
      {t('copyLink')}
    </Button>
  );
}
