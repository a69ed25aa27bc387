import { LIST_AGES_AFTER } from '@talent-card/shared/card-code/verify';
import { View } from '@tarojs/components';
import { staffTexts } from '@/i18n/staff';
import { useDates, useT } from '@/platform/i18n';
import { serverNow } from '@/platform/server-time';
import { Icon } from '@/ui';
import { useKit } from '../kit';

/** How long the phone could go on alone, and how old its list is. */
export function Keeping() {
  const t = useT(staffTexts);
  const dates = useDates();
  const { kit } = useKit();
  if (!kit) return null;
  const now = serverNow().getTime();
  const over = Date.parse(kit.usableUntil) <= now;
  const aged = now - Date.parse(kit.statusList.issuedAt) > LIST_AGES_AFTER * 1000;
  const bad = over || aged;
  return (
    <View className={bad ? 'keeping keeping--bad' : 'keeping'}>
      <Icon name={bad ? 'warn' : 'shield'} size={18} colour={bad ? 'warn' : 'youth'} />
      <View className="grow">
        {over ? t('offlineOver') : t('offlineUntil', { time: dates.recent(kit.usableUntil) })}
        {' · '}
        {t('listFrom', { when: dates.recent(kit.statusList.issuedAt) })}
      </View>
    </View>
  );
}
