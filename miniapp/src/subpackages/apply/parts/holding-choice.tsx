import { View } from '@tarojs/components';
import { applyTexts } from '@/i18n/apply';
import { useT } from '@/platform/i18n';
import { a11y, Badge } from '@/ui';
import type { Holding } from '../draft';
import { isClosed } from '../form-rules';

const HOLDINGS: readonly Holding[] = ['1', '2', '3', '4', 'unsure'];

export interface HoldingChoiceProps {
  value: Holding | null;
  error: string | null;
  onChange: (value: Holding) => void;
}

/** The one question that decides the path, each answer with what it leads to. */
export function HoldingChoice({ value, error, onChange }: HoldingChoiceProps) {
  const t = useT(applyTexts);
  return (
    <View>
      <View className="stack stack--tight" {...a11y({ role: 'radiogroup', label: t('field-holding') })}>
        {HOLDINGS.map((holding) => {
          const on = holding === value;
          return (
            <View
              key={holding}
              className={on ? 'ap-radio ap-radio--on' : 'ap-radio'}
              onClick={() => onChange(holding)}
              {...a11y({ role: 'radio', checked: on, label: t(`holding-${holding}`), focusable: true })}
            >
              <View className={on ? 'ap-radio__dot ap-radio__dot--on' : 'ap-radio__dot'} />
              <View className="split grow">
                <View className="grow">
                  <View className="ap-radio__title">{t(`holding-${holding}`)}</View>
                  <View className="small">{t(`holdingNote-${holding}`)}</View>
                </View>
                {isClosed(holding) ? <Badge tone="quiet">{t('soon')}</Badge> : null}
              </View>
            </View>
          );
        })}
      </View>
      {error ? (
        <View className="field__error" {...a11y({ role: 'alert' })}>
          {error}
        </View>
      ) : null}
    </View>
  );
}
