import { Injectable } from '@nestjs/common';
import { ContentCipher } from '../crypto/content-cipher.js';
import { FileStore } from './file-store.js';

/** Where a file's own key is kept: its owner's row, closed for `purpose`. Wiping it makes the file unreadable. */
export interface SealedFile {
  readonly id: string;
  readonly contentKey: string;
}

/** Files of the service's own making, each encrypted with a key of its own. */
@Injectable()
export class SealedStore {
  constructor(
    private readonly cipher: ContentCipher,
    private readonly store: FileStore,
  ) {}

  /** A new key, as its owner keeps it. */
  newKey(purpose: string): string {
    return this.cipher.newKey(purpose);
  }

  async put(purpose: string, { id, contentKey }: SealedFile, bytes: Buffer): Promise<void> {
    const key = this.cipher.openKey(purpose, contentKey);
    await this.store.put(id, this.cipher.seal(key, `${purpose}/${id}`, bytes));
  }

  /** Null when nothing is kept. */
  async get(purpose: string, { id, contentKey }: SealedFile): Promise<Buffer | null> {
    const sealed = await this.store.get(id);
    return sealed && this.cipher.open(this.cipher.openKey(purpose, contentKey), `${purpose}/${id}`, sealed);
  }

  delete(id: string): Promise<void> {
    return this.store.delete(id);
  }
}
