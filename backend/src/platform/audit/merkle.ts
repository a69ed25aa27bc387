import { createHash } from 'node:crypto';
import type { AuditEntry } from './audit-entry.entity.js';

/**
 * How a seal is computed. Documented here because an auditor must be able to do it without this program.
 *
 * - *leaf* of an entry: SHA-256(0x00 ‖ UTF-8 of the JSON array
 *   `[id, at, actorType, actorId, action, objectType, objectId, fields, requestId]`), with `at` as ISO 8601 in UTC with
 *   milliseconds, `fields` as an array, absent values as null, and no white space.
 * - *tree*: the Merkle tree hash of RFC 6962 §2.1 over the leaves in ascending order of id: one leaf is itself, more
 *   are SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below their number.
 * - *root* of a seal: SHA-256(0x02 ‖ UTF-8 of the JSON array `[number, previousRoot, tree, entryCount, sealedAt]`),
 *   with the hashes in hex.
 *
 * The three prefixes keep a leaf, a node and a seal from ever being taken for one another.
 */
const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
const SEAL = Buffer.of(2);

const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Root before the first seal. */
export const NO_ROOT = '0'.repeat(64);

export type SealedContent = Omit<AuditEntry, 'sealId'>;

export function leafOf(entry: SealedContent): Buffer {
  // The stored text of `fields` goes in as it is: it is JSON already, and a change of one space is a change.
  const head = JSON.stringify([
    entry.id,
    entry.at.toISOString(),
    entry.actorType,
    entry.actorId,
    entry.action,
    entry.objectType,
    entry.objectId,
  ]);
  return sha256(LEAF, `${head.slice(0, -1)},${entry.fields},${JSON.stringify(entry.requestId)}]`);
}

/** Merkle tree hash of RFC 6962 over at least one leaf. */
export function treeOf(leaves: readonly Buffer[]): Buffer {
  const [first] = leaves;
  if (!first) throw new Error('a seal covers at least one entry');
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(NODE, treeOf(leaves.slice(0, split)), treeOf(leaves.slice(split)));
}

export interface SealContent {
  readonly number: number;
  readonly previousRoot: string;
  readonly entryCount: number;
  readonly sealedAt: Date;
}

/** Root of a seal, hex. */
export function rootOf(seal: SealContent, leaves: readonly Buffer[]): string {
  const { number, previousRoot, entryCount, sealedAt } = seal;
  const tree = treeOf(leaves).toString('hex');
  return sha256(
    SEAL,
    JSON.stringify([number, previousRoot, tree, entryCount, sealedAt.toISOString()]),
  ).toString('hex');
}
