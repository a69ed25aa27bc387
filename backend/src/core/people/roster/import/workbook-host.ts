import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { BACKEND_ROOT } from '../../../../platform/paths.js';
import type { ParsedRow } from './parse-row.js';
import { SheetRefusal } from './parse-sheet.js';
import type { WorkbookTask } from './workbook.worker.js';
import { type MarkedProblem, templateWorkbook } from './workbook-tasks.js';

type Answer =
  | { kind: 'parsed'; total: number }
  | { kind: 'rows'; packets: Uint8Array[]; last: boolean }
  | { kind: 'marked'; bytes: Uint8Array }
  | { kind: 'refused'; code: SheetRefusal['code']; missing: string[] };

/** Keeps one workbook from taking the memory of the whole service. */
const HEAP_MB = 128;

function startWorker(): Worker {
  const worker = fileURLToPath(new URL('./workbook.worker.js', import.meta.url));
  // Tests run from the sources; there a small loader compiles them for the thread.
  const fromSources = import.meta.url.endsWith('.ts');
  return new Worker(fromSources ? join(BACKEND_ROOT, 'test/ts-worker.cjs') : worker, {
    ...(fromSources ? { workerData: { entry: worker.replace(/\.js$/, '.ts') } } : {}),
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 8 },
    // Nothing of the service's environment is needed there, and it holds secrets.
    env: {},
  });
}

/** One thread for one task: asked, answered, ended. */
class Conversation {
  private readonly worker = startWorker();

  async ask(task: WorkbookTask): Promise<Answer> {
    const over = new AbortController();
    try {
      this.worker.postMessage(task);
      return await Promise.race([
        once(this.worker, 'message', { signal: over.signal }).then(([answer]) => answer as Answer),
        once(this.worker, 'exit', { signal: over.signal }).then(() => {
          throw new Error('the workbook thread ended early');
        }),
      ]);
    } finally {
      over.abort();
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

function refusalOf(answer: Answer): SheetRefusal {
  return answer.kind === 'refused'
    ? new SheetRefusal(answer.code, answer.missing)
    : new SheetRefusal('IMPORT_FILE_UNREADABLE');
}

/** Rows as the thread packed them: JSON, a line each. */
function rowsOf(packet: Uint8Array): ParsedRow[] {
  const lines = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString('utf8').split('\n');
  return lines.map((line) => JSON.parse(line) as ParsedRow);
}

/** A workbook that was read, waiting to be taken in portions. */
export interface OpenWorkbook {
  /** Rows with something in them, below the heading. */
  readonly total: number;
  /** Portions in the order of the file, of about `size()` rows; the next one is fetched when asked for. */
  portions(size: () => number): AsyncGenerator<ParsedRow[]>;
  close(): Promise<void>;
}

/** Reads and writes workbooks in a thread of their own, so that the event loop stays free meanwhile. */
@Injectable()
export class Workbooks {
  /** @throws SheetRefusal when the file is no roster */
  async open(bytes: Buffer, today: string): Promise<OpenWorkbook> {
    const conversation = new Conversation();
    try {
      const answer = await conversation.ask({ kind: 'parse', bytes, today });
      if (answer.kind !== 'parsed') throw refusalOf(answer);
      return {
        total: answer.total,
        portions: (size) => this.portions(conversation, size),
        close: () => conversation.end(),
      };
    } catch (error) {
      await conversation.end();
      throw error instanceof SheetRefusal ? error : new SheetRefusal('IMPORT_FILE_UNREADABLE');
    }
  }

  /** The sheet as it came, with its problems marked. @throws SheetRefusal */
  async markErrors(bytes: Buffer, today: string, problems: MarkedProblem[]): Promise<Buffer> {
    const conversation = new Conversation();
    try {
      const answer = await conversation.ask({ kind: 'mark', bytes, today, problems });
      if (answer.kind !== 'marked') throw refusalOf(answer);
      return Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength);
    } finally {
      await conversation.end();
    }
  }

  template(): Promise<Buffer> {
    return templateWorkbook();
  }

  private async *portions(conversation: Conversation, size: () => number): AsyncGenerator<ParsedRow[]> {
    for (;;) {
      const answer = await conversation.ask({ kind: 'next', rows: size() });
      if (answer.kind !== 'rows') throw refusalOf(answer);
      if (answer.packets.length > 0) yield answer.packets.flatMap(rowsOf);
      if (answer.last) return;
    }
  }
}
