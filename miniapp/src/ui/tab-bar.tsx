import { View } from '@tarojs/components';
import { commonTexts } from '@/i18n/common';
import { useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import type { TabPage } from '@/platform/pages';
import { useTheme } from '@/platform/theme';
import { useUnread } from '@/services/messages';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';

const TABS: readonly {
  page: TabPage | 'code';
  icon: IconName;
  text: 'tabHome' | 'tabServices' | 'tabCode' | 'tabMessages' | 'tabMe';
}[] = [
  { page: 'home', icon: 'home', text: 'tabHome' },
  { page: 'services', icon: 'grid', text: 'tabServices' },
  // No tab: it opens on top, so that "back" leads to where one was.
  { page: 'code', icon: 'code', text: 'tabCode' },
  { page: 'messages', icon: 'bell', text: 'tabMessages' },
  { page: 'me', icon: 'person', text: 'tabMe' },
];
const MOST_UNREAD_SHOWN = 99;

/** Drawn by the page, with the code raised between the tabs. */
export function TabBar({ on }: { on: TabPage }) {
  const t = useT(commonTexts);
  const elder = useTheme((state) => state.elder);
  const unread = useUnread().data?.unread ?? 0;
  return (
    <View className="tabs" {...a11y({ role: 'navigation' })}>
      <View className="tabs__in">
        {TABS.map(({ page, icon, text }) => {
          const count = page === 'messages' ? unread : 0;
          if (page === 'code') {
            return (
              <View
                key={page}
                className="tabs__item tabs__item--code"
                onClick={() => go('code')}
                {...a11y({ role: 'button', label: t(text), focusable: true })}
              >
                <View className="tabs__raised">
                  <Icon name={icon} size={elder ? 32 : 28} colour="#FFFFFF" />
                </View>
                {t(text)}
              </View>
            );
          }
          return (
            <View
              key={page}
              className={page === on ? 'tabs__item tabs__item--on' : 'tabs__item'}
              onClick={() => {
                if (page !== on) go(page);
              }}
              {...a11y({
                role: 'button',
                label: count > 0 ? t('tabUnread', { tab: t(text), n: count }) : t(text),
                focusable: true,
              })}
            >
              <Icon name={icon} size={elder ? 28 : 24} colour={page === on ? 'sea' : 'ink-3'} />
              {t(text)}
              {count > 0 ? (
                <View className="tabs__unread">{count > MOST_UNREAD_SHOWN ? '99+' : count}</View>
              ) : null}
            </View>
          );
        })}
      </View>
    </View>
  );
}
