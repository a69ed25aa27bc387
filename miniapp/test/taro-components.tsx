import { type ChangeEvent, createElement, forwardRef, type ReactNode } from 'react';

/** Stands in for `@tarojs/components`: plain elements with what a screen reader would be told. */
type Props = Record<string, unknown> & { children?: ReactNode };

const NOT_FOR_THE_DOM = new Set([
  'hoverClass',
  'openType',
  'formType',
  'scrollY',
  'scrollX',
  'mode',
  'onScrollToLower',
  'onGetPhoneNumber',
  'onAgreePrivacyAuthorization',
  'placeholderClass',
  'autoHeight',
  'maxlength',
  'range',
  'lazyLoad',
  'showMenuByLongpress',
  'enhanced',
  'showScrollbar',
  'confirmType',
]);

const element = (tag: string, extra: (props: Props) => Record<string, unknown> = () => ({})) =>
  // biome-ignore lint/correctness/noComponentHookFactories: called at module level only, once for each element
  forwardRef<HTMLElement, Props>(function Stub({ children, ...props }, ref) {
    const known = Object.fromEntries(Object.entries(props).filter(([name]) => !NOT_FOR_THE_DOM.has(name)));
    return createElement(tag, { ref, ...known, ...extra(props) }, children as ReactNode);
  });

type Told = ((event: { detail: unknown }) => void) | undefined;

export const View = element('div');
export const Text = element('span');
export const Image = element('img', () => ({ alt: '' }));
export const ScrollView = element('div');
export const Input = element('input');
export const Textarea = element('textarea');
export const Picker = element('div');
export const Button = element('button', (props) => ({
  type: 'button',
  onClick: () => {
    if (props.openType === 'getPhoneNumber') {
      (props.onGetPhoneNumber as Told)?.({ detail: { code: 'phone-code', errMsg: 'getPhoneNumber:ok' } });
    } else if (props.openType === 'agreePrivacyAuthorization') {
      (props.onAgreePrivacyAuthorization as Told)?.({ detail: {} });
    } else {
      (props.onClick as (() => void) | undefined)?.();
    }
  },
}));
export const Switch = element('input', (props) => ({
  type: 'checkbox',
  onChange: (event: ChangeEvent<HTMLInputElement>) =>
    (props.onChange as Told)?.({ detail: { value: event.target.checked } }),
}));
