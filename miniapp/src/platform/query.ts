import { focusManager, onlineManager, QueryClient } from '@tanstack/react-query';
import Taro from '@tarojs/taro';
import { ApiError } from './api-error';

const MAX_RETRIES = 1;

/** Only a lost connection or a fault is worth another try; an expected outcome stays what it is. */
function retryLater(count: number, error: unknown): boolean {
  return count < MAX_RETRIES && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: retryLater, staleTime: 30_000, networkMode: 'always' },
    mutations: { retry: false, networkMode: 'always' },
  },
});

// The browser's own events do on h5; WeChat has neither window nor document.
if (process.env.TARO_ENV === 'weapp') {
  onlineManager.setEventListener((setOnline) => {
    const listener = (event: { isConnected: boolean }) => setOnline(event.isConnected);
    Taro.onNetworkStatusChange(listener);
    return () => Taro.offNetworkStatusChange(listener);
  });
  focusManager.setEventListener((setFocused) => {
    const show = () => setFocused(true);
    const hide = () => setFocused(false);
    Taro.onAppShow(show);
    Taro.onAppHide(hide);
    return () => {
      Taro.offAppShow(show);
      Taro.offAppHide(hide);
    };
  });
}
