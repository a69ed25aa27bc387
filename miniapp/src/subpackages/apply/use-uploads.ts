import type { CardDocumentType } from '@talent-card/shared/cards/schema';
import type { StoredFile } from '@talent-card/shared/files/schema';
import { useEffect, useRef, useState } from 'react';
import { isOutcomeUnknown } from '@/platform/api-error';
import { newIdempotencyKey } from '@/platform/idempotency';
import { uploadFile } from '@/services/files';
import { checkFile, type FileProblem, type PickedFile } from './files-rules';

export interface Upload<T extends string = CardDocumentType> {
  id: number;
  documentType: T;
  file: PickedFile;
  status: 'sending' | 'failed' | 'refused';
  /** 0–100 while sending. */
  percent: number;
  /** What the service or the network said, when it failed. */
  error: unknown;
  /** Why it was not sent at all, when refused. */
  problem: FileProblem | null;
}

interface Sending {
  abort: AbortController | null;
  /** Kept for retries until the service has answered. */
  key: string | null;
}

/** Uploads under way or failed, beside the documents that have arrived. Leaving the page cancels what is under way. */
export function useUploads<T extends string = CardDocumentType>(
  onStored: (documentType: T, file: StoredFile) => void,
) {
  const [uploads, setUploads] = useState<Upload<T>[]>([]);
  const sending = useRef(new Map<number, Sending>());
  const last = useRef(0);
  const stored = useRef(onStored);
  stored.current = onStored;

  useEffect(() => {
    const all = sending.current;
    return () => {
      for (const { abort } of all.values()) abort?.abort();
      all.clear();
    };
  }, []);

  const change = (id: number, to: Partial<Upload<T>>) =>
    setUploads((now) => now.map((upload) => (upload.id === id ? { ...upload, ...to } : upload)));
  const drop = (id: number) => setUploads((now) => now.filter((upload) => upload.id !== id));

  const send = async (upload: Upload<T>): Promise<void> => {
    const abort = new AbortController();
    const mine: Sending = { abort, key: sending.current.get(upload.id)?.key ?? null };
    sending.current.set(upload.id, mine);
    mine.key ??= await newIdempotencyKey();
    const isOver = () => sending.current.get(upload.id) !== mine || abort.signal.aborted;
    if (isOver()) return;
    try {
      const file = await uploadFile(upload.file, {
        idempotencyKey: mine.key,
        signal: abort.signal,
        onProgress: (percent) => {
          if (!isOver()) change(upload.id, { percent });
        },
      });
      if (isOver()) return;
      sending.current.delete(upload.id);
      drop(upload.id);
      stored.current(upload.documentType, file);
    } catch (error) {
      if (isOver()) return;
      if (!isOutcomeUnknown(error)) mine.key = null;
      change(upload.id, { status: 'failed', error });
    }
  };

  return {
    uploads,
    add: (documentType: T, files: readonly PickedFile[]) => {
      const added = files.map((file): Upload<T> => {
        last.current += 1;
        const problem = checkFile(file);
        const status = problem ? 'refused' : 'sending';
        return { id: last.current, documentType, file, status, percent: 0, error: null, problem };
      });
      setUploads((now) => [...now, ...added]);
      for (const upload of added) if (upload.status === 'sending') void send(upload);
    },
    retry: (upload: Upload<T>) => {
      change(upload.id, { status: 'sending', percent: 0, error: null });
      void send(upload);
    },
    /** Ends what is under way and forgets it. */
    cancel: (id: number) => {
      sending.current.get(id)?.abort?.abort();
      sending.current.delete(id);
      drop(id);
    },
  };
}
