export interface BlobUpload {
  url: string;
  blob: Blob;
  fileName: string;
  fields: Record<string, string>;
  headers: Record<string, string>;
  timeoutMs: number;
  onProgress: ((percent: number) => void) | undefined;
  signal: AbortSignal | undefined;
}

/**
 * Sends a file of the browser as the field `file`. Taro's own upload first fetches the `blob:` address of the file,
 * which `connect-src 'self'` forbids, and then waits for ever. Rejects with an `errMsg` as `wx.uploadFile` does.
 */
export function uploadBlob(upload: BlobUpload): Promise<{ statusCode: number; data: string }> {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
    form.append('file', upload.blob, upload.fileName);
    const xhr = new XMLHttpRequest();
    xhr.open('POST', upload.url);
    for (const [name, value] of Object.entries(upload.headers)) xhr.setRequestHeader(name, value);
    xhr.timeout = upload.timeoutMs;
    xhr.upload.onprogress = ({ loaded, total }) => {
      upload.onProgress?.(total > 0 ? Math.round((loaded / total) * 100) : 0);
    };
    xhr.onload = () => resolve({ statusCode: xhr.status, data: xhr.responseText });
    xhr.onerror = () => reject({ errMsg: 'uploadFile:fail' });
    xhr.ontimeout = () => reject({ errMsg: 'uploadFile:fail timeout' });
    xhr.onabort = () => reject({ errMsg: 'uploadFile:fail abort' });
    upload.signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(form);
  });
}
