import { setTimeout as delay } from 'node:timers/promises';
import { Mutex } from './mutex.js';

describe('the mutex', () => {
  it('lets one after another in, in their order', async () => {
    const mutex = new Mutex();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} in`);
      await delay(2);
      seen.push(`${name} out`);
    };
    await Promise.all([mutex.runExclusive(work('a')), mutex.runExclusive(work('b'))]);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out']);
    expect(mutex.depth).toBe(0);
  });

  it('ends a wait for itself, and stays whole', async () => {
    const mutex = new Mutex();
    const nested = mutex.runExclusive(() => mutex.runExclusive(async () => 'never', 20), 20);
    await expect(nested).rejects.toThrow('no turn within 20 ms');
    await expect(mutex.runExclusive(async () => 'next', 20)).resolves.toBe('next');
    expect(mutex.depth).toBe(0);
  });

  it('gives nobody the turn of somebody who still has it', async () => {
    const mutex = new Mutex();
    let busy = true;
    const long = mutex.runExclusive(async () => {
      await delay(60);
      busy = false;
    });
    await expect(mutex.runExclusive(async () => undefined, 10)).rejects.toThrow('no turn');
    await expect(mutex.runExclusive(async () => busy)).resolves.toBe(false);
    await long;
  });
});
