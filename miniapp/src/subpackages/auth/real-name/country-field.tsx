import { ScrollView, View } from '@tarojs/components';
import { useState } from 'react';
import { authTexts } from '@/i18n/auth';
import { useLocale, useT } from '@/platform/i18n';
import { a11y, Button, Dialog, Icon, Input, OpenField } from '@/ui';
import { countryName, findCountries } from './countries';
import './country-field.scss';

interface CountryFieldProps {
  /** ISO 3166-1 alpha-3, empty while nothing is chosen. */
  value: string;
  onChange: (code: string) => void;
  error?: string | null;
}

/** One of 249: a wheel is no help, so one searches. */
export function CountryField({ value, onChange, error }: CountryFieldProps) {
  const t = useT(authTexts);
  const locale = useLocale((state) => state.locale);
  const [open, setOpen] = useState(false);
  return (
    // One element for whoever spaces the fields: a space would push the dialog down as well.
    <View>
      <OpenField
        label={t('nationality')}
        value={countryName(value, locale)}
        onTap={() => setOpen(true)}
        error={error}
        hint={t('nationalityHint')}
      />
      {open ? (
        <CountryList
          value={value}
          onClose={() => setOpen(false)}
          onChoose={(code) => {
            setOpen(false);
            onChange(code);
          }}
        />
      ) : null}
    </View>
  );
}

interface CountryListProps {
  value: string;
  onChoose: (code: string) => void;
  onClose: () => void;
}
function CountryList({ value, onChoose, onClose }: CountryListProps) {
  const t = useT(authTexts);
  const locale = useLocale((state) => state.locale);
  const [typed, setTyped] = useState('');
  const found = findCountries(typed, locale);
  return (
    <Dialog title={t('countryTitle')} onClose={onClose} tall>
      <View className="country__search">
        <Input
          label={t('countrySearch')}
          hint={t('countrySearchHint')}
          value={typed}
          onChange={setTyped}
          maxLength={40}
        />
      </View>
      <View className="small" {...a11y({ role: 'status', live: 'polite' })}>
        {found.length === 0 ? t('countryNone') : typed.trim() ? t('countryFound', { n: found.length }) : ''}
      </View>
      <ScrollView
        className="country__list"
        scrollY
        {...a11y({ role: 'radiogroup', label: t('nationality') })}
      >
        {found.map((country) => (
          <View
            key={country.code}
            className={country.code === value ? 'country country--on' : 'country'}
            onClick={() => onChoose(country.code)}
            {...a11y({
              role: 'radio',
              checked: country.code === value,
              label: locale === 'en' ? country.en : country.zh,
              focusable: true,
            })}
          >
            <View className="grow">
              <View>{locale === 'en' ? country.en : country.zh}</View>
              <View className="small">{locale === 'en' ? country.zh : country.en}</View>
            </View>
            {country.code === value ? <Icon name="ok" size={20} colour="sea" weight={2} /> : null}
            <View className="small tabular">{country.code}</View>
          </View>
        ))}
      </ScrollView>
      <View className="btns">
        <Button kind="ghost" onTap={onClose}>
          {t('countryClose')}
        </Button>
      </View>
    </Dialog>
  );
}
