import {
  Input as NativeInput,
  Picker as NativePicker,
  Textarea as NativeTextarea,
  View,
} from '@tarojs/components';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { commonTexts } from '@/i18n/common';
import { useDates, useT } from '@/platform/i18n';
import { a11y } from './a11y';
import { Icon } from './icon';
import { takeFocus } from './take-focus';

/*
 * On h5 the browser's own controls are used: they bring labels, autofill, date and choice wheels of the phone, and
 * weigh nothing. On weapp they are WeChat's.
 */
const H5 = process.env.TARO_ENV === 'h5';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value, in words; shown at the field and read out. */
  error?: string | null | undefined;
  optional?: boolean;
}

interface FrameProps extends FieldProps {
  id: string;
  children: ReactNode;
  /** Without a box: for choices that bring their own. */
  bare?: boolean;
  disabled?: boolean | undefined;
}

/** Label above, hint or problem below. */
function Frame({ id, label, hint, error, optional, children, bare, disabled }: FrameProps) {
  const t = useT(commonTexts);
  const words = optional ? t('optionalLabel', { label }) : label;
  const box = ['field__box', error && 'field__box--bad', disabled && 'field__box--off']
    .filter(Boolean)
    .join(' ');
  return (
    <View className="field">
      {H5 && !bare ? (
        <label className="field__label" htmlFor={id} style={{ display: 'block' }}>
          {words}
        </label>
      ) : (
        <View className="field__label">{words}</View>
      )}
      {bare ? children : <View className={box}>{children}</View>}
      {error ? (
        <View className="field__error" {...a11y({ role: 'alert' })}>
          {H5 ? <span id={`${id}-error`}>{error}</span> : error}
        </View>
      ) : null}
      {hint && !error ? <View className="field__hint">{hint}</View> : null}
    </View>
  );
}

export interface InputProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  /** Which keyboard to show: `id` has the digits and X. */
  keyboard?: 'text' | 'number' | 'phone' | 'id';
  maxLength?: number;
  /** What the browser may fill in, such as `name`; nothing by default. */
  autocomplete?: string;
  disabled?: boolean;
  /** The keyboard's own "done", or Enter, which desk scanners type behind a code. */
  onEnter?: () => void;
  /** Takes the keyboard at once (h5), where nothing else is to be done on the page: a desk scanner types into it. */
  first?: boolean;
}

export function Input(props: InputProps) {
  const {
    label,
    hint,
    error,
    optional,
    value,
    onChange,
    onBlur,
    placeholder,
    keyboard = 'text',
    maxLength = 140,
  } = props;
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => (props.first && box.current ? takeFocus(box.current) : undefined), [props.first]);
  return (
    <Frame {...{ id, label, hint, error, disabled: props.disabled, ...(optional ? { optional } : {}) }}>
      {H5 ? (
        <input
          id={id}
          ref={box}
          className="field__input"
          style={{ border: 0, outline: 'none', fontFamily: 'inherit', padding: 0 }}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onBlur={onBlur}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onEnter?.();
          }}
          placeholder={placeholder}
          inputMode={keyboard === 'number' ? 'numeric' : keyboard === 'phone' ? 'tel' : 'text'}
          maxLength={maxLength}
          autoComplete={props.autocomplete ?? 'off'}
          autoCapitalize={keyboard === 'id' ? 'characters' : 'off'}
          disabled={props.disabled}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
      ) : (
        <NativeInput
          className="field__input"
          placeholderClass="field__placeholder"
          value={value}
          onInput={(event) => onChange(event.detail.value)}
          onBlur={() => onBlur?.()}
          onConfirm={() => props.onEnter?.()}
          placeholder={placeholder ?? ''}
          type={keyboard === 'id' ? 'idcard' : keyboard === 'phone' ? 'number' : keyboard}
          maxlength={maxLength}
          disabled={Boolean(props.disabled)}
          {...a11y({ label })}
        />
      )}
    </Frame>
  );
}

export interface TextareaProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
  maxLength: number;
}

export function Textarea(props: TextareaProps) {
  const { label, hint, error, optional, value, onChange, onBlur, placeholder, maxLength } = props;
  const id = useId();
  return (
    <View>
      <Frame {...{ id, label, hint, error, ...(optional ? { optional } : {}) }}>
        {H5 ? (
          <textarea
            id={id}
            className="field__area"
            style={{ border: 0, outline: 'none', fontFamily: 'inherit', resize: 'vertical' }}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onBlur}
            placeholder={placeholder}
            maxLength={maxLength}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
          />
        ) : (
          <NativeTextarea
            className="field__area"
            placeholderClass="field__placeholder"
            autoHeight
            value={value}
            onInput={(event) => onChange(event.detail.value)}
            onBlur={() => onBlur?.()}
            placeholder={placeholder ?? ''}
            maxlength={maxLength}
            {...a11y({ label })}
          />
        )}
      </Frame>
      <View className="field__count">
        {value.length} / {maxLength}
      </View>
    </View>
  );
}

export interface Option<V extends string> {
  value: V;
  label: string;
}

export interface PickerProps<V extends string> extends FieldProps {
  value: V | null;
  options: readonly Option<V>[];
  onChange: (value: V) => void;
}

