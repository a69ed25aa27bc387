import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { AuditEntry } from './audit-entry.entity.js';
import type { AuditKeys } from './audit-keys.js';
import { AuditSeal } from './audit-seal.entity.js';
import { leafOf, NO_ROOT, rootOf, type SealedContent } from './merkle.js';
import type { ExportedSeal, ExportLine, SealExport } from './seal-export.js';

export const AUDIT_PROBLEMS = [
  /** The seal's entries do not give its root, and no export tells which of them. */
  'entries-changed',
  'entry-changed',
  'entry-removed',
  'entry-added',
  /** An entry names a seal that does not exist. */
  'entry-without-seal',
  'seal-missing',
  /** Signed by a key that is not ours, or not signed at all. */
  'seal-foreign',
  /** The seal does not build on the root before it. */
  'chain-broken',
  /** The export has a seal that the database has not: the end of the trail was cut off. */
  'tail-removed',
  /** The export lacks this seal; told once for all that follow, when it ends before them. */
  'export-missing',
  'export-differs',
  'export-unreadable',
] as const;
export type AuditProblemKind = (typeof AUDIT_PROBLEMS)[number];

export interface AuditProblem {
  readonly kind: AuditProblemKind;
  /** Number of the seal concerned. */
  readonly seal: number | null;
  readonly entryId: string | null;
}

export interface AuditReport {
  readonly ok: boolean;
  /** Sealed entries looked at. */
  readonly entries: number;
  readonly seals: number;
  /** Entries that no seal covers yet: nothing can be said of them. */
  readonly unsealed: number;
  readonly problemCount: number;
  /** The first thousand. */
  readonly problems: readonly AuditProblem[];
}

export interface AuditSources {
  readonly manager: EntityManager;
  readonly keys: AuditKeys;
  /** Null when there is no export to compare with. */
  readonly exported: SealExport | null;
  /** A seal younger than a minute may still be on its way into the export. */
  readonly now: Date;
}

const SEALS_AT_ONCE = 100;
const EXPORT_MS = 60_000;
/** More are counted but no longer listed. */
const LISTED = 1000;

/**
 * Reads the whole trail, the export beside it, and tells everything that is not as it was sealed. Reads in small
 * pieces, so it may run beside the service. What it cannot see: entries removed or added before they were sealed (a
 * second or so), and a change by somebody who has database, export and signing key.
 */
export async function verifyAudit({ manager, keys, exported, now }: AuditSources): Promise<AuditReport> {
  const problems: AuditProblem[] = [];
  let problemCount = 0;
  const tell: Tell = (kind, seal, entryId = null) => {
    problemCount += 1;
    if (problems.length < LISTED) problems.push({ kind, seal, entryId });
  };
  const copies = exported ? new ExportReader(exported.lines(), tell) : null;
  let entries = 0;
  let seals = 0;
  let previous = { number: 0, root: NO_ROOT };
  let exportEnded = false;
  for (;;) {
    const some: AuditSeal[] = await manager.find(AuditSeal, {
      where: { number: MoreThan(previous.number) },
      order: { number: 'ASC' },
      take: SEALS_AT_ONCE,
    });
    if (some.length === 0) break;
    const covered = await entriesOf(manager, some);
    for (const seal of some) {
      for (let number = previous.number + 1; number < seal.number; number += 1) {
        tell('seal-missing', number);
        await copies?.take(number);
      }
      const own = covered.get(seal.id) ?? [];
      const copy = await copies?.take(seal.number);
      if (copies && !copy && !exportEnded && now.getTime() - seal.sealedAt.getTime() > EXPORT_MS) {
        tell('export-missing', seal.number);
        exportEnded = copies.ended;
      }
      if (copy && !sameSeal(seal, copy)) tell('export-differs', seal.number);
      checkSeal(seal, previous.root, keys, tell);
      checkEntries(seal, own, copy, tell);
      entries += own.length;
      previous = { number: seal.number, root: seal.root };
    }
    seals += some.length;
  }
  // What the export still has was sealed once and is gone from the database, or never was in it.
  for (const number of (await copies?.rest()) ?? [])
    tell(number > previous.number ? 'tail-removed' : 'export-differs', number);
  for (const entryId of await orphans(manager)) tell('entry-without-seal', null, entryId);
  const unsealed = await manager.countBy(AuditEntry, { sealId: IsNull() });
  return { ok: problemCount === 0, entries, seals, unsealed, problemCount, problems };
}

type Tell = (kind: AuditProblemKind, seal: number | null, entryId?: string | null) => void;

/** Reads the export along with the seals, so that neither is ever in memory as a whole. */
class ExportReader {
  /** Lines read but not yet asked for. */
  private readonly ahead = new Map<number, ExportedSeal>();
  private reached = 0;
  ended = false;

