/**
 * For calls of the host that only make a page nicer (a scroll, a title, a colour): the host rejects with a plain
 * object where a page has just gone, and nobody has anything to do about it.
 */
export function quietly(call: Promise<unknown>): void {
  call.catch(() => undefined);
}
