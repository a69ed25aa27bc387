import { DISTRICT_CODES, ZONE_CODES, zoneName } from '@talent-card/shared/accounts/districts';
import { Select, type SelectProps } from 'antd';
import { commonTexts } from '../i18n/common.js';
import { useLocalized, useText } from '../i18n/index.js';

/** A choice of zone; with the city where staff may be posted to it. */
export function ZoneSelect({ withCity = false, ...rest }: { withCity?: boolean } & SelectProps<string>) {
  const localized = useLocalized();
  const c = useText(commonTexts);
  const codes = withCity ? ZONE_CODES : DISTRICT_CODES;
  return (
    <Select<string>
      placeholder={c('zone')}
      aria-label={c('zone')}
      options={codes.map((code) => ({ value: code, label: localized(zoneName(code)) }))}
      popupMatchSelectWidth={false}
      {...rest}
    />
  );
}