  constructor(
    private readonly lines: AsyncGenerator<ExportLine>,
    private readonly tell: Tell,
  ) {}

  async take(number: number): Promise<ExportedSeal | undefined> {
    while (!this.ended && this.reached < number) await this.readLine();
    const copy = this.ahead.get(number);
    this.ahead.delete(number);
    return copy;
  }

  /** Numbers of all lines that nobody asked for, ascending. */
  async rest(): Promise<number[]> {
    while (!this.ended) await this.readLine();
    return [...this.ahead.keys()].sort((a, b) => a - b);
  }

  private async readLine(): Promise<void> {
    const next = await this.lines.next();
    if (next.done) {
      this.ended = true;
      return;
    }
    const { seal } = next.value;
    if (!seal) {
      this.tell('export-unreadable', null);
      return;
    }
    if (this.ahead.has(seal.number)) this.tell('export-differs', seal.number);
    this.ahead.set(seal.number, seal);
    this.reached = Math.max(this.reached, seal.number);
  }
}

function checkSeal(seal: AuditSeal, previousRoot: string, keys: AuditKeys, tell: Tell): void {
  if (seal.previousRoot !== previousRoot) tell('chain-broken', seal.number);
  if (!keys.verifies(seal.root, seal.keyId, seal.signature)) tell('seal-foreign', seal.number);
}

/** The root says whether; the list of leaves in the export, if it gives the same root, says which. */
function checkEntries(
  seal: AuditSeal,
  entries: readonly SealedContent[],
  copy: ExportedSeal | undefined,
  tell: Tell,
): void {
  const leaves = entries.map(leafOf);
  const intact =
    entries.length > 0 && entries.length === seal.entryCount && rootOf(seal, leaves) === seal.root;
  if (intact) return;
  const listed = copy && trustedLeaves(seal, copy);
  if (!listed) {
    tell('entries-changed', seal.number);
    return;
  }
  const missing = new Map(listed);
  let found = 0;
  entries.forEach((entry, index) => {
    const leaf = missing.get(entry.id);
    missing.delete(entry.id);
    if (leaf === leaves[index]?.toString('hex')) return;
    found += 1;
    tell(leaf === undefined ? 'entry-added' : 'entry-changed', seal.number, entry.id);
  });
  for (const id of missing.keys()) tell('entry-removed', seal.number, id);
  // Every entry is as listed, so it is the seal's own row that was changed.
  if (found === 0 && missing.size === 0) tell('entries-changed', seal.number);
}

/** The export's list of leaves, if it gives the root that was signed. */
function trustedLeaves(seal: AuditSeal, copy: ExportedSeal): readonly (readonly [string, string])[] | null {
  if (copy.entries.length === 0 || copy.root !== seal.root) return null;
  const content = {
    number: copy.number,
    previousRoot: copy.previousRoot,
    entryCount: copy.entries.length,
    sealedAt: new Date(copy.sealedAt),
  };
  const root = rootOf(
    content,
    copy.entries.map(([, leaf]) => Buffer.from(leaf, 'hex')),
  );
  return root === copy.root ? copy.entries : null;
}

function sameSeal(seal: AuditSeal, copy: ExportedSeal): boolean {
  return (
    seal.id === copy.sealId &&
    seal.root === copy.root &&
    seal.previousRoot === copy.previousRoot &&
    seal.keyId === copy.keyId &&
    seal.signature === copy.signature &&
    seal.sealedAt.toISOString() === copy.sealedAt &&
    seal.entryCount === copy.entries.length
  );
}

async function entriesOf(manager: EntityManager, seals: AuditSeal[]): Promise<Map<string, AuditEntry[]>> {
  const bySeal = new Map<string, AuditEntry[]>();
  const rows = await manager.find(AuditEntry, {
    where: { sealId: In(seals.map((seal) => seal.id)) },
    order: { id: 'ASC' },
  });
  for (const row of rows) {
    const seal = row.sealId ?? '';
    const list = bySeal.get(seal);
    if (list) list.push(row);
    else bySeal.set(seal, [row]);
  }
  return bySeal;
}

/** Entries whose seal is gone; the first thousand. */
async function orphans(manager: EntityManager): Promise<string[]> {
  const rows = await manager
    .createQueryBuilder(AuditEntry, 'entry')
    .leftJoin(AuditSeal, 'seal', 'seal.id = entry.sealId')
    .where('entry.sealId IS NOT NULL AND seal.id IS NULL')
    .select('entry.id', 'id')
    .orderBy('entry.id')
    .limit(1000)
    .getRawMany<{ id: string }>();
  return rows.map((row) => row.id);
}
