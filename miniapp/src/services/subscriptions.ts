import { subscriptionRoutes } from '@talent-card/shared/messages/routes';
import type { Subscription, SubscriptionTopic } from '@talent-card/shared/messages/schema';
import { useQuery } from '@tanstack/react-query';
import Taro from '@tarojs/taro';
import { newIdempotencyKey } from '@/platform/idempotency';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { useSession } from '@/platform/session';

const SUBSCRIPTIONS_KEY = ['subscriptions'] as const;

/** Templates that the operator has and what was granted. Only WeChat sends such messages: h5 asks for nothing. */
export function useSubscriptions() {
  const signedIn = useSession((state) => state.session !== null);
  return useQuery<Subscription[]>({
    queryKey: SUBSCRIPTIONS_KEY,
    queryFn: async ({ signal }) => (await call(subscriptionRoutes.list, { signal })).items,
    enabled: signedIn && process.env.TARO_ENV === 'weapp',
  });
}

const ANSWERS = ['accept', 'reject', 'ban', 'filter'] as const;
type Answer = (typeof ANSWERS)[number];

/**
 * Asks for one topic. Must be called in the tap itself: WeChat refuses after anything that takes time. Resolves to
 * whether the person said yes; what they said is kept by the service, for WeChat cannot be asked.
 */
export async function askToSubscribe(
  subscriptions: readonly Subscription[],
  topic: SubscriptionTopic,
): Promise<boolean> {
  const wanted = subscriptions.filter((one) => one.topic === topic && !one.blocked);
  if (wanted.length === 0) return false;
  const told: Record<string, unknown> = await new Promise((resolve) => {
    Taro.requestSubscribeMessage({
      tmplIds: wanted.map((one) => one.templateId),
      entityIds: [],
      success: (answer) => resolve({ ...answer }),
      fail: () => resolve({}),
    });
  });
  const answers = wanted.flatMap(({ templateId }) => {
    const answer = told[templateId];
    return ANSWERS.includes(answer as Answer) ? [{ templateId, answer: answer as Answer }] : [];
  });
  if (answers.length === 0) return false;
  const { items } = await call(subscriptionRoutes.record, {
    body: { answers },
    idempotencyKey: await newIdempotencyKey(),
  });
  queryClient.setQueryData(SUBSCRIPTIONS_KEY, items);
  return answers.some(({ answer }) => answer === 'accept');
}
