/** First in, first out: SQLite has one writer, and TypeORM one connection for it. */
export class Mutex {
  private tail: Promise<void> = Promise.resolve();
  private waiting = 0;

  /** How many wait or run now; a metric. */
  get depth(): number {
    return this.waiting;
  }

  /** @throws Error after `patienceMs` without a turn; those behind still wait for whoever holds it */
  async runExclusive<T>(work: () => Promise<T>, patienceMs?: number): Promise<T> {
    const before = this.tail;
    let release: () => void = () => undefined;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    this.waiting += 1;
    try {
      await (patienceMs === undefined ? before : inTime(before, patienceMs));
      return await work();
    } finally {
      this.waiting -= 1;
      // Whoever gave up has never had the turn, so only its end may hand it on.
      void before.then(release);
    }
  }
}

function inTime(turn: Promise<void>, patienceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const given = setTimeout(() => reject(new Error(`no turn within ${patienceMs} ms`)), patienceMs);
    void turn.then(() => {
      clearTimeout(given);
      resolve();
    });
  });
}
