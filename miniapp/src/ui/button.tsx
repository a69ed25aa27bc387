import { Button as NativeButton, View } from '@tarojs/components';
import type { ButtonProps as NativeProps } from '@tarojs/components/types/Button';
import type { ReactNode } from 'react';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';

export type ButtonKind = 'primary' | 'ghost' | 'gold' | 'danger' | 'danger-ghost' | 'text';

export interface ButtonProps {
  children: ReactNode;
  onTap?: () => void;
  kind?: ButtonKind;
  small?: boolean;
  /** Shows a spinner and takes no tap. */
  pending?: boolean;
  disabled?: boolean;
  icon?: IconName;
  /** What is read out, where the words alone do not say it. */
  label?: string;
  /** WeChat's own doings: only then a native button is needed. */
  native?: Pick<NativeProps, 'id' | 'openType' | 'onGetPhoneNumber' | 'onAgreePrivacyAuthorization'>;
}

const ICON_COLOURS = {
  primary: 'on-sea',
  ghost: 'sea',
  gold: '#0A2E4D',
  danger: 'on-sea',
  'danger-ghost': 'danger',
  text: 'sea',
} as const;

export function Button({
  children,
  onTap,
  kind = 'primary',
  small,
  pending,
  disabled,
  icon,
  label,
  native,
}: ButtonProps) {
  const off = Boolean(pending || disabled);
  const className = [
    'btn',
    kind !== 'primary' && `btn--${kind}`,
    small && 'btn--small',
    pending && 'btn--wait',
    disabled && !pending && 'btn--off',
  ]
    .filter(Boolean)
    .join(' ');
  const inside = (
    <>
      {pending ? <View className="spin" /> : null}
      {icon && !pending ? (
        <View className="btn__icon">
          <Icon name={icon} size={20} colour={disabled ? 'ink-3' : ICON_COLOURS[kind]} weight={1.8} />
        </View>
      ) : null}
      {children}
    </>
  );
  if (native) {
    return (
      <View className="btn-native">
        <NativeButton className={className} disabled={off} {...native} {...a11y(label ? { label } : {})}>
          {inside}
        </NativeButton>
      </View>
    );
  }
  return (
    <View
      className={className}
      hoverClass={off ? 'none' : 'btn--press'}
      onClick={() => {
        if (!off) onTap?.();
      }}
      {...a11y({ role: 'button', disabled: off, focusable: true, ...(label ? { label } : {}) })}
    >
      {inside}
    </View>
  );
}
