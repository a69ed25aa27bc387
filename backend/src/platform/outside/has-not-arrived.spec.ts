import { createServer } from 'node:net';
import { hasNotArrived } from './has-not-arrived.js';

const failed = (cause: unknown): Error => Object.assign(new TypeError('fetch failed'), { cause });

describe('a request without an answer', () => {
  it.each([
    ['a refused connection', { code: 'ECONNREFUSED' }, true],
    ['a name nobody knows', { code: 'ENOTFOUND' }, true],
    ['every address refused', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, true],
    [
      'one address that may have heard it',
      { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' }] },
      false,
    ],
    ['a connection that was reset', { code: 'ECONNRESET' }, false],
    ['no reason at all', undefined, false],
    ['a list of no reasons', { errors: [] }, false],
  ])('has not arrived only where no connection came about: %s', (_, cause, expected) => {
    expect(hasNotArrived(failed(cause))).toBe(expected);
  });

  it('is told by the real errors of fetch', async () => {
    const server = createServer((socket) => socket.once('data', () => socket.destroy()));
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const heard = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
    expect(hasNotArrived(heard)).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    const unheard = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
    expect(hasNotArrived(unheard)).toBe(true);
  });
});
