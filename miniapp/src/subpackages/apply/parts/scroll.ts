import Taro from '@tarojs/taro';
import { quietly } from '@/platform/quietly';
import { takeFocus } from '@/ui';

/** Height of the title bar with some air. */
const HEADROOM = 72;

/** Brings an element into view once what was just changed is on the screen; on h5 its field gets the focus. */
export function scrollToId(id: string, focus = true): void {
  Taro.nextTick(() => {
    if (process.env.TARO_ENV === 'h5') {
      const element = document.getElementById(id);
      element?.scrollIntoView?.({ block: 'start', behavior: 'smooth' });
      if (focus) {
        const field = element?.querySelector<HTMLElement>('input, select, textarea, [role="radio"]');
        if (field) takeFocus(field);
      }
    } else {
      quietly(Taro.pageScrollTo({ selector: `#${id}`, offsetTop: -HEADROOM, duration: 300 }));
    }
  });
}

export function scrollToTop(): void {
  Taro.nextTick(() => {
    quietly(Taro.pageScrollTo({ scrollTop: 0, duration: 0 }));
  });
}
