import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';

export type Tone = 'info' | 'ok' | 'warn' | 'danger' | 'gold' | 'quiet';

export function Badge({ tone = 'info', children }: { tone?: Tone; children: ReactNode }) {
  return <View className={tone === 'info' ? 'badge' : `badge badge--${tone}`}>{children}</View>;
}

/** 演示数据: what is shown here is invented or not yet confirmed. */
export function DemoMark() {
  const t = useT(commonTexts);
  return <Badge tone="gold">{t('demoData')}</Badge>;
}

/** 沙箱·演示: WeChat and the identity check are simulated. */
export function SandboxMark() {
  const t = useT(commonTexts);
  return <Badge tone="warn">{t('sandbox')}</Badge>;
}

const NOTICE_ICONS: Record<Tone, IconName> = {
  info: 'info',
  ok: 'ok',
  warn: 'warn',
  danger: 'warn',
  gold: 'info',
  quiet: 'info',
};
const NOTICE_COLOURS = {
  info: 'sea',
  ok: 'youth',
  warn: 'warn',
  danger: 'danger',
  gold: 'gold-ink',
  quiet: 'ink-2',
} as const;

export interface NoticeProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** Read out at once: for what has just gone wrong. */
  alert?: boolean;
}
export function Notice({ tone = 'info', title, children, alert }: NoticeProps) {
  return (
    <View
      className={tone === 'info' ? 'notice' : `notice notice--${tone}`}
      {...a11y(alert ? { role: 'alert', live: 'assertive' } : {})}
    >
      <View className="notice__icon">
        <Icon name={NOTICE_ICONS[tone]} size={20} colour={NOTICE_COLOURS[tone]} />
      </View>
      <View className="grow">
        {title ? <View className="strong">{title}</View> : null}
        {children ? <View>{children}</View> : null}
      </View>
    </View>
  );
}

export interface TimelineItem {
  key: string;
  title: ReactNode;
  when?: ReactNode;
  note?: ReactNode;
  status: 'done' | 'now' | 'ahead' | 'bad';
}
/** What has happened, is happening and is to come, from top to bottom. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  return (
    <View className="tl" {...a11y({ role: 'list' })}>
      {items.map((item, i) => (
        <View className={`tl__item tl__item--${item.status}`} key={item.key} {...a11y({ role: 'listitem' })}>
          {i < items.length - 1 ? <View className="tl__line" /> : null}
          <View className="tl__dot" />
          <View className="grow">
            <View className="tl__title">{item.title}</View>
            {item.when ? <View className="small">{item.when}</View> : null}
            {item.note ? <View className="tl__note">{item.note}</View> : null}
          </View>
        </View>
      ))}
    </View>
  );
}
