import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../../../../platform/crypto/field-cipher.js';
import { SUITES } from '../../../../platform/crypto/suites.js';
import { FileStore } from '../../../../platform/files/file-store.js';
import type { RosterContent } from '../roster.types.js';
import type { RosterBatch } from './roster-batch.entity.js';

export const CONTENT_KEY_PURPOSE = 'roster.content-key';
type Keyed = Pick<RosterBatch, 'id' | 'contentKey'>;

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
    await this.store.put(batch.id, this.seal(batch, 'file', bytes));
  }

  /** Null once the file was deleted. */
  async getFile(batch: Keyed): Promise<Buffer | null> {
    if (batch.contentKey === null) return null;
    const sealed = await this.store.get(batch.id);
    return sealed && this.open(batch, 'file', sealed);
  }

  deleteFile(batchId: string): Promise<void> {
    return this.store.delete(batchId);
  }

  sealRow(batch: Keyed, rowNumber: number, content: RosterContent): string {
    return this.seal(batch, `row/${rowNumber}`, Buffer.from(JSON.stringify(content))).toString('base64url');
  }

  openRow(batch: Keyed, rowNumber: number, sealed: string): RosterContent {
    const plain = this.open(batch, `row/${rowNumber}`, Buffer.from(sealed, 'base64url'));
    return JSON.parse(plain.toString('utf8')) as RosterContent;
  }

  /** First byte: the suite, so that a batch opens after the operator chose another. */
  private seal(batch: Keyed, part: string, plain: Buffer): Buffer {
    const suite = this.cipher.currentSuite;
    const sealed = SUITES[suite].seal(this.keyOf(batch), `roster.${part}/${batch.id}`, plain);
    return Buffer.concat([Buffer.of(suite === 'aes' ? 1 : 2), sealed]);
  }

  private open(batch: Keyed, part: string, sealed: Buffer): Buffer {
    const suite = sealed[0] === 2 ? SUITES.sm : SUITES.aes;
    return suite.open(this.keyOf(batch), `roster.${part}/${batch.id}`, sealed.subarray(1));
  }

  private keyOf({ contentKey }: Keyed): Buffer {
    if (contentKey === null) throw new Error('the key of this roster batch was wiped');
    return Buffer.from(this.cipher.decrypt(CONTENT_KEY_PURPOSE, contentKey), 'base64url');
  }
}
