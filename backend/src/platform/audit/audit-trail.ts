import { Injectable } from '@nestjs/common';
import type { Principal } from '../accounts/principal.js';
import { insertRows } from '../database/many-rows.js';
import type { Tx } from '../database/tx.js';
import { newId } from '../ids.js';
import type { AuditEntry } from './audit-entry.entity.js';

export interface AuditRecord {
  /** Feature and verb: `cards.issue`, `people.reveal-identity`. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string | null;
  /** Names of the fields read or changed; never their values. */
  readonly fields?: string[];
  readonly requestId?: string;
}

function actorIdOf(principal: Principal): string | null {
  switch (principal.type) {
    case 'citizen':
      return principal.accountId;
    case 'staff':
      return principal.staffId;
    case 'system':
      return principal.name;
    case 'anonymous':
      return null;
  }
}

const entryOf = (tx: Tx, principal: Principal, entry: AuditRecord): AuditEntry => ({
  id: newId(tx.now),
  at: tx.now,
  actorType: principal.type,
  actorId: actorIdOf(principal),
  action: entry.action,
  objectType: entry.objectType,
  objectId: entry.objectId,
  fields: JSON.stringify(entry.fields ?? []),
  requestId: entry.requestId ?? null,
  sealId: null,
});
/** The seal begins as NULL. */
const COLUMNS = [
  'id',
  'at',
  'actorType',
  'actorId',
  'action',
  'objectType',
  'objectId',
  'fields',
  'requestId',
] as const;

@Injectable()
export class AuditTrail {
  /** Writes the entry in the caller's transaction; it is sealed within seconds of the commit. */
  async record(tx: Tx, principal: Principal, entry: AuditRecord): Promise<void> {
    await this.recordMany(tx, [{ ...entry, principal }]);
  }

  /** The same for many, by few statements. */
  async recordMany(tx: Tx, records: readonly (AuditRecord & { principal: Principal })[]): Promise<void> {
    const entries = records.map((record) => entryOf(tx, record.principal, record));
    await insertRows(tx.atCommit, 'audit_entries', COLUMNS, entries);
  }
}
