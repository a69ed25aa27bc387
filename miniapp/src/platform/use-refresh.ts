import Taro, { usePullDownRefresh } from '@tarojs/taro';

/** Pulling the page down asks again. What is on the screen stays until the answer is there. */
export function useRefreshByPulling(refetch: () => Promise<unknown>): void {
  usePullDownRefresh(() => {
    void refetch().finally(() => Taro.stopPullDownRefresh());
  });
}
