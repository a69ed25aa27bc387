import { webcrypto } from 'node:crypto';
import { cleanup } from '@testing-library/react';
import { chooseLocale } from '@/platform/i18n';
import { queryClient } from '@/platform/query';
import { resetTaro } from './taro';

if (!globalThis.crypto?.getRandomValues) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}

// No retry and no cache that outlives a test: what a page shows comes from what its test scripted.
queryClient.setDefaultOptions({
  queries: { retry: false, staleTime: 0, gcTime: Number.POSITIVE_INFINITY, networkMode: 'always' },
  mutations: { retry: false, networkMode: 'always' },
});

beforeEach(() => {
  chooseLocale('zh-CN');
});

afterEach(() => {
  cleanup();
  queryClient.clear();
  resetTaro();
});
