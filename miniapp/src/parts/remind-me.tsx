import type { SubscriptionTopic } from '@talent-card/shared/messages/schema';
import { View } from '@tarojs/components';
import { bookingsTexts } from '@/i18n/bookings';
import { explain } from '@/i18n/errors';
import { useLocale, useT } from '@/platform/i18n';
import { useAction } from '@/platform/use-action';
import { askToSubscribe, useSubscriptions } from '@/services/subscriptions';
import { Button, Card, toast } from '@/ui';

/**
 * Offers WeChat's messages for a topic, asked for by a tap of its own. Nothing is drawn on h5, where the operator has
 * no template, where one is granted already, and where somebody has said "never".
 */
export function RemindMe({ topic }: { topic: SubscriptionTopic }) {
  const t = useT(bookingsTexts);
  const locale = useLocale((state) => state.locale);
  const subscriptions = useSubscriptions();
  const asking = useAction(async (_: null) => {
    const yes = await askToSubscribe(subscriptions.data ?? [], topic);
    toast(t(yes ? 'remindOn' : 'remindOff'));
    return yes;
  });
  const wanted = subscriptions.data?.filter((one) => one.topic === topic && !one.blocked) ?? [];
  if (wanted.length === 0 || wanted.every((one) => one.granted > 0)) return null;
  return (
    <Card>
      <View className="muted remind__text">{t(`remindText-${topic}`)}</View>
      <Button kind="ghost" icon="bell" pending={asking.pending} onTap={() => void asking.run(null)}>
        {t('remind')}
      </Button>
      {asking.error ? <View className="field__error">{explain(asking.error, locale)}</View> : null}
    </Card>
  );
}
