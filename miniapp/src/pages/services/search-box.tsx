import { Input as NativeInput, View } from '@tarojs/components';
import { servicesTexts } from '@/i18n/services';
import { useT } from '@/platform/i18n';
import { a11y, Icon } from '@/ui';

const H5 = process.env.TARO_ENV === 'h5';
const MOST = 40;

export function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT(servicesTexts);
  return (
    <View className="hall-search">
      <Icon name="search" size={20} colour="ink-3" />
      {H5 ? (
        <input
          className="hall-search__input"
          type="search"
          enterKeyHint="search"
          value={value}
          maxLength={MOST}
          placeholder={t('search')}
          aria-label={t('searchLabel')}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <NativeInput
          className="hall-search__input"
          placeholderClass="field__placeholder"
          value={value}
          maxlength={MOST}
          placeholder={t('search')}
          confirmType="search"
          onInput={(event) => onChange(event.detail.value)}
          {...a11y({ label: t('searchLabel') })}
        />
      )}
      {value ? (
        <View
          className="hall-search__clear"
          onClick={() => onChange('')}
          {...a11y({ role: 'button', label: t('clear'), focusable: true })}
        >
          <Icon name="close" size={18} colour="ink-3" />
        </View>
      ) : null}
    </View>
  );
}
