import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

/** A new opaque id, sortable by the moment of making: a ULID, 26 characters. */
export function newId(now: Date): string {
  return next(now.getTime());
}
