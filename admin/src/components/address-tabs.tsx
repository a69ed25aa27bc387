import { Tabs, type TabsProps } from 'antd';
import { useCallback } from 'react';
import { oneOf, useFilters } from './filters.js';

export interface AddressTab<T extends string> {
  readonly active: T;
  readonly choose: (tab: T) => void;
}

/**
 * The tab that the address names, else `first`: links may be old or typed. The first one needs no name there, so
 * choosing it takes the name out.
 *
 * @param name of the part of the address
 */
export function useAddressTab<const T extends string>(
  values: readonly T[],
  first: T,
  name = 'tab',
): AddressTab<T> {
  const { filters, setFilters } = useFilters([name]);
  const choose = useCallback(
    (tab: T) => setFilters({ [name]: tab === first ? undefined : tab }),
    [setFilters, name, first],
  );
  return { active: oneOf(values, filters[name]) ?? first, choose };
}

interface Props<T extends string> extends Pick<TabsProps, 'tabBarExtraContent'> {
  tab: AddressTab<T>;
  items: (NonNullable<TabsProps['items']>[number] & { key: NoInfer<T> })[];
}

/** Tabs whose choice lives in the address, as the filters of a list do. */
export function AddressTabs<T extends string>({ tab, items, ...rest }: Props<T>) {
  const onChange = (key: string) => {
    const chosen = items.find((item) => item.key === key);
    if (chosen) tab.choose(chosen.key);
  };
  return <Tabs activeKey={tab.active} onChange={onChange} items={items} {...rest} />;
}
