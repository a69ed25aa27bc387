import type { ChannelSummary, Entitlement } from '@talent-card/shared/channels/schema';
import { View } from '@tarojs/components';
import { memo } from 'react';
import { servicesTexts, wayKey } from '@/i18n/services';
import { BalanceLine } from '@/parts/balance';
import { GROUP_ICONS } from '@/parts/group-icons';
import { useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { useTheme } from '@/platform/theme';
import { a11y, DemoMark, Icon } from '@/ui';

export interface ChannelRowProps {
  channel: ChannelSummary;
  /** What it holds for the caller; absent while nobody is known. */
  entitlement?: Entitlement | undefined;
  /** Marks it as demo data, where the list as a whole does not say so. */
  marked: boolean;
}

/** One channel: what it is, whose, what is due to me, and how it is used. */
export const ChannelRow = memo(function ChannelRow({ channel, entitlement, marked }: ChannelRowProps) {
  const t = useT(servicesTexts);
  const localized = useLocalized();
  const elder = useTheme((state) => state.elder);
  const off = entitlement !== undefined && (!entitlement.entitled || entitlement.left === 0);
  return (
    <View
      className={off ? 'chan chan--off' : 'chan'}
      hoverClass="cell--press"
      onClick={() => go('channel', { channelId: channel.channelId })}
      {...a11y({ role: 'button', focusable: true })}
    >
      <View className="chan__icon">
        <Icon name={GROUP_ICONS[channel.group]} size={24} colour={off ? 'ink-3' : 'sea'} />
      </View>
      <View className="grow">
        <View className="chan__name">{localized(channel.name)}</View>
        {elder ? null : (
          <View className="small">
            {localized(channel.provider)}
            {marked && channel.demo ? (
              <View className="chan__demo">
                <DemoMark />
              </View>
            ) : null}
          </View>
        )}
        {entitlement ? (
          <BalanceLine entitlement={entitlement} />
        ) : (
          <View className="bal">{localized(channel.summary)}</View>
        )}
      </View>
      <View className={off ? 'chan__use chan__use--off' : 'chan__use'}>{t(wayKey(channel.use))}</View>
    </View>
  );
});
