import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Booking } from '@talent-card/shared/bookings/schema';
import { BookingRow } from '../src/features/bookings/booking.entity.js';
import { addDays, serviceDate, startOfServiceDay } from '../src/platform/clock/shanghai.js';
import { ReadDatabase } from '../src/platform/database/database.module.js';
import { BACKEND_ROOT } from '../src/platform/paths.js';
import { makeChannel, makeSlot, signInHolder } from './booking-fixtures.js';
import type { TestPerson } from './card-fixtures.js';
import { createTestApp, type TestApp } from './harness.js';

const MAIN = join(BACKEND_ROOT, 'dist', 'src', 'main.js');
const PEOPLE = 125;
const SLOTS = 20;
const EACH = 8;
/** A thousand wishes for eight hundred places. */
const PLACES = 40;
const IN_FLIGHT = 50;
const KILL_AFTER = 350;
const HOUR = 3_600_000;

interface Wish {
  readonly person: TestPerson;
  readonly slotId: string;
  readonly key: string;
}
interface Answered {
  readonly status: number;
  readonly text: string;
}

/** The built program, killed with a thousand bookings under way; the database is looked at from here. */
describe('a service that is killed in the middle of a thousand bookings', () => {
  let test: TestApp;
  let child: ChildProcess | undefined;
  let wishes: Wish[];
  beforeAll(async () => {
    test = await createTestApp();
    // The other process has the real time.
    test.clock.set(new Date());
    const today = serviceDate(test.clock.now());
    const channel = await makeChannel(test, {
      rules: { opensDaysAhead: 30, opensAt: '00:00' },
      terms: { limits: [{ window: 'lifetime', most: EACH }] },
    });
    const slots: string[] = [];
    for (let i = 0; i < SLOTS; i += 1) {
      const day = startOfServiceDay(addDays(today, 2 + Math.floor(i / 10)));
      slots.push(
        await makeSlot(test, channel, new Date(day.getTime() + (8 + (i % 10)) * HOUR).toISOString(), PLACES),
      );
    }
    const people: TestPerson[] = [];
    for (let i = 0; i < PEOPLE; i += 1) people.push(await signInHolder(test));
    wishes = people.flatMap((person, i) =>
      Array.from({ length: EACH }, (_, k) => ({
        person,
        slotId: slots[(i * EACH + k) % SLOTS] ?? '',
        key: randomUUID(),
      })),
    );
  }, 120_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    await test.close();
  });

  async function start(): Promise<number> {
    const { PATH = '', HOME = '' } = process.env;
    child = spawn(process.execPath, [MAIN], {
      env: {
        PATH,
        HOME,
        // Commits as durably as production.
        APP_ENV: 'development',
        DEMO_DATA: 'none',
        LOG_LEVEL: 'error',
        HOST: '127.0.0.1',
        PORT: '0',
        DATA_DIR: test.config.dataDir,
        ...(test.config.DATABASE_URL ? { DATABASE_URL: test.config.DATABASE_URL } : {}),
      },
    });
    let text = '';
    const note = (chunk: Buffer): void => {
      text += chunk.toString();
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    for (;;) {
      const port = /http:\/\/localhost:(\d+)\/\n/.exec(text)?.[1];
      if (port) return Number(port);
      if (child.exitCode !== null) throw new Error(`did not start: ${text}`);
      await delay(50);
    }
  }

  /** Sends every wish, so many at a time, until all are answered or the service is gone. */
  async function sendAll(port: number, killAfter = Number.POSITIVE_INFINITY): Promise<Map<Wish, Answered>> {
    const answers = new Map<Wish, Answered>();
    const waiting = [...wishes];
    const send = async (): Promise<void> => {
      for (let wish = waiting.shift(); wish; wish = waiting.shift()) {
        try {
          const response = await fetch(`http://127.0.0.1:${port}/api/v1/bookings`, {
            method: 'POST',
            headers: {
              ...wish.person.headers,
              'content-type': 'application/json',
              'idempotency-key': wish.key,
            },
            body: JSON.stringify({ slotId: wish.slotId }),
          });
          answers.set(wish, { status: response.status, text: await response.text() });
        } catch {
          // Nobody knows how far this one came.
        }
        if (answers.size === killAfter) child?.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, send));
    return answers;
  }

  const manager = () => test.app.get(ReadDatabase).manager;
  const number = async (sql: string): Promise<number> => {
    const rows: Record<string, number | string>[] = await manager().query(sql);
    return Number(Object.values(rows[0] ?? {})[0] ?? 0);
  };
  /** Every book says the same. */
  async function expectBooksToAgree(bookings: number): Promise<void> {
    expect({
      claims: await number('SELECT COALESCE(SUM(amount), 0) FROM capacity_claims'),
      taken: await number('SELECT COALESCE(SUM(taken), 0) FROM capacity_pools'),
      spent: await number("SELECT COUNT(*) FROM quota_entries WHERE state = 'spent'"),
      audit: await number("SELECT COUNT(*) FROM audit_entries WHERE action = 'bookings.book'"),
      told: await number("SELECT COUNT(*) FROM outbox_messages WHERE topic = 'booking.booked'"),
      kept: await number(
        "SELECT COUNT(*) FROM idempotency_records WHERE route = 'POST /bookings' AND outcome = 'done'",
      ),
      oversold: await number('SELECT COUNT(*) FROM capacity_pools WHERE taken > capacity'),
    }).toEqual({
      claims: bookings,
      taken: bookings,
      spent: bookings,
      audit: bookings,
      told: bookings,
      kept: bookings,
      oversold: 0,
    });
  }

  it('loses none that was answered, invents none, and answers the rest when it is back', async () => {
    const before = await sendAll(await start(), KILL_AFTER);
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(before.size).toBeGreaterThanOrEqual(KILL_AFTER);
    expect(before.size).toBeLessThan(wishes.length);

    const rows = await manager().find(BookingRow);
    const kept = new Map(rows.map((row) => [row.id, row]));
    for (const [wish, { status, text }] of before) {
      expect([200, 409]).toContain(status);
      if (status !== 200) continue;
      const { bookingId, number: told } = JSON.parse(text) as Booking;
      expect(kept.get(bookingId)).toMatchObject({
        number: told,
        status: 'booked',
        slotId: wish.slotId,
        personId: wish.person.personId,
      });
    }
    // One for each wish at most, and none that nobody wished.
    const wished = new Set(wishes.map(({ person, slotId }) => `${person.personId} ${slotId}`));
    const made = rows.map(({ personId, slotId }) => `${personId} ${slotId}`);
    expect(made.filter((one) => !wished.has(one))).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
    await expectBooksToAgree(rows.length);

    const after = await sendAll(await start());
    expect(after.size).toBe(wishes.length);
    for (const [wish, answer] of before) {
      const { status, text } = answer;
      const again = after.get(wish);
      expect(again?.status).toBe(status);
      // A refusal carries the id of its request; a booking is the same to the letter.
      if (status === 200) expect(again?.text).toBe(text);
      else expect(JSON.parse(again?.text ?? '{}').details).toEqual(JSON.parse(text).details);
    }
    const booked = [...after.values()].filter(({ status }) => status === 200);
    expect(booked).toHaveLength(SLOTS * PLACES);
    expect(await manager().count(BookingRow)).toBe(SLOTS * PLACES);
    await expectBooksToAgree(SLOTS * PLACES);
  }, 120_000);
});
