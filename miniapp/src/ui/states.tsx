import type { UseQueryResult } from '@tanstack/react-query';
import { Image, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { commonTexts } from '@/i18n/common';
import { explain } from '@/i18n/errors';
import { ApiError } from '@/platform/api-error';
import { useLocale, useT } from '@/platform/i18n';
import { PALETTE, useTheme } from '@/platform/theme';
import { a11y } from './a11y';
import { Button } from './button';
import { svgUri } from './svg';

/** Grey bones in the shape of what is coming. */
export function Skeleton({ rows = 3, face = false }: { rows?: number; face?: boolean }) {
  const t = useT(commonTexts);
  return (
    <View className="stack" {...a11y({ role: 'status', label: t('loading'), live: 'polite' })}>
      {face ? <View className="bone" style={{ paddingTop: '63.084%', borderRadius: '12px' }} /> : null}
      {Array.from({ length: rows }, (_, i) => i).map((i) => (
        <View className="card" key={i}>
          <View className="bone" style={{ height: '18px', width: '45%' }} />
          <View className="bone" style={{ height: '14px', width: '85%', marginTop: '12px' }} />
        </View>
      ))}
    </View>
  );
}

/** A quiet bay with a sail: nothing here yet, and nothing wrong. */
function CalmBay() {
  const scheme = useTheme((state) => state.scheme);
  const colours = PALETTE[scheme];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="224" viewBox="0 0 160 112" fill="none"><circle cx="116" cy="34" r="14" fill="${colours['sea-tint']}"/><path d="M8 76c14-18 28-22 40-8 8-22 26-28 44 8z" fill="${colours['sea-tint']}"/><path d="M92 78V44l22 26H92" stroke="${colours['ink-3']}" stroke-width="2" stroke-linejoin="round"/><path d="M84 80h34l-6 8H90z" fill="${colours['ink-3']}"/><path d="M4 90q10-5 20 0t20 0 20 0 20 0 20 0 20 0 20 0 12-2M16 100q10-5 20 0t20 0 20 0 20 0 20 0 20 0" stroke="${colours.sea}" stroke-width="2" stroke-linecap="round" opacity=".55"/></svg>`;
  return <Image className="state__art" src={svgUri(svg)} {...a11y({ hidden: true })} />;
}

export interface EmptyProps {
  title: string;
  text?: string;
  /** The way on. */
  action?: { label: string; onTap: () => void };
}
export function Empty({ title, text, action }: EmptyProps) {
  return (
    <View className="state">
      <CalmBay />
      <View className="state__title">{title}</View>
      {text ? <View className="state__text">{text}</View> : null}
      {action ? (
        <View className="state__act">
          <Button onTap={action.onTap}>{action.label}</Button>
        </View>
      ) : null}
    </View>
  );
}

/** What went wrong in words, a retry, and the number to give on the phone. */
export function ErrorState({
  error,
  onRetry,
  retrying,
}: {
  error: unknown;
  onRetry: () => void;
  retrying?: boolean;
}) {
  const t = useT(commonTexts);
  const locale = useLocale((state) => state.locale);
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <View className="state" {...a11y({ role: 'alert' })}>
      <CalmBay />
      <View className="state__title">{t('didNotWork')}</View>
      <View className="state__text">{explain(error, locale)}</View>
      <View className="state__act">
        <Button kind="ghost" icon="refresh" onTap={onRetry} pending={Boolean(retrying)}>
          {t('retry')}
        </Button>
      </View>
      {requestId ? <View className="state__id">{t('requestId', { id: requestId })}</View> : null}
    </View>
  );
}

export interface LoadedProps<T> {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  /** Shown in place of the content when it is there and empty. */
  empty?: { when: (data: T) => boolean; show: ReactNode };
  children: (data: T) => ReactNode;
}
/** The four states of what is loaded: bones, content, empty with a way on, failed with a retry. */
export function Loaded<T>({ query, skeleton, empty, children }: LoadedProps<T>) {
  if (query.data !== undefined) {
    return <>{empty?.when(query.data) ? empty.show : children(query.data)}</>;
  }
  if (query.isError) {
    return (
      <ErrorState error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
    );
  }
  return <>{skeleton ?? <Skeleton />}</>;
}
