import { parentPort } from 'node:worker_threads';
import type { ParsedRow } from './parse-row.js';
import { SheetRefusal } from './parse-sheet.js';
import { type MarkedProblem, markWorkbook, parseWorkbook } from './workbook-tasks.js';

/** What the host asks of this thread; it lives for one task. */
export type WorkbookTask =
  | { kind: 'parse'; bytes: Uint8Array; today: string }
  | { kind: 'mark'; bytes: Uint8Array; today: string; problems: MarkedProblem[] }
  /** More of what was parsed: about so many rows, at least one packet while there are any. */
  | { kind: 'next'; rows: number };

if (!parentPort) throw new Error('runs as a worker only');
const host = parentPort;

/** Parsed rows wait as JSON in buffers, outside the heap: as objects, 20,000 of them take several times as much. */
const PACKET_ROWS = 10;
/** Unlike those of `Buffer`, its arrays share no pool, so each can be given away as a whole. */
const encoder = new TextEncoder();
const packets: Uint8Array<ArrayBuffer>[] = [];
let sent = 0;
let open: string[] = [];

function closePacket(): void {
  if (open.length > 0) packets.push(encoder.encode(open.join('\n')));
  open = [];
}

function keep(row: ParsedRow): void {
  open.push(JSON.stringify(row));
  if (open.length === PACKET_ROWS) closePacket();
}

function sendMore(rows: number): void {
  const next = packets.slice(sent, sent + Math.max(1, Math.floor(rows / PACKET_ROWS)));
  sent += next.length;
  const last = sent === packets.length;
  // Given away, not copied.
  host.postMessage(
    { kind: 'rows', packets: next, last },
    next.map(({ buffer }) => buffer),
  );
}

async function work(task: WorkbookTask): Promise<void> {
  if (task.kind === 'next') {
    sendMore(task.rows);
    return;
  }
  const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength);
  if (task.kind === 'mark') {
    const marked = await markWorkbook(bytes, task.today, task.problems);
    host.postMessage({ kind: 'marked', bytes: marked });
    return;
  }
  const { total } = await parseWorkbook(bytes, task.today, keep);
  closePacket();
  host.postMessage({ kind: 'parsed', total });
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