/** One of many, on the phone's wheel. For up to five, `Choices` shows them at once. */
export function Picker<V extends string>(props: PickerProps<V>) {
  const { label, hint, error, optional, value, options, onChange } = props;
  const t = useT(commonTexts);
  const id = useId();
  const chosen = options.findIndex((option) => option.value === value);
  const words = options[chosen]?.label;
  return (
    <Frame {...{ id, label, hint, error, ...(optional ? { optional } : {}) }}>
      {H5 ? (
        <select
          id={id}
          className="field__input"
          style={{ border: 0, outline: 'none', fontFamily: 'inherit', appearance: 'none', padding: 0 }}
          value={value ?? ''}
          onChange={(event) => {
            const picked = options.find((option) => option.value === event.target.value);
            if (picked) onChange(picked.value);
          }}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        >
          <option value="" disabled>
            {t('pleaseChoose')}
          </option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <NativePicker
          className="grow"
          mode="selector"
          range={options.map((option) => option.label)}
          value={Math.max(chosen, 0)}
          onChange={(event) => {
            const picked = options[Number(event.detail.value)];
            if (picked) onChange(picked.value);
          }}
        >
          <View className={words ? 'field__value' : 'field__value field__placeholder'}>
            {words ?? t('pleaseChoose')}
          </View>
        </NativePicker>
      )}
      <Icon name="down" size={20} colour="ink-3" />
    </Frame>
  );
}

export interface DateFieldProps extends FieldProps {
  /** `YYYY-MM-DD`, empty while nothing is chosen. */
  value: string;
  onChange: (value: string) => void;
  /** First and last day offered, `YYYY-MM-DD`. */
  from?: string;
  to?: string;
}

export function DateField({ label, hint, error, optional, value, onChange, from, to }: DateFieldProps) {
  const t = useT(commonTexts);
  const dates = useDates();
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error, ...(optional ? { optional } : {}) }}>
      {H5 ? (
        <input
          id={id}
          type="date"
          className="field__input"
          style={{ border: 0, outline: 'none', fontFamily: 'inherit', padding: 0 }}
          value={value}
          min={from}
          max={to}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${id}-error` : undefined}
        />
      ) : (
        <>
          <NativePicker
            className="grow"
            mode="date"
            value={value}
            start={from ?? '1900-01-01'}
            end={to ?? '2100-12-31'}
            onChange={(event) => onChange(event.detail.value)}
          >
            <View className={value ? 'field__value' : 'field__value field__placeholder'}>
              {value ? dates.fullDay(value) : t('pleaseChoose')}
            </View>
          </NativePicker>
          <Icon name="calendar" size={20} colour="ink-3" />
        </>
      )}
    </Frame>
  );
}

export interface OpenFieldProps extends FieldProps {
  /** What was chosen, in words; null while nothing is. */
  value: string | null;
  onTap: () => void;
}

/** Looks like `Picker` and opens what the page has for choosing. */
export function OpenField({ label, hint, error, optional, value, onTap }: OpenFieldProps) {
  const t = useT(commonTexts);
  const id = useId();
  const words = value ?? t('pleaseChoose');
  const className = value ? 'field__value' : 'field__value field__placeholder';
  return (
    <Frame {...{ id, label, hint, error, ...(optional ? { optional } : {}) }}>
      {H5 ? (
        <button
          type="button"
          id={id}
          className={`${className} field__open`}
          onClick={onTap}
          aria-label={t('labelled', { label, value: words })}
          aria-haspopup="dialog"
          aria-describedby={error ? `${id}-error` : undefined}
        >
          {words}
        </button>
      ) : (
        <View
          className={className}
          onClick={onTap}
          {...a11y({ role: 'button', label: t('labelled', { label, value: words }) })}
        >
          {words}
        </View>
      )}
      <Icon name="down" size={20} colour="ink-3" />
    </Frame>
  );
}

/** One of a few, all of them in view. */
export function Choices<V extends string>({
  label,
  hint,
  error,
  optional,
  value,
  options,
  onChange,
}: PickerProps<V>) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, error, bare: true, ...(optional ? { optional } : {}) }}>
      <View className="choices" {...a11y({ role: 'radiogroup', label })}>
        {options.map((option) => (
          <View
            key={option.value}
            className={option.value === value ? 'choice choice--on' : 'choice'}
            onClick={() => onChange(option.value)}
            {...a11y({
              role: 'radio',
              checked: option.value === value,
              label: option.label,
              focusable: true,
            })}
          >
            {option.label}
          </View>
        ))}
      </View>
    </Frame>
  );
}

/** A box to tick with its words; `label` is read out where the words hold links. */
export function Check({
  checked,
  onChange,
  children,
  label,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  label: string;
}) {
  return (
    <View
      className="check"
      onClick={() => onChange(!checked)}
      {...a11y({ role: 'checkbox', checked, label, focusable: true })}
    >
      <View className={checked ? 'check__box check__box--on' : 'check__box'}>
        {checked ? <Icon name="ok" size={16} colour="on-sea" weight={3} /> : null}
      </View>
      <View className="grow">{children}</View>
    </View>
  );
}
