import { View } from '@tarojs/components';
import { a11y, Icon } from '@/ui';

export interface StepperProps {
  value: number;
  most: number;
  onChange: (value: number) => void;
  /** What is read out for the two buttons. */
  fewer: string;
  more: string;
}

/** A small number, one up or one down. */
export function Stepper({ value, most, onChange, fewer, more }: StepperProps) {
  const button = (to: number, icon: 'minus' | 'plus', label: string) => {
    const off = to < 0 || to > most;
    return (
      <View
        className={off ? 'stepper__btn stepper__btn--off' : 'stepper__btn'}
        onClick={() => {
          if (!off) onChange(to);
        }}
        {...a11y({ role: 'button', label, disabled: off, focusable: true })}
      >
        <Icon name={icon} size={20} colour={off ? 'ink-3' : 'sea'} />
      </View>
    );
  };
  return (
    <View className="stepper">
      {button(value - 1, 'minus', fewer)}
      <View className="stepper__n tabular" {...a11y({ live: 'polite' })}>
        {value}
      </View>
      {button(value + 1, 'plus', more)}
    </View>
  );
}
