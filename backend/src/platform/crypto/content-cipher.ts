import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldCipher } from './field-cipher.js';
import { type CipherSuite, SUITES } from './suites.js';

/** First byte of what was sealed: it opens also after the operator chose another suite. */
const MARK: Readonly<Record<CipherSuite, number>> = { aes: 1, sm: 2 };

/**
 * Encrypts files, and parts of them, with keys of their own (docs/decisions/0020). The owner's row keeps the key, closed
 * with the field keys for a purpose such as `files.content-key`: rotation closes it anew without touching the file, and
 * wiping it makes the file unreadable.
 */
@Injectable()
export class ContentCipher {
  constructor(private readonly fields: FieldCipher) {}

  /** A new key, as its owner's row keeps it. */
  newKey(purpose: string): string {
    return this.fields.encrypt(purpose, randomBytes(32).toString('base64url'));
  }

  /** The key itself, 32 bytes. Opened once it serves for many parts. @throws Error as `FieldCipher.decrypt` */
  openKey(purpose: string, kept: string): Buffer {
    return Buffer.from(this.fields.decrypt(purpose, kept), 'base64url');
  }

  /** `label` says what it is (`files.content/<id>`), so that one part never opens as another. */
  seal(key: Buffer, label: string, plain: Buffer): Buffer {
    const suite = this.fields.currentSuite;
    return Buffer.concat([Buffer.of(MARK[suite]), SUITES[suite].seal(key, label, plain)]);
  }

  /** @throws Error when a byte, the key or the label is another */
  open(key: Buffer, label: string, sealed: Buffer): Buffer {
    const suite = sealed[0] === MARK.sm ? SUITES.sm : SUITES.aes;
    return suite.open(key, label, sealed.subarray(1));
  }
}
