import { Tabs, type TabsProps } from 'antd';
import { oneOf, useFilters } from './filters.js';

/** The tab that the address names, else `first`: links may be old or typed. */
export function useAddressTab<const T extends string>(values: readonly T[], first: T, name = 'tab'): T {
  const { filters } = useFilters([name]);
  return oneOf(values, filters[name]) ?? first;
}

interface Props extends Pick<TabsProps, 'tabBarExtraContent'> {
  /** Of the part of the address. */
  name?: string;
  active: string;
  /** Stands where the address names none. */
  first: string;
  items: NonNullable<TabsProps['items']>;
}

/** Tabs whose choice lives in the address, as the filters of a list do. */
export function AddressTabs({ name = 'tab', active, first, ...rest }: Props) {
  const { setFilters } = useFilters([name]);
  return (
    <Tabs
      activeKey={active}
      onChange={(key) => setFilters({ [name]: key === first ? undefined : key })}
      {...rest}
    />
  );
}
