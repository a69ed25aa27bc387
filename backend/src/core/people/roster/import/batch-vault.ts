import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../../../../platform/crypto/field-cipher.js';
import { SUITES } from '../../../../platform/crypto/suites.js';
import { FileStore } from '../../../../platform/files/file-store.js';
import type { RosterContent } from '../roster.types.js';
import type { RosterBatch } from './roster-batch.entity.js';

export const CONTENT_KEY_PURPOSE = 'roster.content-key';
type Keyed = Pick<RosterBatch, 'id' | 'contentKey'>;
interface Opened {
  readonly id: string;
  readonly key: Buffer;
}

export interface RowVault {
  seal(rowNumber: number, content: RosterContent): string;
  open(rowNumber: number, sealed: string): RosterContent;
}

/**
 * Keeps an uploaded roster encrypted with a key of its own: the file in the store, its checked rows in the database.
 * Without the batch's key, which is wiped in the end, neither can be read.
 */
@Injectable()
export class BatchVault {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly store: FileStore,
  ) {}

  /** A new key, as the batch keeps it. */
  newKey(): string {
    return this.cipher.encrypt(CONTENT_KEY_PURPOSE, randomBytes(32).toString('base64url'));
  }

  async putFile(batch: Keyed, bytes: Buffer): Promise<void> {
    await this.store.put(batch.id, this.seal(this.opened(batch), 'file', bytes));
  }

  /** Null once the file was deleted. */
  async getFile(batch: Keyed): Promise<Buffer | null> {
    if (batch.contentKey === null) return null;
    const sealed = await this.store.get(batch.id);
    return sealed && this.open(this.opened(batch), 'file', sealed);
  }

  deleteFile(batchId: string): Promise<void> {
    return this.store.delete(batchId);
  }

  /** For the rows of one unit: the key of the batch is opened once, and forgotten with what is returned. */
  rows(batch: Keyed): RowVault {
    const opened = this.opened(batch);
    return {
      seal: (rowNumber, content) =>
        this.seal(opened, `row/${rowNumber}`, Buffer.from(JSON.stringify(content))).toString('base64url'),
      open: (rowNumber, sealed) => {
        const plain = this.open(opened, `row/${rowNumber}`, Buffer.from(sealed, 'base64url'));
        return JSON.parse(plain.toString('utf8')) as RosterContent;
      },
    };
  }

  /** First byte: the suite, so that a batch opens after the operator chose another. */
  private seal({ id, key }: Opened, part: string, plain: Buffer): Buffer {
    const suite = this.cipher.currentSuite;
    const sealed = SUITES[suite].seal(key, `roster.${part}/${id}`, plain);
    return Buffer.concat([Buffer.of(suite === 'aes' ? 1 : 2), sealed]);
  }

  private open({ id, key }: Opened, part: string, sealed: Buffer): Buffer {
    const suite = sealed[0] === 2 ? SUITES.sm : SUITES.aes;
    return suite.open(key, `roster.${part}/${id}`, sealed.subarray(1));
  }

  private opened({ id, contentKey }: Keyed): Opened {
    if (contentKey === null) throw new Error('the key of this roster batch was wiped');
    return { id, key: Buffer.from(this.cipher.decrypt(CONTENT_KEY_PURPOSE, contentKey), 'base64url') };
  }
}
