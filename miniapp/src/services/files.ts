import { fileRoutes } from '@talent-card/shared/files/routes';
import type { StoredFile } from '@talent-card/shared/files/schema';
import { apiBase } from '@/platform/api-base';
import { call, upload } from '@/platform/request';

/** Sends one local file. `onProgress` hears percent; aborting `signal` ends it with an ApiError. */
export function uploadFile(
  file: { path: string; name: string; blob?: Blob },
  options: { idempotencyKey: string; signal: AbortSignal; onProgress: (percent: number) => void },
): Promise<StoredFile> {
  return upload(fileRoutes.upload, {
    filePath: file.path,
    fileName: file.name,
    ...(file.blob ? { blob: file.blob } : {}),
    ...options,
  });
}

/** Address that shows the file for some minutes without signing in. */
export async function fileUrl(fileId: string): Promise<string> {
  const { url } = await call(fileRoutes.link, { params: { fileId } });
  if (/^https?:/.test(url)) return url;
  // The service names its own addresses without an origin; only h5 has one.
  return apiBase() + url;
}

export async function removeFile(fileId: string): Promise<void> {
  await call(fileRoutes.remove, { params: { fileId } });
}
