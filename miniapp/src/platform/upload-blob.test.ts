import { type BlobUpload, uploadBlob } from './upload-blob';

/** What the browser would do, under the hands of a test. */
class FakeRequest {
  static last: FakeRequest;
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  ontimeout?: () => void;
  onabort?: () => void;
  timeout = 0;
  status = 0;
  responseText = '';
  headers: Record<string, string> = {};
  sent: FormData | null = null;
  constructor() {
    FakeRequest.last = this;
  }
  open = jest.fn();
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(form: FormData): void {
    this.sent = form;
  }
  abort(): void {
    this.onabort?.();
  }
}

const real = globalThis.XMLHttpRequest;
beforeEach(() => {
  Object.defineProperty(globalThis, 'XMLHttpRequest', { value: FakeRequest, writable: true });
});
afterEach(() => {
  Object.defineProperty(globalThis, 'XMLHttpRequest', { value: real, writable: true });
});

const start = (over: Partial<BlobUpload> = {}) =>
  uploadBlob({
    url: '/api/v1/files',
    blob: new Blob(['x']),
    fileName: '合同.pdf',
    fields: {},
    headers: { 'idempotency-key': 'k' },
    timeoutMs: 60_000,
    onProgress: undefined,
    signal: undefined,
    ...over,
  });

describe('a file of the browser', () => {
  it('travels under its name with the headers, tells how far it is, and answers what came', async () => {
    const percents: number[] = [];
    const answer = start({ onProgress: (percent) => percents.push(percent) });
    const { last } = FakeRequest;
    expect(last.open).toHaveBeenCalledWith('POST', '/api/v1/files');
    expect(last.headers).toEqual({ 'idempotency-key': 'k' });
    expect(last.sent?.get('file')).toHaveProperty('name', '合同.pdf');
    last.upload.onprogress?.({ loaded: 1, total: 4 });
    last.status = 413;
    last.responseText = '{"code":"FILE_TOO_LARGE"}';
    last.onload?.();
    expect(await answer).toEqual({ statusCode: 413, data: '{"code":"FILE_TOO_LARGE"}' });
    expect(percents).toEqual([25]);
  });

  it.each([
    ['onerror', 'uploadFile:fail'],
    ['ontimeout', 'uploadFile:fail timeout'],
  ] as const)('%s: %s', async (event, errMsg) => {
    const answer = start();
    FakeRequest.last[event]?.();
    await expect(answer).rejects.toEqual({ errMsg });
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const answer = start({ signal: abort.signal });
    abort.abort();
    await expect(answer).rejects.toEqual({ errMsg: 'uploadFile:fail abort' });
  });
});
