import type { OfflineUse } from '@talent-card/shared/uses/schema';
import { makeChannel, makeSlot, type TestChannel } from '../../../test/booking-fixtures.js';
import { enrolPhone, signInHolder } from '../../../test/code-fixtures.js';
import { TEST_NOW } from '../../../test/harness.js';
import { outcomes, windowForEach } from '../../../test/window.js';
import { clerkAgain, enrolClerk, makeCodeChannel, signedUse } from '../../../test/window-fixtures.js';
import { system } from '../../platform/accounts/principal.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import type { CardMove } from '../cards/card-moves.js';
import { Cards } from '../cards/cards.service.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('uses made without network', () => {
  const window = windowForEach();

  const move = (how: CardMove) =>
    window.test.app.get(UnitOfWork).run((tx) => {
      const cards = window.test.app.get(Cards, { strict: false });
      return cards.move(tx, system('test'), window.holder.cardId, how, { reason: null });
    });
  const uses = (): Promise<number> => window.rows.countBy(UseRow, { personId: window.holder.personId });
  /** Signed so many minutes after the test began. */
  const signedAfter = (minutes: number, channel: TestChannel, companions = 0): OfflineUse =>
    window.signed(channel, { at: new Date(TEST_NOW.getTime() + minutes * MINUTE).toISOString(), companions });

  it('count when they hold, at their own moment, and only once', async () => {
    const channel = await makeCodeChannel(window.test);
    const use = window.signed(channel, { companions: 1 });
    window.clock.advance(3 * HOUR);
    const first = await window.sync([use]);
    const { clientUseId } = use;
    const item = { clientUseId, outcome: 'counted', verdict: 'ok-offline', useId: expect.any(String) };
    expect(first).toMatchObject({ status: 200, body: { items: [item] } });
    expect((await window.sync([use])).body).toEqual(first.body);
    expect(await uses()).toBe(1);
    const mine = await window.get('/uses/mine', await window.again());
    expect(mine.body.items).toMatchObject([
      { at: TEST_NOW.toISOString(), offline: true, status: 'used', left: null, companions: 1 },
    ]);
    expect(await window.quota(channel)).toEqual({ excess: 0, used: 1 });
  });

  it('are refused when nobody showed a card: forged, tampered, strange, of the future', async () => {
    const channel = await makeCodeChannel(window.test);
    const { phone } = window;
    const inFiveMinutes = new Date(TEST_NOW.getTime() + 5 * MINUTE).toISOString();
    const refused: [verdict: string, use: OfflineUse][] = [
      ['forged', { ...window.signed(channel), companions: 1 }],
      ['forged', window.signed(channel, {}, await enrolClerk(window.test))],
      ['not-a-code', window.signed(channel, { code: 'https://example.cn' })],
      ['forged', window.signed(channel, { code: `${phone.code().slice(0, -3)}000` })],
      ['clock-wrong', window.signed(channel, { at: inFiveMinutes, code: phone.code() })],
      ['wrong-venue', window.signed({ ...channel, venueId: newId(TEST_NOW) })],
      // A code of yesterday under the time of today.
      [
        'code-expired',
        window.signed(channel, { code: phone.code(new Date(TEST_NOW.getTime() - 24 * HOUR)) }),
      ],
    ];
    expect(outcomes(await window.sync(refused.map(([, use]) => use)))).toEqual(
      refused.map(([verdict]) => ['refused', verdict]),
    );
    expect(await uses()).toBe(0);
  });

  it('come from an active device of the clerk alone', async () => {
    const channel = await makeCodeChannel(window.test);
    const { deviceId, ...other } = await enrolClerk(window.test);
    const stolen = { deviceId, uses: [window.signed(channel, {}, { ...other, deviceId })] };
    expect(await window.post('/window/offline-uses', stolen, window.clerk)).toMatchObject({
      status: 403,
      body: { code: 'CLERK_DEVICE_REVOKED' },
    });
  });

  it('wait for a decision when one code was let in on two devices', async () => {
    const channel = await makeCodeChannel(window.test);
    const second = await enrolClerk(window.test);
    const [one, two] = [window.signed(channel), window.signed(channel, {}, second)];
    expect(outcomes(await window.sync([one]))).toEqual([['counted', 'ok-offline']]);
    const replayed = await window.sync([two], second);
    expect(outcomes(replayed)).toEqual([['to-settle', 'already-used']]);
    expect((await window.sync([two], second)).body).toEqual(replayed.body);
    expect(await window.quota(channel)).toEqual({ excess: 0, used: 1 });
    // And when the desk beside it had the network.
    window.clock.advance(MINUTE);
    await window.used(channel);
    expect(outcomes(await window.sync([window.signed(channel, {}, second)], second))).toEqual([
      ['to-settle', 'already-used'],
    ]);
  });

  it('are answered as the first of them when one phone says the same of one code under many ids', async () => {
    const channel = await makeCodeChannel(window.test);
    const second = await enrolClerk(window.test);
    const said = async (...signed: OfflineUse[]) => (await window.sync(signed)).body.items;
    await window.sync([window.signed(channel, {}, second)], second);
    const [one, two] = [window.signed(channel), window.signed(channel)];
    const first = await said(one, two);
    const { useId } = first[0];
    const answer = { outcome: 'to-settle', verdict: 'already-used', useId };
    expect(first).toEqual([one, two].map(({ clientUseId }) => ({ clientUseId, ...answer })));
    expect(await said(window.signed(channel), two)).toMatchObject([{ useId }, { useId }]);
    expect(await uses()).toBe(2);
    // Another party is another thing to look at.
    const [party] = await said(window.signed(channel, { companions: 1 }));
    expect(party.useId).not.toBe(useId);
    // What counted is answered as counted.
    window.clock.advance(MINUTE);
    const [kept, same] = await said(window.signed(channel), window.signed(channel));
    expect(same).toMatchObject({ outcome: 'counted', verdict: 'ok-offline', useId: kept.useId });
  });

  it('wait for a decision when the quota was gone, and are written down in excess', async () => {
    const channel = await makeCodeChannel(window.test, { terms: { limits: [{ window: 'day', most: 1 }] } });
    const signed = [0, 1, 2].map((minutes) => signedAfter(minutes, channel));
    window.clock.advance(HOUR);
    expect(outcomes(await window.sync(signed))).toEqual([
      ['counted', 'ok-offline'],
      ['to-settle', 'quota-gone'],
      ['to-settle', 'quota-gone'],
    ]);
    expect(await window.quota(channel)).toEqual({ excess: 2, used: 1 });
  });

  it.each<[string, CardMove, string]>([
    ['suspended', 'suspend', 'card-suspended'],
    ['lost', 'reportLost', 'card-lost'],
    ['revoked', 'revoke', 'card-revoked'],
  ])(
    'wait for a decision when the card was %s before, and count when it was after',
    async (_, how, verdict) => {
      const channel = await makeCodeChannel(window.test);
      const before = window.signed(channel);
      window.clock.advance(MINUTE);
      await move(how);
      window.clock.advance(MINUTE);
      expect(outcomes(await window.sync([before, window.signed(channel)]))).toEqual([
        ['counted', 'ok-offline'],
        ['to-settle', verdict],
      ]);
    },
  );

  it('are judged by the card of their moment, through any number of suspensions', async () => {
    const channel = await makeCodeChannel(window.test, { terms: { limits: [{ window: 'year', most: 9 }] } });
    const moves: [CardMove | null, verdict: string][] = [
      [null, 'ok-offline'],
      ['suspend', 'card-suspended'],
      ['restore', 'ok-offline'],
      ['reportLost', 'card-lost'],
      ['reportFound', 'ok-offline'],
      ['suspend', 'card-suspended'],
      ['revoke', 'card-revoked'],
    ];
    const signed: OfflineUse[] = [];
    for (const [how] of moves) {
      if (how) await move(how);
      window.clock.advance(MINUTE);
      signed.push(window.signed(channel));
      window.clock.advance(MINUTE);
    }
    const verdicts = outcomes(await window.sync(signed)).map(([, verdict]) => verdict);
    expect(verdicts).toEqual(moves.map(([, verdict]) => verdict));
    const { personId } = window.holder;
    expect(await window.rows.countBy(UseRow, { personId, status: 'used' })).toBe(3);
  });

  it('wait for a decision when the phone was revoked before', async () => {
    const channel = await makeCodeChannel(window.test);
    await window.post(`/card-code/devices/${window.phone.credential.deviceId}/revoke`);
    window.clock.advance(MINUTE);
    expect(outcomes(await window.sync([window.signed(channel)]))).toEqual([['to-settle', 'device-revoked']]);
  });

  it('wait for a decision when they were not due: class, companions, channel, venue', async () => {
    const youth = await makeCodeChannel(window.test, { terms: { cardKind: 'youth' } });
    const online = await makeCodeChannel(window.test, { channel: { offline: 'online-only' } });
    const channel = await makeCodeChannel(window.test);
    const signed = [
      signedAfter(1, youth),
      signedAfter(2, online),
      signedAfter(3, channel, 3),
      signedAfter(4, { channelId: channel.channelId, venueId: youth.venueId }),
    ];
    window.clock.advance(HOUR);
    expect(outcomes(await window.sync(signed))).toEqual([
      ['to-settle', 'not-entitled'],
      ['to-settle', 'online-only'],
      ['to-settle', 'companions-too-many'],
      ['to-settle', 'wrong-venue'],
    ]);
  });

  it("take the day's booking over, also on the day after; without one they wait for a decision", async () => {
    const channel = await makeChannel(window.test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const slotId = await makeSlot(window.test, channel, '2026-11-24T02:00:00.000Z', 5);
    const { body: booked } = await window.post('/bookings', { slotId });
    window.clock.set('2026-11-24T02:05:00.000Z');
    const use = window.signed(channel);
    const stranger = await enrolPhone(window.test, await signInHolder(window.test));
    const other = signedUse(window.test, window.clerk, channel, stranger.code());
    window.clock.advance(20 * HOUR);
    const woken = await clerkAgain(window.test, window.clerk);
    expect(outcomes(await window.sync([use, other], woken))).toEqual([
      ['counted', 'ok-offline'],
      ['to-settle', 'not-entitled'],
    ]);
    const { body: booking } = await window.get(`/bookings/${booked.bookingId}`, await window.again());
    expect(booking.status).toBe('arrived');
    expect(await window.quota(channel)).toEqual({ excess: 0, used: 1 });
  });

  it('wait for a decision when they come in after two days', async () => {
    const use = window.signed(await makeCodeChannel(window.test));
    window.clock.advance(48 * HOUR + MINUTE);
    const woken = await clerkAgain(window.test, window.clerk);
    expect(outcomes(await window.sync([use], woken))).toEqual([['to-settle', 'kit-expired']]);
  });
});
