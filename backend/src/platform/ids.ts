import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';

/** Drawn ahead: asking the system for one random byte at a time costs more than the row that an id is for. */
const pool = Buffer.alloc(4096);
let used = pool.length;

/** From 0 up to, but not including, 1. */
function random(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool.readUInt8(used);
  used += 1;
  return byte / 256;
}

const next = monotonicFactory(random);

/** A new opaque id, sortable by the moment of making: a ULID, 26 characters. */
export function newId(now: Date): string {
  return next(now.getTime());
}
