/**
 * WeChat has no AbortController and TanStack Query needs one (TanStack/query#5837). ProvidePlugin injects this one
 * into the weapp build only; it knows what the query client and `call` use and no more.
 */
type Listener = (event: { type: 'abort' }) => void;

class Signal {
  aborted = false;
  reason: unknown;
  onabort: Listener | null = null;
  private readonly listeners = new Set<Listener>();

  addEventListener(_type: 'abort', listener: Listener): void {
    this.listeners.add(listener);
  }
  removeEventListener(_type: 'abort', listener: Listener): void {
    this.listeners.delete(listener);
  }
  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }
  fire(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason ?? new Error('AbortError');
    const event = { type: 'abort' } as const;
    this.onabort?.(event);
    for (const listener of this.listeners) listener(event);
  }
}

export class AbortController {
  readonly signal = new Signal();
  abort(reason?: unknown): void {
    this.signal.fire(reason);
  }
}
