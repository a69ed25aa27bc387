import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { a11y, Button, Icon, type IconName } from '@/ui';

/** The white sheet that the code lies on. */
export function Paper({ children }: { children: ReactNode }) {
  return <View className="paper">{children}</View>;
}

interface Act {
  label: string;
  onTap: () => void;
  pending?: boolean;
}
export interface PaperStateProps {
  icon: IconName;
  title: string;
  text?: string;
  action?: Act;
  /** A second, quieter way on. */
  other?: Act;
  /** Something is in the way, rather than merely not there yet. */
  warn?: boolean;
  busy?: boolean;
}

/** In place of a code: what is the matter and what to do. */
export function PaperState({ icon, title, text, action, other, warn, busy }: PaperStateProps) {
  return (
    <View className="paper__state" {...a11y(busy ? { role: 'status', live: 'polite' } : { role: 'alert' })}>
      <View className={warn ? 'paper__art paper__art--warn' : 'paper__art'}>
        {busy ? (
          <View className="spin" style={{ margin: 0, color: '#0F4C81' }} />
        ) : (
          <Icon name={icon} size={36} colour={warn ? '#8A5A00' : '#0F4C81'} />
        )}
      </View>
      <View className="paper__title">{title}</View>
      {text ? <View className="paper__text">{text}</View> : null}
      {action || other ? (
        <View className="paper__acts btns">
          {action ? (
            <Button pending={Boolean(action.pending)} onTap={action.onTap}>
              {action.label}
            </Button>
          ) : null}
          {other ? (
            <Button kind="ghost" pending={Boolean(other.pending)} onTap={other.onTap}>
              {other.label}
            </Button>
          ) : null}
        </View>
      ) : null}
    </View>
  );
}
