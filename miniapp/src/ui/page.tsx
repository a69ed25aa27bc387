import { View } from '@tarojs/components';
import Taro, { useDidHide, useDidShow } from '@tarojs/taro';
import { type ReactNode, useEffect, useState } from 'react';
import { commonTexts } from '@/i18n/common';
import { useLocale, useT } from '@/platform/i18n';
import { back, currentUrl, replace } from '@/platform/navigation';
import type { TabPage } from '@/platform/pages';
import { quietly } from '@/platform/quietly';
import { useSession } from '@/platform/session';
import { PALETTE, useTheme } from '@/platform/theme';
import { useMe } from '@/services/account';
import { a11y } from './a11y';
import { Icon } from './icon';
import { Overlay, pageComesToFront } from './overlay';
import { ErrorState, Skeleton } from './states';
import { TabBar } from './tab-bar';

export interface PageProps {
  title: string;
  children: ReactNode;
  /** Who may open it: anybody, somebody signed in, or a person with a proven real name. Others are led there and back. */
  access?: 'public' | 'citizen' | 'person';
  /** Draws the tab bar with this tab on, and no back button. */
  tab?: TabPage;
  /** Fixed at the bottom: the one thing to do here. */
  bar?: ReactNode;
  /** Hides the title in the bar, where the page says it larger itself. */
  quietTitle?: boolean;
  /** Deep sea behind everything, in light mode too: the ground that the code lies on. */
  deep?: boolean;
}

const DEEP_SEA = '#0F4C81';

/** Root of every page: theme, elder mode, safe areas, title, access, and what lies over it. */
export function Page({ title, children, access = 'public', tab, bar, quietTitle, deep }: PageProps) {
  const { scheme, elder } = useTheme();
  const locale = useLocale((state) => state.locale);
  const [inFront, setInFront] = useState(true);
  useDidShow(() => {
    pageComesToFront();
    setInFront(true);
  });
  useDidHide(() => setInFront(false));

  useEffect(() => {
    if (!inFront) return;
    const ground = deep ? DEEP_SEA : PALETTE[scheme].mist;
    if (process.env.TARO_ENV === 'h5') {
      document.title = title;
      document.documentElement.lang = locale;
      document.documentElement.style.background = ground;
      document.body.style.background = ground;
    } else {
      quietly(Taro.setNavigationBarTitle({ title }));
      // With a custom bar this colours the clock and the battery above it.
      quietly(
        Taro.setNavigationBarColor({
          frontColor: deep || scheme === 'dark' ? '#ffffff' : '#000000',
          backgroundColor: ground,
        }),
      );
      quietly(Taro.setBackgroundColor({ backgroundColor: ground }));
    }
  }, [inFront, scheme, title, locale, deep]);

  const className = ['tc', scheme, elder && 'elder', tab && 'with-tab', bar && 'with-bar', deep && 'deep']
    .filter(Boolean)
    .join(' ');
  return (
    <View className={className}>
      <NavBar title={quietTitle ? '' : title} tab={Boolean(tab)} deep={Boolean(deep)} />
      <View className="body">
        {access === 'public' ? children : <Guarded access={access}>{children}</Guarded>}
      </View>
      {bar ? (
        <View className="bar">
          <View className="bar__in">{bar}</View>
        </View>
      ) : null}
      {tab ? <TabBar on={tab} /> : null}
      {inFront ? <Overlay /> : null}
    </View>
  );
}

/**
 * Shows its children to those who may see them and leads everybody else to where they become one of them. A session
 * that ends while the page is open is the doing of somebody who leads on from there (erasing, a refused refresh);
 * coming back to the page later leads to the sign-in again.
 */
function Guarded({ access, children }: { access: 'citizen' | 'person'; children: ReactNode }) {
  const signedIn = useSession((state) => state.session !== null);
  const me = useMe();
  const nameless = access === 'person' && me.data?.person === null;
  useDidShow(() => {
    if (!useSession.getState().session) replace('signIn', { next: currentUrl() });
  });
  useEffect(() => {
    if (nameless) replace('realName', { next: currentUrl() });
  }, [nameless]);
  if (!signedIn || nameless) return <Skeleton />;
  if (access === 'person' && !me.data) {
    if (me.isError) {
      return <ErrorState error={me.error} onRetry={() => void me.refetch()} retrying={me.isFetching} />;
    }
    return <Skeleton />;
  }
  return <>{children}</>;
}

function NavBar({ title, tab, deep }: { title: string; tab: boolean; deep: boolean }) {
  const t = useT(commonTexts);
  const insets = useBarInsets();
  const first = Taro.getCurrentPages().length <= 1;
  return (
    <View className="nav" style={insets.top ? { paddingTop: `${insets.top}px` } : {}}>
      <View className="nav__row" style={insets.right ? { paddingRight: `${insets.right}px` } : {}}>
        {tab ? (
          <View className="nav__side" />
        ) : (
          <View
            className="nav__side"
            onClick={back}
            {...a11y({ role: 'button', label: first ? t('toHome') : t('back'), focusable: true })}
          >
            <Icon name={first ? 'home' : 'back'} size={24} colour={deep ? '#FFFFFF' : 'ink'} />
          </View>
        )}
        <View className="nav__title" {...a11y({ role: 'heading' })}>
          {title}
        </View>
        <View className="nav__side" />
      </View>
    </View>
  );
}

/** Room for the status bar and for WeChat's capsule; h5 has neither. */
function useBarInsets(): { top: number; right: number } {
  const [insets] = useState(() => {
    if (process.env.TARO_ENV === 'h5') return { top: 0, right: 0 };
    const screen = Taro.getWindowInfo();
    const capsule = Taro.getMenuButtonBoundingClientRect?.();
    return {
      top: screen.statusBarHeight ?? 20,
      right: capsule ? Math.max(0, screen.windowWidth - capsule.left - 48) : 0,
    };
  });
  return insets;
}
