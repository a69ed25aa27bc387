import type { Waiting } from '@talent-card/shared/bookings/schema';
import { makeChannel, makeSlot, signInHolder } from '../../../test/booking-fixtures.js';
import { type Answer, call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { MessageRow } from '../messages/message.entity.js';
import { LINE_JOB } from './line-check.js';

/** Somebody who may come once a year waits in three full slots of a channel, with somebody behind them in each. */
describe('somebody in more lines than they have uses', () => {
  const DAYS = ['2026-11-27', '2026-11-28', '2026-11-29'];
  let test: TestApp;
  let slots: string[];
  let full: { who: TestPerson; bookingId: string }[];
  let person: TestPerson;
  let behind: TestPerson[];
  beforeAll(async () => {
    test = await createTestApp();
  });
  beforeEach(async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    slots = [];
    full = [];
    behind = [];
    person = await signInHolder(test);
    for (const day of DAYS) {
      const slotId = await makeSlot(test, channel, `${day}T01:00:00.000Z`, 1);
      const [who, next] = [await signInHolder(test), await signInHolder(test)];
      full.push({ who, bookingId: (await call(test, 'POST', '/bookings', who, { slotId })).body.bookingId });
      for (const one of [person, next]) expect((await wait(one, slotId)).status).toBe(200);
      slots.push(slotId);
      behind.push(next);
    }
  });
  afterAll(() => test.close());

  const wait = (who: TestPerson, slotId: string): Promise<Answer> =>
    call(test, 'POST', '/waiting', who, { slotId });
  const lineOf = async (who: TestPerson, day: number): Promise<Waiting> => {
    const { items } = (await call(test, 'GET', '/waiting/mine', who)).body as { items: Waiting[] };
    return items.find(({ slotId }) => slotId === slots[day]) as Waiting;
  };
  const stand = async (who: TestPerson, day: number): Promise<string> => {
    const { status, reason } = await lineOf(who, day);
    return reason === null ? status : `${status} ${reason}`;
  };
  const mine = (): Promise<string[]> => Promise.all(DAYS.map((_, day) => stand(person, day)));
  const answer = async (who: TestPerson, day: number, verb: 'accept' | 'leave'): Promise<Answer> =>
    call(test, 'POST', `/waiting/${(await lineOf(who, day)).waitingId}/${verb}`, who);
  const free = async (day: number): Promise<void> => {
    const { who, bookingId } = full[day] as (typeof full)[number];
    await call(test, 'POST', `/bookings/${bookingId}/cancel`, who);
  };

  it('is passed over in the others while an offer stands, and keeps its place there', async () => {
    await free(0);
    await test.deliverOutbox();
    expect(await mine()).toEqual(['offered', 'waiting quota', 'waiting quota']);
    await free(1);
    expect(await stand(behind[1] as TestPerson, 1)).toBe('offered');
    await answer(person, 0, 'leave');
    await test.deliverOutbox();
    expect(await mine()).toEqual(['declined', 'waiting', 'waiting']);
    expect(await stand(behind[0] as TestPerson, 0)).toBe('offered');
    await free(2);
    expect(await mine()).toEqual(['declined', 'waiting', 'offered']);
  });

  it('stays passed over once it has accepted, and goes on when it gives the booking back', async () => {
    await free(0);
    const { bookingId } = (await answer(person, 0, 'accept')).body;
    await test.deliverOutbox();
    expect(await mine()).toEqual(['accepted', 'waiting quota', 'waiting quota']);
    await free(1);
    expect(await stand(behind[1] as TestPerson, 1)).toBe('offered');
    await call(test, 'POST', `/bookings/${bookingId}/cancel`, person);
    await test.app.get(Jobs).runNow(LINE_JOB);
    expect(await mine()).toEqual(['accepted', 'waiting', 'waiting']);
    await free(2);
    expect(await mine()).toEqual(['accepted', 'waiting', 'offered']);
  });

  it('keeps one offer where two came at once, and the other goes to the next', async () => {
    await free(0);
    await free(1);
    expect(await mine()).toEqual(['offered', 'offered', 'waiting']);
    await test.deliverOutbox();
    expect(await mine()).toEqual(['offered', 'waiting quota', 'waiting quota']);
    expect(await stand(behind[1] as TestPerson, 1)).toBe('offered');
    const { manager } = test.app.get(ReadDatabase);
    const told = await manager.findBy(MessageRow, { personId: person.personId });
    expect(
      told
        .map(({ kind }) => kind)
        .filter((kind) => kind.startsWith('waiting-'))
        .sort(),
    ).toEqual(['waiting-offered', 'waiting-passed-over']);
  });

  it('has places put aside in no more of them than it has uses, in the order in which it joined', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 2 }] } });
    const pair = await signInHolder(test);
    const cancels: (() => Promise<Answer>)[] = [];
    const pairs: string[] = [];
    for (const day of DAYS) {
      const slotId = await makeSlot(test, channel, `${day}T03:00:00.000Z`, 2);
      const alone = [await signInHolder(test), await signInHolder(test)];
      for (const who of alone) {
        const { bookingId } = (await call(test, 'POST', '/bookings', who, { slotId })).body;
        cancels.push(() => call(test, 'POST', `/bookings/${bookingId}/cancel`, who));
      }
      pairs.push((await call(test, 'POST', '/waiting', pair, { slotId, companions: 1 })).body.waitingId);
    }
    const kept = async () => {
      const { items } = (await call(test, 'GET', '/waiting/mine', pair)).body as { items: Waiting[] };
      return pairs.map((id) => items.find(({ waitingId }) => waitingId === id)).map((one) => one?.kept);
    };
    for (const first of [0, 2, 4]) await cancels[first]?.();
    expect(await kept()).toEqual([1, 1, 1]);
    await test.app.get(Jobs).runNow(LINE_JOB);
    expect(await kept()).toEqual([1, 1, 0]);
    // All it needs in the third is still offered to it when it is free at once.
    await cancels[5]?.();
    await test.deliverOutbox();
    const { items } = (await call(test, 'GET', '/waiting/mine', pair)).body as { items: Waiting[] };
    expect(items.find(({ waitingId }) => waitingId === pairs[2])).toMatchObject({
      status: 'offered',
      kept: 2,
    });
    // The offer takes one use of two, so that one of the others may go on being collected for.
    await test.app.get(Jobs).runNow(LINE_JOB);
    expect(await kept()).toEqual([1, 0, 2]);
  });
});
