/** First in, first out: SQLite has one writer, and TypeORM one connection for it. */
export class Mutex {
  private tail: Promise<void> = Promise.resolve();
  private waiting = 0;

  /** How many wait or run now; a metric. */
  get depth(): number {
    return this.waiting;
  }

  async runExclusive<T>(work: () => Promise<T>): Promise<T> {
    const before = this.tail;
    let release: () => void = () => undefined;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    this.waiting += 1;
    try {
      await before;
      return await work();
    } finally {
      this.waiting -= 1;
      release();
    }
  }
}
