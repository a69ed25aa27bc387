import { QueryClientProvider } from '@tanstack/react-query';
import { useDidShow, useLaunch } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import './app.scss';
import { letKeysTap } from './platform/keyboard';
import { leadToSignIn } from './platform/navigation';
import { watchPrivacyRequests } from './platform/privacy';
import { queryClient } from './platform/query';
import { whenSignInIsNeeded } from './platform/request';
import { watchSystemTheme } from './platform/theme';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => {
    watchSystemTheme();
    letKeysTap();
    watchPrivacyRequests();
    whenSignInIsNeeded(() => {
      queryClient.clear();
      leadToSignIn();
    });
  });
  useDidShow(() => {
    // Not worth waiting for: in a browser it comes after the first page.
    void import('./services/card-code').then(({ renewAllQuietly }) => renewAllQuietly());
  });
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}
