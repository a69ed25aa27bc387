import type { OfflineUse } from '@talent-card/shared/uses/schema';
import { makeChannel, makeSlot } from '../../../test/booking-fixtures.js';
import { type Answer, call } from '../../../test/card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { signInCitizen, signInPerson, signInStaff } from '../../../test/sign-in.js';
import {
  clerkAgain,
  enrolClerk,
  look,
  makeCodeChannel,
  signedUse,
  sync,
  type TestClerk,
  useOnce,
} from '../../../test/window-fixtures.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What somebody would try who wants more than is due, at the window or behind it. */
describe('a hostile window', () => {
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
  const record = (body: object, by: { headers: Record<string, string> } = clerk) =>
    call(test, 'POST', '/window/uses', by, body);
  const again = async (): Promise<Holder> => ({ ...holder, ...(await signInPerson(test, holder.personId)) });
  const spent = async (channelId: string): Promise<number> => {
    const { body } = await call(test, 'GET', `/entitlements/${channelId}`, await again());
    return body.limits[0]?.used + body.excess;
  };
  const outcomes = ({ body }: Answer): [string, string][] =>
    body.items.map((item: { outcome: string; verdict: string }) => [item.outcome, item.verdict]);

  it('gets nothing for a phone that its holder stopped between look and use', async () => {
    const channel = await makeCodeChannel(test);
    const { lookId } = await look(test, clerk, channel.venueId, phone.code());
    await call(test, 'POST', `/card-code/devices/${phone.credential.deviceId}/revoke`, await again());
    expect(await record({ lookId, ...channel })).toMatchObject({ body: { code: 'CODE_DEVICE_REVOKED' } });
    expect(await spent(channel.channelId)).toBe(0);
    // Made online there is no phone to stop, and the card works.
    const shown = await call(test, 'POST', '/card-code/online', await again(), { cardId: holder.cardId });
    expect((await useOnce(test, clerk, channel, shown.body.code)).status).toBe(200);
  });

  it('counts one code once: online and offline, under a new id, after a refund', async () => {
    const channel = await makeCodeChannel(test);
    const code = phone.code();
    const { useId } = (await useOnce(test, clerk, channel, code)).body;
    const uses = [
      signedUse(test, clerk, channel, code, { companions: 1 }),
      signedUse(test, clerk, { ...channel, channelId: (await makeCodeChannel(test)).channelId }, code),
    ];
    expect(outcomes(await sync(test, clerk, uses))).toEqual([
      ['to-settle', 'already-used'],
      ['to-settle', 'already-used'],
    ]);
    const city = await signInStaff(test, 'city-reviewer');
    await call(test, 'POST', `/admin/uses/${useId}/refund`, city, { version: 1, reason: '扫错了人' });
    expect((await look(test, clerk, channel.venueId, code)).verdict).toBe('already-used');
    expect(await spent(channel.channelId)).toBe(0);
  });

  it('makes one use of a tap whose answer was lost and the letting in without network after it', async () => {
    const channel = await makeCodeChannel(test);
    const code = phone.code();
    const { useId } = (await useOnce(test, clerk, channel, code)).body;
    const use = signedUse(test, clerk, channel, code);
    for (const answer of [await sync(test, clerk, [use]), await sync(test, clerk, [use])]) {
      expect(answer.body.items).toMatchObject([{ outcome: 'counted', verdict: 'ok-offline', useId }]);
    }
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
    expect(await spent(channel.channelId)).toBe(1);
    // Another phone with the same code is no lost answer.
    const other = await enrolClerk(test);
    expect(outcomes(await sync(test, other, [signedUse(test, other, channel, code)]))).toEqual([
      ['to-settle', 'already-used'],
    ]);
  });

  it('forgets nobody who was let in without network after the use of their code was given back', async () => {
    const channel = await makeCodeChannel(test);
    const code = phone.code();
    const { useId } = (await useOnce(test, clerk, channel, code)).body;
    const city = await signInStaff(test, 'city-reviewer');
    await call(test, 'POST', `/admin/uses/${useId}/refund`, city, { version: 1, reason: '扫错了人' });
    const use = signedUse(test, clerk, channel, code);
    for (const answer of [await sync(test, clerk, [use]), await sync(test, clerk, [use])]) {
      expect(outcomes(answer)).toEqual([['to-settle', 'already-used']]);
    }
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(2);
    expect(await spent(channel.channelId)).toBe(0);
  });

  it('takes a batch once that is sent twice at the same moment', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code());
    const answers = await Promise.all([sync(test, clerk, [use]), sync(test, clerk, [use])]);
    for (const answer of answers) expect(outcomes(answer)).toEqual([['counted', 'ok-offline']]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
    expect(await spent(channel.channelId)).toBe(1);
  });

  it('believes no use under the id or the signature of another phone', async () => {
    const channel = await makeCodeChannel(test);
    const other = await enrolClerk(test);
    const use = signedUse(test, clerk, channel, phone.code());
    await sync(test, clerk, [use]);
    test.clock.advance(MINUTE);
    const { clientUseId } = use;
    const under = signedUse(test, other, channel, phone.code(), { clientUseId });
    expect(outcomes(await sync(test, other, [under, use]))).toEqual([
      ['refused', 'forged'],
      ['refused', 'forged'],
    ]);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
  });

  it('moves no use to another time, place, channel or party after it was signed', async () => {
    const channel = await makeCodeChannel(test);
    const elsewhere = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code());
    const { channelId, venueId } = elsewhere;
    const earlier = new Date(TEST_NOW.getTime() - MINUTE).toISOString();
    const changed: OfflineUse[] = [
      { ...use, at: earlier },
      { ...use, venueId },
      { ...use, channelId },
      { ...use, companions: 9 },
      { ...use, code: phone.code(new Date(TEST_NOW.getTime() + 1000)) },
    ];
    expect(outcomes(await sync(test, clerk, changed))).toEqual(changed.map(() => ['refused', 'forged']));
  });

  it('dates no use back to when a card worked: the code tells its own time', async () => {
    const channel = await makeCodeChannel(test);
    test.clock.advance(HOUR);
    await call(test, 'POST', `/cards/${holder.cardId}/report-lost`, await again());
    test.clock.advance(MINUTE);
    const backdated = signedUse(test, clerk, channel, phone.code(), {
      at: new Date(TEST_NOW.getTime() + 30 * MINUTE).toISOString(),
    });
    const honest = signedUse(test, clerk, channel, phone.code());
    expect(outcomes(await sync(test, clerk, [backdated, honest]))).toEqual([
      ['refused', 'clock-wrong'],
      ['to-settle', 'card-lost'],
    ]);
    expect(await read().countBy(UseRow, { personId: holder.personId, status: 'used' })).toBe(0);
  });

  it('is served at its own venues only, by network and without', async () => {
    const foreign = await signInStaff(test, 'service-window', '371082');
    const channel = await makeCodeChannel(test);
    const { lookId } = await look(test, clerk, channel.venueId, phone.code());
    expect(await record({ lookId, ...channel }, foreign)).toMatchObject({ body: { code: 'LOOK_ENDED' } });
    const other = await makeCodeChannel(test);
    expect(await record({ lookId, ...other })).toMatchObject({ body: { code: 'LOOK_ENDED' } });
    expect(await record({ lookId, venueId: channel.venueId, channelId: other.channelId })).toMatchObject({
      body: { code: 'CHANNEL_NOT_OPEN' },
    });
    const swapped = signedUse(test, clerk, { ...channel, channelId: other.channelId }, phone.code());
    expect(outcomes(await sync(test, clerk, [swapped]))).toEqual([['to-settle', 'wrong-venue']]);
    expect(await spent(channel.channelId)).toBe(0);
  });

  it('charges one visit once, whoever checks it in at the same moment: desk, code and two phones', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 9 }] } });
    const slotId = await makeSlot(test, channel, new Date(TEST_NOW.getTime() + HOUR).toISOString(), 5);
    const { body: booked } = await call(test, 'POST', '/bookings', holder, { slotId });
    const { venueId } = channel;
    const desk = await signInStaff(test, 'service-window', '371002');
    const { lookId } = await look(test, clerk, venueId, phone.code());
    test.clock.advance(1000);
    const offline = signedUse(test, clerk, channel, phone.code());
    const [byNumber, byCode, synced] = await Promise.all([
      call(test, 'POST', '/admin/bookings/check-in', desk, { venueId, number: booked.number }),
      record({ lookId, ...channel }),
      sync(test, clerk, [offline]),
    ]);
    expect([200, 409]).toContain(byNumber.status);
    expect(byCode.status === 200 || byCode.body.code === 'BOOKING_ALREADY_ARRIVED').toBe(true);
    expect(synced.status).toBe(200);
    const counted = outcomes(synced).filter(([outcome]) => outcome === 'counted').length;
    expect([byNumber, byCode].filter(({ status }) => status === 200).length + counted).toBe(1);
    expect(await spent(channel.channelId)).toBe(1);
    const { body } = await call(test, 'GET', `/bookings/${booked.bookingId}`, await again());
    expect(body.status).toBe('arrived');
  });

  it('takes nothing back from a booking that was cancelled before the use came in', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const slotId = await makeSlot(test, channel, new Date(TEST_NOW.getTime() + 5 * HOUR).toISOString(), 5);
    const { body: booked } = await call(test, 'POST', '/bookings', holder, { slotId });
    const use = signedUse(test, clerk, channel, phone.code());
    await call(test, 'POST', `/bookings/${booked.bookingId}/cancel`, holder);
    expect(outcomes(await sync(test, clerk, [use]))).toEqual([['to-settle', 'not-entitled']]);
    expect(await spent(channel.channelId)).toBe(0);
    const { useId } = (await sync(test, clerk, [use])).body.items[0];
    const city = await signInStaff(test, 'city-reviewer');
    const settled = { version: 1, decision: 'count', note: '本人确实到馆' };
    expect((await call(test, 'POST', `/admin/uses/${useId}/settle`, city, settled)).body.status).toBe('used');
    expect(await spent(channel.channelId)).toBe(1);
  });

  it('opens nothing with a sign-in that was overheard, or for another account', async () => {
    const at = test.clock.now().toISOString();
    const overheard = { deviceId: clerk.deviceId, at, signature: 'A'.repeat(86) };
    const mine = await signInCitizen(test, clerk.persona);
    expect(await call(test, 'POST', '/clerk/sessions', mine, overheard)).toMatchObject({
      body: { code: 'CODE_DEVICE_SIGNATURE' },
    });
    test.clock.advance(MINUTE);
    const other = { ...(await enrolClerk(test)), deviceId: clerk.deviceId, key: clerk.key };
    await expect(clerkAgain(test, other)).rejects.toThrow('CLERK_DEVICE_REVOKED');
  });

  it('calls nobody a forger who had their data erased since', async () => {
    const channel = await makeCodeChannel(test);
    const use = signedUse(test, clerk, channel, phone.code());
    test.clock.advance(MINUTE);
    expect((await call(test, 'POST', '/me/erase', holder, { confirm: 'ERASE' })).status).toBe(204);
    const [[outcome, verdict] = []] = outcomes(await sync(test, clerk, [use]));
    expect([outcome, verdict]).not.toContain('forged');
    expect(outcome).not.toBe('refused');
    test.clock.advance(MINUTE);
    const after = signedUse(test, clerk, channel, phone.code());
    expect(outcomes(await sync(test, clerk, [after]))).toEqual([['to-settle', 'device-revoked']]);
  });

  it('lets the office stop a card whose report the finder of the phone might lift', async () => {
    const channel = await makeCodeChannel(test);
    const report = (how: string) => call(test, 'POST', `/cards/${holder.cardId}/${how}`, holder);
    await report('report-lost');
    const city = await signInStaff(test, 'city-reviewer');
    const path = `/admin/cards/${holder.cardId}`;
    const { body: card } = await call(test, 'GET', path, city);
    const reason = { version: card.version, reason: '手机未锁屏被捡走' };
    expect((await call(test, 'POST', `${path}/suspend`, city, reason)).status).toBe(200);
    expect(await report('report-found')).toMatchObject({ body: { code: 'CARD_STATE_CONFLICT' } });
    expect((await look(test, clerk, channel.venueId, phone.code())).verdict).toBe('card-suspended');
  });
});
