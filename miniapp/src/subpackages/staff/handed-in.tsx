import { View } from '@tarojs/components';
import { staffTexts } from '@/i18n/staff';
import { useT } from '@/platform/i18n';
import { Notice } from '@/ui';
import { useClerk } from './clerk';
import { useQueue } from './queue';

/** What became of the uses of a phone that was stopped, and that nothing is left to do; nothing where none was handed in. */
export function HandedIn() {
  const t = useT(staffTexts);
  const deviceId = useClerk((state) => state.clerk?.deviceId);
  const results = useQueue((state) => state.results);
  const handed = results.filter(({ handedInBy }) => handedInBy && handedInBy === deviceId);
  const refused = handed.filter((one) => one.outcome === 'refused').length;
  const waiting = handed.length - refused;
  if (handed.length === 0) return null;
  return (
    <Notice tone={refused > 0 ? 'warn' : 'ok'} title={t('handedIn')}>
      {waiting > 0 ? <View>{t('handedInWaiting', { n: waiting })}</View> : null}
      {refused > 0 ? <View>{t('handedInRefused', { n: refused })}</View> : null}
    </Notice>
  );
}
