import { setTimeout as delay } from 'node:timers/promises';

const FIRST_ROWS = 50;
const FEWEST_ROWS = 30;
const MOST_ROWS = 200;
/** A neighbour's request needs several turns of the event loop, and each may fall behind one unit. */
const UNIT_MS = 30;
const LONGEST_BREATH_MS = 10;

/**
 * How many rows a unit of a long step takes: as many as fit into about 30 ms, so that an import on a busy or slow
 * machine goes in smaller steps, instead of making everybody else wait longer.
 */
export class UnitPace {
  private rows = FIRST_ROWS;

  /** Rows of the next unit. */
  get size(): number {
    return this.rows;
  }

  /**
   * Runs one unit, learns from its time, and then leaves the thread to others for a quarter of that time: SQLite
   * answers without ever leaving the microtasks, so requests would otherwise wait for the whole step.
   */
  async unit<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    const took = performance.now() - began;
    // By a half at most: one slow commit says little about the next.
    const factor = Math.min(1.5, Math.max(0.5, UNIT_MS / took));
    this.rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.round(this.rows * factor)));
    await delay(Math.min(LONGEST_BREATH_MS, took / 4));
    return result;
  }
}
