import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';

export function Card({ children, className }: { children: ReactNode; className?: string }) {
  return <View className={className ? `card ${className}` : 'card'}>{children}</View>;
}

/** Holds cells as one card with lines between. */
export function Cells({ children }: { children: ReactNode }) {
  return <View className="cells">{children}</View>;
}

export interface CellProps {
  title: ReactNode;
  note?: ReactNode;
  value?: ReactNode;
  icon?: IconName;
  /** Makes the cell a button with an arrow. */
  onTap?: () => void;
  /** In place of the arrow. */
  end?: ReactNode;
  label?: string;
  danger?: boolean;
}

export function Cell({ title, note, value, icon, onTap, end, label, danger }: CellProps) {
  return (
    <View
      // Something to do in the cell, rather than the cell itself: in large type it goes below the words.
      className={end && !onTap ? 'cell cell--act' : 'cell'}
      {...(onTap
        ? {
            onClick: onTap,
            hoverClass: 'cell--press',
            ...a11y({ role: 'button', focusable: true, ...(label ? { label } : {}) }),
          }
        : {})}
    >
      {icon ? (
        <View className="cell__icon">
          <Icon name={icon} size={22} colour={danger ? 'danger' : 'sea'} />
        </View>
      ) : null}
      <View className="cell__main">
        <View className="cell__title" style={danger ? { color: 'var(--danger)' } : {}}>
          {title}
        </View>
        {note ? <View className="cell__note">{note}</View> : null}
      </View>
      {value ? <View className="cell__value">{value}</View> : null}
      {end ? <View className="cell__end">{end}</View> : null}
      {onTap && !end ? (
        <View className="cell__end">
          <Icon name="right" size={18} colour="ink-3" />
        </View>
      ) : null}
    </View>
  );
}

export interface Fact {
  name: string;
  value: ReactNode;
}
/** Names and values below each other, as on a form that was filled in. */
export function Facts({ items }: { items: Fact[] }) {
  return (
    <View className="facts">
      {items.map((item) => (
        <View className="fact" key={item.name}>
          <View className="fact__name">{item.name}</View>
          <View className="fact__value">{item.value}</View>
        </View>
      ))}
    </View>
  );
}
