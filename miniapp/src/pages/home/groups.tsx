import { CHANNEL_GROUP_NAMES, type ChannelGroup } from '@talent-card/shared/channels/channel-groups';
import { View } from '@tarojs/components';
import { homeTexts } from '@/i18n/home';
import { GROUP_ICONS } from '@/parts/group-icons';
import { useLocalized, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { a11y, Icon, type IconName } from '@/ui';
import { EVERYTHING, useHall } from '../services/hall';

const SHOWN: readonly ChannelGroup[] = [
  'travel',
  'medical',
  'culture',
  'sport',
  'education',
  'housing',
  'government',
];

/** The groups of green channels, one tap from the hall with the group chosen. */
export function Groups() {
  const t = useT(homeTexts);
  const localized = useLocalized();
  const open = (group: ChannelGroup | null) => {
    useHall.setState({ ...EVERYTHING, group });
    go('services');
  };
  const item = (key: string, icon: IconName, name: string, group: ChannelGroup | null) => (
    <View
      key={key}
      className="coming__item"
      onClick={() => open(group)}
      {...a11y({ role: 'button', label: name, focusable: true })}
    >
      <View className="coming__icon">
        <Icon name={icon} size={24} colour="sea" />
      </View>
      {name}
    </View>
  );
  return (
    <View>
      <View className="section-head">
        <View className="h2">{t('openToYou')}</View>
        <View className="small">{t('greenChannels')}</View>
      </View>
      <View className="card coming">
        {SHOWN.map((group) => item(group, GROUP_ICONS[group], localized(CHANNEL_GROUP_NAMES[group]), group))}
        {item('all', 'grid', t('allServices'), null)}
      </View>
    </View>
  );
}
