import type { ChannelGroup } from '@talent-card/shared/channels/channel-groups';
import type { IconName } from '@/ui';

export const GROUP_ICONS: Record<ChannelGroup, IconName> = {
  travel: 'ferry',
  medical: 'heart',
  culture: 'hills',
  sport: 'sport',
  education: 'school',
  family: 'people',
  settling: 'pin',
  'entry-exit': 'globe',
  'foreign-experts': 'person',
  housing: 'house',
  finance: 'coin',
  government: 'form',
  career: 'work',
  general: 'grid',
};
