import type { Message } from '@talent-card/shared/messages/schema';
import { View } from '@tarojs/components';
import { useDidShow, useReachBottom, useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import './index.scss';
import { commonTexts } from '@/i18n/common';
import { explain } from '@/i18n/errors';
import { messagesTexts, messageTitles, reasonText } from '@/i18n/messages';
import { textIn, useDates, useLocale, useT } from '@/platform/i18n';
import { go } from '@/platform/navigation';
import { queryClient } from '@/platform/query';
import { useSession } from '@/platform/session';
import { useRefreshByPulling } from '@/platform/use-refresh';
import { useSubmit } from '@/platform/use-submit';
import { readAllMessages, readMessage, useMessages, useUnread } from '@/services/messages';
import { a11y, Button, Empty, ErrorState, Icon, Notice, Page, Skeleton } from '@/ui';
import { bodyOf, ICONS, openLink, subjectOf } from './kinds';

/** The message that a notice of WeChat led to last: going back from it must not lead there again. */
let followed: string | null = null;

export default function Messages() {
  const t = useT(messagesTexts);
  const signedIn = useSession((state) => state.session !== null);
  useDidShow(() => {
    // List and count together, however fresh: they stand side by side and must agree.
    void queryClient.refetchQueries({ type: 'active' });
  });
  useRefreshByPulling(() => queryClient.refetchQueries({ type: 'active' }));
  return (
    <Page title={t('title')} tab="messages">
      {signedIn ? (
        <Inbox />
      ) : (
        <Empty
          title={t('guestTitle')}
          text={t('guestText')}
          action={{ label: t('signIn'), onTap: () => go('signIn', { next: '/pages/messages/index' }) }}
        />
      )}
    </Page>
  );
}

function Inbox() {
  const t = useT(messagesTexts);
  const common = useT(commonTexts);
  const locale = useLocale((state) => state.locale);
  const messages = useMessages();
  const unread = useUnread().data?.unread ?? 0;
  const readAll = useSubmit((_: null, key) => readAllMessages(key));
  const more = () => {
    if (messages.hasNextPage && !messages.isFetchingNextPage) void messages.fetchNextPage();
  };
  useReachBottom(more);

  if (!messages.data) {
    return messages.isError ? (
      <ErrorState
        error={messages.error}
        onRetry={() => void messages.refetch()}
        retrying={messages.isFetching}
      />
    ) : (
      <Skeleton rows={4} />
    );
  }
  const items = messages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty
        title={t('emptyTitle')}
        text={t('emptyText')}
        action={{ label: t('emptyAct'), onTap: () => go('home') }}
      />
    );
  }
  return (
    <>
      {unread > 0 ? (
        <View className="row" style={{ justifyContent: 'space-between' }}>
          <View className="muted">{t('unreadCount', { n: unread })}</View>
          <Button kind="ghost" small pending={readAll.pending} onTap={() => void readAll.submit(null)}>
            {t('readAll')}
          </Button>
        </View>
      ) : null}
      {readAll.error ? (
        <Notice tone="danger" alert>
          {explain(readAll.error, locale)}
        </Notice>
      ) : null}
      <View className="cells" {...a11y({ role: 'list' })}>
        {items.map((message) => (
          <MessageItem key={message.messageId} message={message} />
        ))}
      </View>
      {messages.hasNextPage ? (
        <Button kind="ghost" pending={messages.isFetchingNextPage} onTap={more}>
          {messages.isFetchNextPageError ? common('retry') : common('loadMore')}
        </Button>
      ) : null}
    </>
  );
}

function MessageItem({ message }: { message: Message }) {
  const t = useT(messagesTexts);
  const locale = useLocale((state) => state.locale);
  const dates = useDates();
  const reading = useSubmit((messageId: string, key) => readMessage(messageId, key).then(() => true));
  const unread = message.readAt === null;
  const title = textIn(locale, messageTitles[message.kind], message.params);
  const reason = message.params.reason ?? message.params.note;
  const when = dates.recent(message.createdAt);
  const subject = subjectOf(message, locale);

  const open = () => {
    // Reading is marked in passing: what one opens does not wait for it, and it is tried again next time.
    if (unread) void reading.submit(message.messageId);
    openLink(message);
  };
  const { open: noticed } = useRouter<{ open?: string }>().params;
  useEffect(() => {
    if (noticed !== message.messageId || followed === noticed) return;
    followed = noticed;
    open();
  });
  return (
    <View
      className="message"
      hoverClass="cell--press"
      onClick={open}
      {...a11y({
        role: 'button',
        focusable: true,
        label: t('item', { state: unread ? `${t('unread')} ` : '', title, when }),
      })}
    >
      <View className="message__icon">
        <Icon name={ICONS[message.kind]} size={22} colour={unread ? 'sea' : 'ink-3'} />
        {unread ? <View className="message__dot" /> : null}
      </View>
      <View className="grow">
        <View className="message__head">
          <View className={unread ? 'grow message__title message__title--unread' : 'grow message__title'}>
            {title}
          </View>
          <View className="small message__when">{when}</View>
        </View>
        {subject ? <View>{subject}</View> : null}
        <View className="muted">{bodyOf(message, locale)}</View>
        {reason ? <View className="small">{textIn(locale, reasonText, { reason })}</View> : null}
      </View>
    </View>
  );
}
