import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../crypto/field-cipher.js';
import { SUITES } from '../crypto/suites.js';
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
    private readonly cipher: FieldCipher,
    private readonly store: FileStore,
  ) {}

  /** A new key, as its owner keeps it. */
  newKey(purpose: string): string {
    return this.cipher.encrypt(purpose, randomBytes(32).toString('base64url'));
  }

  async put(purpose: string, file: SealedFile, bytes: Buffer): Promise<void> {
    const suite = this.cipher.currentSuite;
    const sealed = SUITES[suite].seal(this.open(purpose, file), `${purpose}/${file.id}`, bytes);
    // First byte: the suite, so that a file opens after the operator chose another.
    await this.store.put(file.id, Buffer.concat([Buffer.of(suite === 'aes' ? 1 : 2), sealed]));
  }

  /** Null when nothing is kept. */
  async get(purpose: string, file: SealedFile): Promise<Buffer | null> {
    const sealed = await this.store.get(file.id);
    if (!sealed) return null;
    const suite = sealed[0] === 2 ? SUITES.sm : SUITES.aes;
    return suite.open(this.open(purpose, file), `${purpose}/${file.id}`, sealed.subarray(1));
  }

  delete(id: string): Promise<void> {
    return this.store.delete(id);
  }

  private open(purpose: string, { contentKey }: SealedFile): Buffer {
    return Buffer.from(this.cipher.decrypt(purpose, contentKey), 'base64url');
  }
}
