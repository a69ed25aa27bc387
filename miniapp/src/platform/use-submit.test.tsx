import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { queryClient } from '@/platform/query';
import { ApiError } from './api-error';
import { useSubmit } from './use-submit';

const wrapper = ({ children }: PropsWithChildren) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
);

function submitting(send: (input: string, key: string) => Promise<string>) {
  return renderHook(() => useSubmit(send), { wrapper });
}

describe('a submission', () => {
  it('keeps its key while its outcome is unknown, and gets a new one after an answer', async () => {
    const keys: string[] = [];
    const outcomes = [new ApiError('NETWORK_TIMEOUT'), new ApiError('INTERNAL', {}, 'r', 500), null, null];
    const { result } = submitting(async (_, key) => {
      keys.push(key);
      const failure = outcomes[keys.length - 1];
      if (failure) throw failure;
      return 'done';
    });
    for (let i = 0; i < 4; i += 1) await act(() => result.current.submit('same'));
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it('gets a new key for other content and after a refusal', async () => {
    const keys: string[] = [];
    const { result } = submitting(async (input, key) => {
      keys.push(key);
      throw input === 'refused'
        ? new ApiError('REAL_NAME_TOO_MANY_TRIES', {}, 'r', 429)
        : new ApiError('NETWORK_TIMEOUT');
    });
    await act(() => result.current.submit('one'));
    await act(() => result.current.submit('two'));
    await act(() => result.current.submit('refused'));
    await act(() => result.current.submit('refused'));
    expect(new Set(keys).size).toBe(4);
  });

  it('runs once for two taps', async () => {
    let finish: (text: string) => void = () => undefined;
    const send = jest.fn(
      () =>
        new Promise<string>((resolve) => {
          finish = resolve;
        }),
    );
    const { result } = submitting(send);
    let both: Promise<unknown> = Promise.resolve();
    act(() => {
      both = Promise.all([result.current.submit('x'), result.current.submit('x')]);
    });
    await waitFor(() => expect(send).toHaveBeenCalledTimes(1));
    expect(result.current.pending).toBe(true);
    finish('done');
    await act(async () => {
      expect(await both).toEqual(['done', null]);
    });
    expect(send).toHaveBeenCalledTimes(1);
  });
});
