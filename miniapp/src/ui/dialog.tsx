import { View } from '@tarojs/components';
import { type ReactNode, useEffect, useRef } from 'react';
import { a11y } from './a11y';
import { takeFocus } from './take-focus';

const REACHABLE = 'input, select, textarea, button, a[href], [tabindex="0"]';

function reachableIn(dialog: HTMLElement): HTMLElement[] {
  return Array.from(dialog.querySelectorAll<HTMLElement>(REACHABLE)).filter(
    (element) => !element.hasAttribute('disabled') && element.getAttribute('aria-disabled') !== 'true',
  );
}

/** On h5 what has the keyboard stays in the dialog, Escape closes it, and whoever opened it has the keyboard back. */
function useKeyboardHeld(dialog: { current: unknown }, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') return;
    const box = dialog.current;
    if (!(box instanceof HTMLElement)) return;
    const opener = document.activeElement;
    const letGo = takeFocus(box);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        event.preventDefault();
        event.stopPropagation();
        close.current();
        return;
      }
      if (event.key !== 'Tab') return;
      const stops = reachableIn(box);
      const at = stops.indexOf(document.activeElement as HTMLElement);
      const leaving = event.shiftKey ? at <= 0 : at === -1 ? false : at === stops.length - 1;
      const outside = !box.contains(document.activeElement);
      if (!leaving && !outside && stops.length > 0) return;
      event.preventDefault();
      (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
    };
    // A tap beside the dialog takes the focus to the page below: the keys must work all the same.
    document.addEventListener('keydown', onKey, true);
    return () => {
      letGo();
      document.removeEventListener('keydown', onKey, true);
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [dialog]);
}

export interface DialogProps {
  /** What it is about: drawn as the heading and read out. */
  title: string;
  children: ReactNode;
  /** Escape: the answer that changes nothing. */
  onClose: () => void;
  /** Fills the phone from the bottom, for what needs the height. */
  tall?: boolean;
}

/** What lies over the page until it is answered. */
export function Dialog({ title, children, onClose, tall }: DialogProps) {
  const box = useRef<unknown>(null);
  useKeyboardHeld(box, onClose);
  return (
    <View
      ref={box}
      className={tall ? 'scrim scrim--tall' : 'scrim'}
      {...a11y({ role: 'dialog', label: title, modal: true })}
    >
      <View className={tall ? 'dialog dialog--tall' : 'dialog'}>
        <View className="dialog__title">{title}</View>
        {children}
      </View>
    </View>
  );
}
