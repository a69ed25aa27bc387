import { parentPort } from 'node:worker_threads';
import { SheetRefusal } from './parse-sheet.js';
import { type MarkedProblem, markWorkbook, parseWorkbook } from './workbook-tasks.js';

/** What the host asks of this thread; it lives for one task. */
export type WorkbookTask =
  | { kind: 'parse'; bytes: Uint8Array; today: string; chunk: number }
  | { kind: 'mark'; bytes: Uint8Array; today: string; problems: MarkedProblem[] }
  /** The next chunk of what was parsed. */
  | { kind: 'next' };

if (!parentPort) throw new Error('runs as a worker only');
const host = parentPort;
let pending: unknown[] = [];
let chunk = 500;

function sendChunk(): void {
  const rows = pending.slice(0, chunk);
  pending = pending.slice(chunk);
  host.postMessage({ kind: 'rows', rows, last: pending.length === 0 });
}

async function work(task: WorkbookTask): Promise<void> {
  if (task.kind === 'next') {
    sendChunk();
    return;
  }
  const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
  if (task.kind === 'mark') {
    const marked = await markWorkbook(bytes, task.today, task.problems);
    host.postMessage({ kind: 'marked', bytes: marked });
    return;
  }
  chunk = task.chunk;
  const { rows } = await parseWorkbook(bytes, task.today);
  pending = rows;
  host.postMessage({ kind: 'parsed', total: rows.length });
}

host.on('message', (task: WorkbookTask) => {
  work(task).catch((error: unknown) => {
    if (error instanceof SheetRefusal) {
      host.postMessage({ kind: 'refused', code: error.code, missing: error.missing });
      return;
    }
    throw error;
  });
});
