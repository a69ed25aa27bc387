import { makeChannel, makeSlot } from '../../../test/booking-fixtures.js';
import { type Answer, call } from '../../../test/card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInPerson } from '../../../test/sign-in.js';
import {
  clerkAgain,
  enrolClerk,
  makeCodeChannel,
  signedUse,
  sync,
  type TestClerk,
  useOnce,
} from '../../../test/window-fixtures.js';
import { system } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import type { CardMove } from '../cards/card-moves.js';
import { Cards } from '../cards/cards.service.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('uses made without network', () => {
  let test: TestApp;
  let clerk: TestClerk;
  let holder: Holder;
  let phone: TestPhone;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await enrolClerk(test);
    holder = await signInHolder(test);
    phone = await enrolPhone(test, holder);
  });

  const read = () => test.app.get(ReadDatabase).manager;
  const move = (how: CardMove) =>
    test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app.get(Cards, { strict: false }).move(tx, system('test'), holder.cardId, how, { reason: null }),
      );
  const items = (answer: Answer) => {
    if (answer.status !== 200) throw new Error(`the sync was refused: ${JSON.stringify(answer.body)}`);
    return answer.body.items;
  };
  const excessOf = async (channelId: string) => {
    const who = await signInPerson(test, holder.personId);
    const { body } = await call(test, 'GET', `/entitlements/${channelId}`, who);
    return { excess: body.excess, used: body.limits[0]?.used };
  };

  it('count when they hold, at their own moment, and only once', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code(), { companions: 1 });
    test.clock.advance(3 * HOUR);
    const first = await sync(test, clerk, [use]);
    expect(items(first)).toEqual([
      {
        clientUseId: use.clientUseId,
        outcome: 'counted',
        verdict: 'ok-offline',
        useId: expect.any(String),
      },
    ]);
    const again = await sync(test, clerk, [use]);
    expect(again.body).toEqual(first.body);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
    const who = await signInPerson(test, holder.personId);
    const mine = await call(test, 'GET', '/uses/mine', who);
    expect(mine.body.items).toMatchObject([
      { at: TEST_NOW.toISOString(), offline: true, status: 'used', left: null, companions: 1 },
    ]);
    expect(await excessOf(channel.channelId)).toEqual({ excess: 0, used: 1 });
  });

  it('are refused when nobody showed a card: forged, tampered, strange, of the future', async () => {
    const channel = await makeCodeChannel(test);
    const good = signedUse(test, clerk, channel, phone.code());
    const other = await enrolClerk(test);
    const answer = await sync(test, clerk, [
      { ...good, companions: 1 },
      signedUse(test, other, channel, phone.code()),
      signedUse(test, clerk, channel, 'https://example.cn'),
      signedUse(test, clerk, channel, `${phone.code().slice(0, -3)}000`),
      signedUse(test, clerk, channel, phone.code(), {
        at: new Date(TEST_NOW.getTime() + 5 * MINUTE).toISOString(),
      }),
      signedUse(test, clerk, { ...channel, venueId: newId(TEST_NOW) }, phone.code()),
      // A code of yesterday under the time of today.
      signedUse(test, clerk, channel, phone.code(new Date(TEST_NOW.getTime() - 24 * HOUR))),
    ]);
    expect(
      items(answer).map(({ outcome, verdict }: { outcome: string; verdict: string }) => [outcome, verdict]),
    ).toEqual(
      ['forged', 'forged', 'not-a-code', 'forged', 'clock-wrong', 'wrong-venue', 'code-expired'].map(
        (verdict) => ['refused', verdict],
      ),
    );
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(0);
  });

  it('come from an active device of the clerk alone', async () => {
    const channel = await makeCodeChannel(test);
    const other = await enrolClerk(test);
    const use = signedUse(test, other, channel, phone.code());
    const stolen = await call(test, 'POST', '/window/offline-uses', clerk, {
      deviceId: other.deviceId,
      uses: [use],
    });
    expect(stolen).toMatchObject({ status: 403, body: { code: 'CLERK_DEVICE_REVOKED' } });
  });

  it('wait for a decision when one code was let in on two devices', async () => {
    const channel = await makeCodeChannel(test);
    const second = await enrolClerk(test);
    const code = phone.code();
    const [one, two] = [signedUse(test, clerk, channel, code), signedUse(test, second, channel, code)];
    expect(items(await sync(test, clerk, [one]))).toMatchObject([{ outcome: 'counted' }]);
    const replayed = await sync(test, second, [two]);
    expect(items(replayed)).toMatchObject([{ outcome: 'to-settle', verdict: 'already-used' }]);
    expect(items(await sync(test, second, [two]))).toEqual(items(replayed));
    expect(await excessOf(channel.channelId)).toEqual({ excess: 0, used: 1 });
    // And when the desk beside it had the network.
    test.clock.advance(MINUTE);
    const next = phone.code();
    expect((await useOnce(test, clerk, channel, next)).status).toBe(200);
    expect(items(await sync(test, second, [signedUse(test, second, channel, next)]))).toMatchObject([
      { outcome: 'to-settle', verdict: 'already-used' },
    ]);
  });

  it('are answered as the first of them when one phone says the same of one code under many ids', async () => {
    const channel = await makeCodeChannel(test);
    const second = await enrolClerk(test);
    const code = phone.code();
    await sync(test, second, [signedUse(test, second, channel, code)]);
    const again = () => signedUse(test, clerk, channel, code);
    const [one, two] = [again(), again()];
    const first = items(await sync(test, clerk, [one, two]));
    const { useId } = first[0];
    expect(first).toEqual(
      [one, two].map(({ clientUseId }) => ({
        clientUseId,
        outcome: 'to-settle',
        verdict: 'already-used',
        useId,
      })),
    );
    expect(items(await sync(test, clerk, [again(), two]))).toMatchObject([{ useId }, { useId }]);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(2);
    // Another party is another thing to look at.
    const party = signedUse(test, clerk, channel, code, { companions: 1 });
    expect(items(await sync(test, clerk, [party]))[0].useId).not.toBe(useId);
    // What counted is answered as counted.
    const next = phone.code(new Date(TEST_NOW.getTime() + MINUTE));
    test.clock.advance(MINUTE);
    const counted = [0, 1].map(() => signedUse(test, clerk, channel, next));
    const [kept, same] = items(await sync(test, clerk, counted));
    expect(same).toMatchObject({ outcome: 'counted', verdict: 'ok-offline', useId: kept.useId });
  });

  it('wait for a decision when the quota was gone, and are written down in excess', async () => {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'day', most: 1 }] } });
    const uses = [0, 1, 2].map((minutes) => {
      const at = new Date(TEST_NOW.getTime() + minutes * MINUTE);
      return signedUse(test, clerk, channel, phone.code(at), { at: at.toISOString() });
    });
    test.clock.advance(HOUR);
    expect(items(await sync(test, clerk, uses))).toMatchObject([
      { outcome: 'counted' },
      { outcome: 'to-settle', verdict: 'quota-gone' },
      { outcome: 'to-settle', verdict: 'quota-gone' },
    ]);
    expect(await excessOf(channel.channelId)).toEqual({ excess: 2, used: 1 });
  });

  it.each<[string, CardMove, string]>([
    ['suspended', 'suspend', 'card-suspended'],
    ['lost', 'reportLost', 'card-lost'],
    ['revoked', 'revoke', 'card-revoked'],
  ])(
    'wait for a decision when the card was %s before, and count when it was after',
    async (_, how, verdict) => {
      const channel = await makeCodeChannel(test);
      const before = signedUse(test, clerk, channel, phone.code());
      test.clock.advance(MINUTE);
      await move(how);
      test.clock.advance(MINUTE);
      const after = signedUse(test, clerk, channel, phone.code());
      expect(items(await sync(test, clerk, [before, after]))).toMatchObject([
        { outcome: 'counted' },
        { outcome: 'to-settle', verdict },
      ]);
    },
  );

  it('are judged by the card of their moment, through any number of suspensions', async () => {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'year', most: 9 }] } });
    const uses: ReturnType<typeof signedUse>[] = [];
    const use = () => {
      test.clock.advance(MINUTE);
      uses.push(signedUse(test, clerk, channel, phone.code()));
      test.clock.advance(MINUTE);
    };
    use();
    await move('suspend');
    use();
    await move('restore');
    use();
    await move('reportLost');
    use();
    await move('reportFound');
    use();
    await move('suspend');
    use();
    await move('revoke');
    use();
    const verdicts = items(await sync(test, clerk, uses)).map((item: { verdict: string }) => item.verdict);
    expect(verdicts).toEqual([
      'ok-offline',
      'card-suspended',
      'ok-offline',
      'card-lost',
      'ok-offline',
      'card-suspended',
      'card-revoked',
    ]);
    expect(await read().countBy(UseRow, { personId: holder.personId, status: 'used' })).toBe(3);
  });

  it('wait for a decision when the phone was revoked before', async () => {
    const channel = await makeCodeChannel(test);
    await call(test, 'POST', `/card-code/devices/${phone.credential.deviceId}/revoke`, holder);
    test.clock.advance(MINUTE);
    const use = signedUse(test, clerk, channel, phone.code());
    expect(items(await sync(test, clerk, [use]))).toMatchObject([
      { outcome: 'to-settle', verdict: 'device-revoked' },
    ]);
  });

  it('wait for a decision when they were not due: class, companions, channel, venue', async () => {
    const youth = await makeCodeChannel(test, { terms: { cardKind: 'youth' } });
    const online = await makeCodeChannel(test, { channel: { offline: 'online-only' } });
    const channel = await makeCodeChannel(test);
    let minutes = 0;
    const use = (where: typeof youth, companions = 0) => {
      minutes += 1;
      const at = new Date(TEST_NOW.getTime() + minutes * MINUTE);
      return signedUse(test, clerk, where, phone.code(at), { at: at.toISOString(), companions });
    };
    const uses = [
      use(youth),
      use(online),
      use(channel, 3),
      use({ channelId: channel.channelId, venueId: youth.venueId }),
    ];
    test.clock.advance(HOUR);
    expect(items(await sync(test, clerk, uses))).toMatchObject([
      { outcome: 'to-settle', verdict: 'not-entitled' },
      { outcome: 'to-settle', verdict: 'online-only' },
      { outcome: 'to-settle', verdict: 'companions-too-many' },
      { outcome: 'to-settle', verdict: 'wrong-venue' },
    ]);
  });

  it("take the day's booking over, also on the day after; without one they wait for a decision", async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const slotId = await makeSlot(test, channel, '2026-11-24T02:00:00.000Z', 5);
    const booked = await call(test, 'POST', '/bookings', holder, { slotId });
    test.clock.set('2026-11-24T02:05:00.000Z');
    const use = signedUse(test, clerk, channel, phone.code());
    const stranger = await signInHolder(test);
    const other = signedUse(test, clerk, channel, (await enrolPhone(test, stranger)).code());
    test.clock.advance(20 * HOUR);
    const woken = await clerkAgain(test, clerk);
    expect(items(await sync(test, woken, [use, other]))).toMatchObject([
      { outcome: 'counted' },
      { outcome: 'to-settle', verdict: 'not-entitled' },
    ]);
    const who = await signInPerson(test, holder.personId);
    const booking = await call(test, 'GET', `/bookings/${booked.body.bookingId}`, who);
    expect(booking.body.status).toBe('arrived');
    expect(await excessOf(channel.channelId)).toEqual({ excess: 0, used: 1 });
  });

  it('wait for a decision when they come in after two days', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code());
    test.clock.advance(48 * HOUR + MINUTE);
    const woken = await clerkAgain(test, clerk);
    expect(items(await sync(test, woken, [use]))).toMatchObject([
      { outcome: 'to-settle', verdict: 'kit-expired' },
    ]);
  });
});
