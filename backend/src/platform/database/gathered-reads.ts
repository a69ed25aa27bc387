import { setImmediate as nextTurn } from 'node:timers/promises';

interface Asked<V> {
  readonly key: string;
  readonly found: (value: V | undefined) => void;
  readonly failed: (error: unknown) => void;
}

/** More in one statement make its plan slower than two statements. */
const MOST = 200;

/**
 * Reads by key, of which those that arrive together, or while one read runs, share the next: under load one statement
 * serves a hundred calls. None is answered by a read that began before it was asked.
 */
export class GatheredReads<V> {
  private waiting: Asked<V>[] = [];
  private running = false;

  /** @param readMany one statement for all keys, which may be given twice; what is not there is left out */
  constructor(private readonly readMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>) {}

  read(key: string): Promise<V | undefined> {
    const answer = new Promise<V | undefined>((found, failed) => {
      this.waiting.push({ key, found, failed });
    });
    if (!this.running) {
      this.running = true;
      void this.run();
    }
    return answer;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      await nextTurn();
      const asked = this.waiting.splice(0, MOST);
      try {
        const values = await this.readMany(asked.map(({ key }) => key));
        for (const { key, found } of asked) found(values.get(key));
      } catch (error) {
        for (const { failed } of asked) failed(error);
      }
    }
    this.running = false;
  }
}
