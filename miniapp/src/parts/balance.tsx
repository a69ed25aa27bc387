import type { Entitlement } from '@talent-card/shared/channels/schema';
import { View } from '@tarojs/components';
import { explainForChannel } from '@/i18n/channel-conditions';
import { goneKey, leftKey, servicesTexts } from '@/i18n/services';
import { type DateWords, useDates, useLocale, useLocalized, useT } from '@/platform/i18n';

type Limit = Entitlement['limits'][number];

/** The limit that binds: the tightest one longer than a single use; null where nothing limits. */
export function bindingLimit({ limits, leftWindow }: Entitlement): Limit | null {
  return limits.find((limit) => limit.window === leftWindow && limit.window !== 'use') ?? null;
}

/** `2027年1月1日` of the day on which a limit begins anew; null where none does. */
export function renewalDay(limit: Limit | null, dates: DateWords): string | null {
  return limit?.renewsOn ? dates.day(limit.renewsOn) : null;
}

/** One line: what is left, what is missing, or that there is no limit. The number stands out. */
export function BalanceLine({ entitlement }: { entitlement: Entitlement }) {
  const t = useT(servicesTexts);
  const dates = useDates();
  const localized = useLocalized();
  const locale = useLocale((state) => state.locale);
  const { left, leftWindow, companions, entitled, conditions, fundedElsewhere } = entitlement;
  const limit = bindingLimit(entitlement);
  const separator = locale === 'en' ? ', ' : '，';
  const unmet = conditions.find(({ outcome }) => outcome !== 'met');
  if (!entitled && unmet) return <View className="bal bal--warn">{explainForChannel(unmet, locale)}</View>;
  if (fundedElsewhere) {
    return <View className="bal bal--warn">{t('fundedBy', { name: localized(fundedElsewhere) })}</View>;
  }
  if (!entitled && left !== 0) return <View className="bal bal--warn">{t('notYours')}</View>;
  if (left === 0 && leftWindow && leftWindow !== 'use') {
    const day = renewalDay(limit, dates);
    return (
      <View className="bal bal--gone">
        {[t(goneKey(leftWindow)), day && t('renews', { day })].filter(Boolean).join(separator)}
      </View>
    );
  }
  const more = companions > 0 ? t('withCompanions', { n: companions }) : null;
  if (left === null || !leftWindow || leftWindow === 'use') {
    return <View className="bal">{[t('unlimited'), more].filter(Boolean).join(separator)}</View>;
  }
  return (
    <View className="bal">
      {t(leftKey(leftWindow))}
      <View className="bal__n tabular">{left}</View>
      <View className="bal__after">{t('leftAfter')}</View>
      {limit ? <View className="bal__of">{t('leftOf', { n: limit.most })}</View> : null}
    </View>
  );
}
