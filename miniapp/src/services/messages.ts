import type { Page } from '@talent-card/shared/common/schema';
import { messageRoutes } from '@talent-card/shared/messages/routes';
import type { Message } from '@talent-card/shared/messages/schema';
import { type InfiniteData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { clock } from '@/platform/clock';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { useSession } from '@/platform/session';

export const MESSAGES_KEY = ['messages'] as const;
const UNREAD_KEY = ['messages-unread'] as const;

export function useUnread() {
  const signedIn = useSession((state) => state.session !== null);
  return useQuery<{ unread: number }>({
    queryKey: UNREAD_KEY,
    queryFn: ({ signal }) => call(messageRoutes.unread, { signal }),
    enabled: signedIn,
  });
}

export function useMessages() {
  return useInfiniteQuery({
    queryKey: MESSAGES_KEY,
    queryFn: ({ pageParam, signal }) =>
      call(messageRoutes.list, { query: pageParam ? { cursor: pageParam } : {}, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** Marks what is already on the screen, so that the list does not jump. */
function markLocally(isRead: (message: Message) => boolean): void {
  const readAt = clock.now().toISOString();
  queryClient.setQueryData<InfiniteData<Page<Message>, string | null>>(MESSAGES_KEY, (data) =>
    data
      ? {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            items: page.items.map((item) =>
              item.readAt === null && isRead(item) ? { ...item, readAt } : item,
            ),
          })),
        }
      : data,
  );
}

export async function readMessage(messageId: string, idempotencyKey: string): Promise<void> {
  const unread = await call(messageRoutes.read, { params: { messageId }, idempotencyKey });
  queryClient.setQueryData(UNREAD_KEY, unread);
  markLocally((message) => message.messageId === messageId);
}

export async function readAllMessages(idempotencyKey: string): Promise<true> {
  const unread = await call(messageRoutes.readAll, { idempotencyKey });
  queryClient.setQueryData(UNREAD_KEY, unread);
  markLocally(() => true);
  return true;
}
