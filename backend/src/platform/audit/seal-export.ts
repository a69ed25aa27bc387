import { createReadStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import type { AuditSeal } from './audit-seal.entity.js';

/** One line of the export: a seal, with the id and leaf of each entry it covers, so that a change can be named. */
export const exportedSealSchema = z.object({
  number: z.number().int().positive(),
  sealId: z.string(),
  sealedAt: z.string(),
  previousRoot: z.string(),
  root: z.string(),
  keyId: z.string(),
  signature: z.string(),
  entries: z.array(z.tuple([z.string(), z.string()])).describe('Entry id and leaf in hex, by ascending id'),
});
export type ExportedSeal = z.infer<typeof exportedSealSchema>;

export function exportedSeal(seal: AuditSeal, leaves: readonly (readonly [string, Buffer])[]): ExportedSeal {
  return {
    number: seal.number,
    sealId: seal.id,
    sealedAt: seal.sealedAt.toISOString(),
    previousRoot: seal.previousRoot,
    root: seal.root,
    keyId: seal.keyId,
    signature: seal.signature,
    entries: leaves.map(([id, leaf]) => [id, leaf.toString('hex')]),
  };
}

/** A line of the file; `seal` is null when it cannot be read. */
export interface ExportLine {
  readonly line: number;
  readonly seal: ExportedSeal | null;
}

/**
 * Seals as NDJSON lines in a file that lies outside the database and is only ever appended to: point it at a
 * write-once or remote folder, and whoever rewrites the database cannot rewrite it along.
 */
export class SealExport {
  /** Size after our own last append or look; null before. Another size means that somebody else was at it. */
  private expectedBytes: number | null = null;

  constructor(readonly path: string) {}

  /** Lines in order; none when there is no file. */
  async *lines(): AsyncGenerator<ExportLine> {
    if ((await this.bytes()) === 0) return;
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(this.path), crlfDelay: Infinity })) {
      line += 1;
      yield { line, seal: parse(text) };
    }
  }

  /** Number of the last seal in the file that can be read; 0 when there is none. */
  async lastNumber(): Promise<number> {
    let last = 0;
    this.expectedBytes = await this.bytes();
    for await (const { seal } of this.lines()) if (seal) last = Math.max(last, seal.number);
    return last;
  }

  /** Whether the file is as it was after our last append or look. */
  async untouched(): Promise<boolean> {
    return this.expectedBytes === null || (await this.bytes()) === this.expectedBytes;
  }

  async append(seals: readonly ExportedSeal[]): Promise<void> {
    if (seals.length === 0) return;
    await mkdir(dirname(this.path), { recursive: true });
    const file = await open(this.path, 'a+', 0o600);
    try {
      // After a crash in the middle of a line the next one must not be glued to it.
      const { size } = await file.stat();
      const last = Buffer.alloc(1, '\n');
      if (size > 0) await file.read(last, 0, 1, size - 1);
      const lines = seals.map((seal) => `${JSON.stringify(seal)}\n`).join('');
      await file.writeFile(`${last.toString() === '\n' ? '' : '\n'}${lines}`);
      await file.datasync();
    } finally {
      await file.close();
    }
    this.expectedBytes = await this.bytes();
  }

  private async bytes(): Promise<number> {
    try {
      return (await stat(this.path)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  }
}

function parse(text: string): ExportedSeal | null {
  try {
    return exportedSealSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
