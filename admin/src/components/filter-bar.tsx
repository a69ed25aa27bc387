import { ZONE_CODES } from '@talent-card/shared/accounts/districts';
import { Button, Checkbox, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useSeesAllZones } from '../access.js';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';
import { oneOf, useFilters } from './filters.js';
import { ChannelSelect, VenueSelect } from './place-select.js';
import { ZoneSelect } from './zone-select.js';

/**
 * The filters above a list. Each field reads and writes its own part of the address, so a page only names its fields;
 * the button at the end takes all of `names` out while any is set.
 */
export function FilterBar({ names, children }: { names: readonly string[]; children: ReactNode }) {
  const c = useText(commonTexts);
  const { clear, anySet } = useFilters(names);
  return (
    <search className="filters">
      {children}
      {anySet ? (
        <Button type="link" onClick={clear}>
          {c('reset')}
        </Button>
      ) : null}
    </search>
  );
}

/** One part of the address, with its way back into it. */
function useFilter(name: string): [string | undefined, (value: string | null | undefined) => void] {
  const { filters, setFilters } = useFilters([name]);
  return [filters[name], (value) => setFilters({ [name]: value ?? undefined })];
}

interface SearchProps {
  name?: string;
  placeholder: string;
  /** Of the field, in pixels. */
  width: number;
  maxLength?: number;
}

/** A text to search by, asked for when Enter is pressed. It follows the address, so the back button empties it too. */
export function SearchFilter({ name = 'q', placeholder, width, maxLength = 100 }: SearchProps) {
  const [value = '', set] = useFilter(name);
  return (
    <Input.Search
      key={value}
      defaultValue={value}
      placeholder={placeholder}
      aria-label={placeholder}
      allowClear
      maxLength={maxLength}
      style={{ width }}
      onSearch={(text) => set(text.trim())}
    />
  );
}

interface ChoiceProps<T extends string> {
  name: string;
  label: string;
  /** What may be chosen; anything else in the address counts as nothing. */
  values: readonly T[];
  words: (value: T) => string;
  /** Of the closed field, in pixels. */
  width?: number;
  search?: boolean;
}

/** One of a few values. */
export function ChoiceFilter<T extends string>(props: ChoiceProps<T>) {
  const { name, label, values, words, width = 110, search = false } = props;
  const [value, set] = useFilter(name);
  return (
    <Select<T>
      placeholder={label}
      aria-label={label}
      allowClear
      {...(search ? { showSearch: { optionFilterProp: 'label' } } : {})}
      style={{ minWidth: width, maxWidth: 260 }}
      popupMatchSelectWidth={false}
      value={oneOf(values, value) ?? null}
      onChange={set}
      options={values.map((one) => ({ value: one, label: words(one) }))}
    />
  );
}

/** A district, for those who see more than their own; `always` where everybody's rows may lie in several. */
export function ZoneFilter({ always = false }: { always?: boolean }) {
  const seesAll = useSeesAllZones();
  const [value, set] = useFilter('zoneCode');
  return seesAll || always ? (
    <ZoneSelect
      allowClear
      style={{ minWidth: 130 }}
      value={oneOf(ZONE_CODES, value) ?? null}
      onChange={set}
    />
  ) : null;
}

export function VenueFilter() {
  const [value, set] = useFilter('venueId');
  return (
    <VenueSelect allowClear style={{ minWidth: 160, maxWidth: 260 }} value={value ?? null} onChange={set} />
  );
}

export function ChannelFilter() {
  const [value, set] = useFilter('channelId');
  return (
    <ChannelSelect allowClear style={{ minWidth: 160, maxWidth: 260 }} value={value ?? null} onChange={set} />
  );
}

/** Days from `from` to `to`, either end open. */
export function DaysFilter() {
  const c = useText(commonTexts);
  const { filters, setFilters } = useFilters(['from', 'to']);
  const day = (text: string | undefined) => (text ? dayjs(text) : null);
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      style={{ width: 250 }}
      placeholder={[c('from'), c('to')]}
      value={[day(filters.from), day(filters.to)]}
      onChange={(range) =>
        setFilters({ from: range?.[0]?.format('YYYY-MM-DD'), to: range?.[1]?.format('YYYY-MM-DD') })
      }
    />
  );
}

export function DayFilter({ name, label }: { name: string; label: string }) {
  const [value, set] = useFilter(name);
  return (
    <DatePicker
      placeholder={label}
      aria-label={label}
      value={value ? dayjs(value) : null}
      onChange={(day) => set(day?.format('YYYY-MM-DD'))}
    />
  );
}

/** On or not asked: `true` in the address, or nothing. */
export function OnlyFilter({ name, label }: { name: string; label: string }) {
  const [value, set] = useFilter(name);
  return (
    <Checkbox checked={value === 'true'} onChange={(event) => set(event.target.checked ? 'true' : null)}>
      {label}
    </Checkbox>
  );
}
