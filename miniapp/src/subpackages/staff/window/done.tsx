import { Image, View } from '@tarojs/components';
import { staffTexts } from '@/i18n/staff';
import { useLocalized, useT } from '@/platform/i18n';
import { a11y, Button, Notice } from '@/ui';
import type { LetIn } from './use-window';
import { shapeOf } from './verdict';

/** It is recorded, here or at the service; how a mistake is mended, and the next one. */
export function Done({ letIn, onNext }: { letIn: LetIn; onNext: () => void }) {
  const t = useT(staffTexts);
  const localized = useLocalized();
  const { use } = letIn;
  const left = use && (use.left === null ? t('doneNoLimit') : t('doneLeft', { n: use.left }));
  return (
    <>
      <View className="verdict verdict--green" {...a11y({ role: 'alert', live: 'assertive' })}>
        <Image className="verdict__shape" src={shapeOf('green')} {...a11y({ hidden: true })} />
        <View className="grow">
          <View className="verdict__title">{t(use ? 'done' : 'doneOffline')}</View>
          <View>
            {letIn.maskedName} · {localized(letIn.name)}
            {letIn.party > 1 ? ` · ${t('party', { n: letIn.party })}` : ''}
          </View>
          {left ? <View>{left}</View> : null}
          {use?.bookingId ? <View>{t('doneArrived')}</View> : null}
        </View>
      </View>
      <Button icon="scan" onTap={onNext}>
        {t('scanNext')}
      </Button>
      <Notice>{t(use ? 'undoHint' : 'undoOfflineHint')}</Notice>
    </>
  );
}
