import { webcrypto } from 'node:crypto';
import { cleanup, configure } from '@testing-library/react';
import { chooseLocale } from '@/platform/i18n';
import { queryClient } from '@/platform/query';
import { resetTaro } from './taro';

if (!globalThis.crypto?.getRandomValues) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
}

// A busy machine is slow, and no test is about that: what does not come fails, what comes late does not.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 8_000 });

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
