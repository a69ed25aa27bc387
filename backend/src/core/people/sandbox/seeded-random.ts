import { createHash } from 'node:crypto';

/**
 * The same numbers for the same seed, on every machine and version of Node: SHA-256 over the seed and a counter. For
 * invented data only; nothing secret and nothing fair is ever drawn with it.
 */
export class SeededRandom {
  private counter = 0;
  private pool: number[] = [];

  constructor(private readonly seed: string) {}

  /** A whole number from 0 up to and without `bound`. */
  below(bound: number): number {
    return Math.floor((this.word() / 0x1_0000_0000) * bound);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }

  /** True in about `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  private word(): number {
    const ready = this.pool.pop();
    if (ready !== undefined) return ready;
    const digest = createHash('sha256').update(`${this.seed}\0${this.counter}`).digest();
    this.counter += 1;
    this.pool = Array.from({ length: 8 }, (_, i) => digest.readUInt32BE(i * 4));
    return this.pool.pop() ?? 0;
  }
}
