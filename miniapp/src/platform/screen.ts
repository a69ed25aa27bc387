import Taro from '@tarojs/taro';
import { quietly } from './quietly';

/** Bright enough for a scanner behind scratched glass. */
const FULL = 1;

interface Lit {
  /** Puts the screen back as it was. */
  restore: () => void;
}

/** Turns the screen to full brightness and keeps it on. A browser can at most be kept awake. */
export function lightScreen(): Lit {
  return process.env.TARO_ENV === 'weapp' ? lightInWeChat() : keepBrowserAwake();
}

function lightInWeChat(): Lit {
  let over = false;
  let before: number | null = null;
  quietly(
    Taro.getScreenBrightness().then(({ value }) => {
      if (over) return;
      before = value;
      quietly(Taro.setScreenBrightness({ value: FULL }));
    }),
  );
  quietly(Taro.setKeepScreenOn({ keepScreenOn: true }));
  return {
    restore: () => {
      over = true;
      if (before !== null) quietly(Taro.setScreenBrightness({ value: before }));
      quietly(Taro.setKeepScreenOn({ keepScreenOn: false }));
    },
  };
}

function keepBrowserAwake(): Lit {
  let over = false;
  let release = () => undefined as unknown;
  const asked = typeof navigator === 'undefined' ? undefined : navigator.wakeLock?.request('screen');
  if (asked) {
    quietly(
      asked.then((lock) => {
        release = () => quietly(lock.release());
        if (over) release();
      }),
    );
  }
  return {
    restore: () => {
      over = true;
      release();
    },
  };
}

type Capture = { setVisualEffectOnCapture?: (options: { visualEffect: 'none' | 'hidden' }) => void };

/** Whether WeChat leaves the page out of screenshots and recordings. */
export function hideFromCapture(hidden: boolean): void {
  if (process.env.TARO_ENV !== 'weapp') return;
  (Taro as Capture).setVisualEffectOnCapture?.({ visualEffect: hidden ? 'hidden' : 'none' });
}

/** Hears of screenshots, where the host tells; the answer stops listening. */
export function onScreenshot(taken: () => void): () => void {
  if (process.env.TARO_ENV !== 'weapp') return () => undefined;
  Taro.onUserCaptureScreen(taken);
  return () => Taro.offUserCaptureScreen(taken);
}
