import Taro from '@tarojs/taro';
import { syncNow, useQueue } from './queue';

let watching = false;

/** Sends what waits as soon as there is network again, on whatever page the clerk is then. */
export function syncWhenOnline(): void {
  if (watching) return;
  watching = true;
  const sync = () => {
    if (useQueue.getState().unsent.length > 0) void syncNow();
  };
  if (process.env.TARO_ENV === 'h5') {
    window.addEventListener('online', sync);
  } else {
    Taro.onNetworkStatusChange(({ isConnected }) => {
      if (isConnected) sync();
    });
  }
}
