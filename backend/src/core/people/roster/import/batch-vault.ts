import { Injectable } from '@nestjs/common';
import { ContentCipher } from '../../../../platform/crypto/content-cipher.js';
import { FileStore } from '../../../../platform/files/file-store.js';
import type { RosterContent } from '../roster.types.js';
import type { RosterBatch } from './roster-batch.entity.js';

export const CONTENT_KEY_PURPOSE = 'roster.content-key';
type Keyed = Pick<RosterBatch, 'id' | 'contentKey'>;

export interface RowVault {
  seal(rowNumber: number, content: RosterContent): string;
  open(rowNumber: number, sealed: string): RosterContent;
}

const fileLabel = (batchId: string): string => `roster.file/${batchId}`;
const rowLabel = (batchId: string, rowNumber: number): string => `roster.row/${rowNumber}/${batchId}`;

/**
 * Keeps an uploaded roster encrypted with a key of its own: the file in the store, its checked rows in the database.
 * Without the batch's key, which is wiped in the end, neither can be read.
 */
@Injectable()
export class BatchVault {
  constructor(
    private readonly cipher: ContentCipher,
    private readonly store: FileStore,
  ) {}

  /** A new key, as the batch keeps it. */
  newKey(): string {
    return this.cipher.newKey(CONTENT_KEY_PURPOSE);
  }

  async putFile(batch: Keyed, bytes: Buffer): Promise<void> {
    await this.store.put(batch.id, this.cipher.seal(this.keyOf(batch), fileLabel(batch.id), bytes));
  }

  /** Null once the file was deleted. */
  async getFile(batch: Keyed): Promise<Buffer | null> {
    if (batch.contentKey === null) return null;
    const sealed = await this.store.get(batch.id);
    return sealed && this.cipher.open(this.keyOf(batch), fileLabel(batch.id), sealed);
  }

  deleteFile(batchId: string): Promise<void> {
    return this.store.delete(batchId);
  }

  /** For the rows of one unit: the key of the batch is opened once, and forgotten with what is returned. */
  rows(batch: Keyed): RowVault {
    const key = this.keyOf(batch);
    return {
      seal: (rowNumber, content) => {
        const plain = Buffer.from(JSON.stringify(content));
        return this.cipher.seal(key, rowLabel(batch.id, rowNumber), plain).toString('base64url');
      },
      open: (rowNumber, sealed) => {
        const plain = this.cipher.open(key, rowLabel(batch.id, rowNumber), Buffer.from(sealed, 'base64url'));
        return JSON.parse(plain.toString('utf8')) as RosterContent;
      },
    };
  }

  private keyOf({ contentKey }: Keyed): Buffer {
    if (contentKey === null) throw new Error('the key of this roster batch was wiped');
    return this.cipher.openKey(CONTENT_KEY_PURPOSE, contentKey);
  }
}
