import { DISTRICT_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { CHANNEL_GROUP_NAMES, type ChannelGroup } from '@talent-card/shared/channels/channel-groups';
import type { ChannelSummary, Entitlement } from '@talent-card/shared/channels/schema';
import { ScrollView, View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useMemo, useState } from 'react';
import './index.scss';
import { servicesTexts } from '@/i18n/services';
import { useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import type { PageName } from '@/platform/pages';
import { queryClient } from '@/platform/query';
import { useTheme } from '@/platform/theme';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useMe } from '@/services/account';
import { recentChannels, useChannels, useEntitlements } from '@/services/channels';
import {
  a11y,
  Button,
  DemoMark,
  Dialog,
  Empty,
  Icon,
  type IconName,
  Loaded,
  Notice,
  Page,
  Skeleton,
} from '@/ui';
import { ChannelRow } from './channel-row';
import { EVERYTHING, findChannels, groupsOf, useHall } from './hall';
import { SearchBox } from './search-box';

export default function Services() {
  const t = useT(servicesTexts);
  const channels = useChannels();
  useDidShow(() => {
    void queryClient.refetchQueries({ type: 'active', stale: true });
  });
  useRefreshByPulling(() => queryClient.refetchQueries({ type: 'active' }));
  return (
    <Page title={t('title')} tab="services">
      <Loaded
        query={channels}
        skeleton={<Skeleton rows={6} />}
        empty={{
          when: (items) => items.length === 0,
          show: (
            <Empty
              title={t('noneTitle')}
              text={t('noneText')}
              action={{ label: t('noneAct'), onTap: () => go('home') }}
            />
          ),
        }}
      >
        {(items) => <Hall channels={items} kept={channels.isError} />}
      </Loaded>
    </Page>
  );
}

/** @param kept the list is that of last time: the service did not answer */
function Hall({ channels, kept }: { channels: ChannelSummary[]; kept: boolean }) {
  const t = useT(servicesTexts);
  const filter = useHall();
  const elder = useTheme((state) => state.elder);
  const me = useMe();
  const entitlements = useEntitlements();
  const mine = useMemo(
    () => new Map(entitlements.data?.map((one) => [one.channelId, one] as const)),
    [entitlements.data],
  );
  const balancesFailed = [me, entitlements].some(({ isError, data }) => isError && !data);
  const found = useMemo(() => findChannels(channels, filter), [channels, filter]);
  const allDemo = channels.every(({ demo }) => demo);
  const filtered = filter.query.trim() !== '' || filter.group !== null || filter.zone !== null;
  return (
    <>
      <SearchBox value={filter.query} onChange={(query) => useHall.setState({ query })} />
      <Filters channels={channels} />
      {me.data?.person && !filtered ? <Shortcuts /> : null}
      {filtered || elder ? null : <Recent channels={channels} mine={mine} />}
      {kept ? <Notice tone="warn">{t('listKept')}</Notice> : null}
      {!kept && balancesFailed ? <Notice tone="warn">{t('balancesFailed')}</Notice> : null}
      {found.length > 0 && (filtered || allDemo) ? (
        <View className="row hall-count">
          <View className="small grow" {...a11y({ role: 'status', live: 'polite' })}>
            {filtered ? t('found', { n: found.length }) : t('count', { n: found.length })}
          </View>
          {allDemo ? <DemoMark /> : null}
        </View>
      ) : null}
      {found.length === 0 ? (
        <Empty
          title={t('emptyTitle')}
          text={t('emptyText')}
          action={{ label: t('emptyAct'), onTap: () => useHall.setState(EVERYTHING) }}
        />
      ) : (
        <View className="stack stack--tight" {...a11y({ role: 'list' })}>
          {found.map((channel) => (
            <ChannelRow
              key={channel.channelId}
              channel={channel}
              entitlement={mine.get(channel.channelId)}
              marked={!allDemo}
            />
          ))}
        </View>
      )}
    </>
  );
}

function Filters({ channels }: { channels: ChannelSummary[] }) {
  const t = useT(servicesTexts);
  const localized = useLocalized();
  const { group, zone } = useHall();
  const [choosing, setChoosing] = useState(false);
  const groups: (ChannelGroup | null)[] = [null, ...groupsOf(channels)];
  return (
    <View className="hall-filters">
      <ScrollView className="hall-groups" scrollX enhanced showScrollbar={false}>
        <View className="hall-groups__in" {...a11y({ role: 'radiogroup', label: t('groups') })}>
          {groups.map((one) => (
            <View
              key={one ?? 'all'}
              className={one === group ? 'pill pill--on' : 'pill'}
              onClick={() => useHall.setState({ group: one })}
              {...a11y({ role: 'radio', checked: one === group, focusable: true })}
            >
              {one ? localized(CHANNEL_GROUP_NAMES[one]) : t('all')}
            </View>
          ))}
        </View>
      </ScrollView>
      <View
        className={zone ? 'pill pill--zone pill--tint' : 'pill pill--zone'}
        onClick={() => setChoosing(true)}
        {...a11y({
          role: 'button',
          focusable: true,
          label: `${t('zone')} ${zone ? localized(zoneName(zone)) : t('wholeCity')}`,
        })}
      >
        {zone ? localized(zoneName(zone)) : t('wholeCity')}
        <Icon name="down" size={16} colour={zone ? 'sea' : 'ink-3'} />
      </View>
      {choosing ? <ZoneDialog onClose={() => setChoosing(false)} /> : null}
    </View>
  );
}

function ZoneDialog({ onClose }: { onClose: () => void }) {
  const t = useT(servicesTexts);
  const localized = useLocalized();
  const zone = useHall((state) => state.zone);
  const choose = (code: string | null) => {
    useHall.setState({ zone: code });
    onClose();
  };
  return (
    <Dialog title={t('zoneTitle')} onClose={onClose}>
      <View className="choices hall-zones" {...a11y({ role: 'radiogroup', label: t('zone') })}>
        {[null, ...DISTRICT_CODES].map((code) => (
          <View
            key={code ?? 'all'}
            className={code === zone ? 'choice choice--on' : 'choice'}
            onClick={() => choose(code)}
            {...a11y({ role: 'radio', checked: code === zone, focusable: true })}
          >
            {code ? localized(zoneName(code)) : t('wholeCity')}
          </View>
        ))}
      </View>
      <Button kind="ghost" onTap={onClose}>
        {t('zoneClose')}
      </Button>
    </Dialog>
  );
}

const SHORTCUTS: readonly {
  page: Extract<PageName, 'bookings' | 'uses' | 'requests'>;
  icon: IconName;
  text: 'myBookings' | 'myUses' | 'myRequests';
}[] = [
  { page: 'bookings', icon: 'calendar', text: 'myBookings' },
  { page: 'uses', icon: 'clock', text: 'myUses' },
  { page: 'requests', icon: 'form', text: 'myRequests' },
];

/** What one has under way, one tap away. */
function Shortcuts() {
  const t = useT(servicesTexts);
  return (
    <View className="card hall-mine">
      {SHORTCUTS.map(({ page, icon, text }) => (
        <View
          key={page}
          className="hall-mine__item"
          onClick={() => go(page)}
          {...a11y({ role: 'button', focusable: true })}
        >
          <Icon name={icon} size={22} colour="sea" />
          {t(text)}
        </View>
      ))}
    </View>
  );
}

function Recent({ channels, mine }: { channels: ChannelSummary[]; mine: Map<string, Entitlement> }) {
  const t = useT(servicesTexts);
  const localized = useLocalized();
  const [ids, setIds] = useState(recentChannels);
  useDidShow(() => setIds(recentChannels()));
  const seen = ids.flatMap((id) => channels.find(({ channelId }) => channelId === id) ?? []);
  if (seen.length === 0) return null;
  return (
    <View>
      <View className="small hall-recent__title">{t('recent')}</View>
      <View className="hall-recent">
        {seen.map((channel) => {
          const left = mine.get(channel.channelId)?.left ?? null;
          return (
            <View
              key={channel.channelId}
              className="pill"
              onClick={() => go('channel', { channelId: channel.channelId })}
              {...a11y({ role: 'button', focusable: true })}
            >
              {localized(channel.name)}
              {left === null ? null : <View className="hall-recent__left tabular">{left}</View>}
            </View>
          );
        })}
      </View>
    </View>
  );
}
