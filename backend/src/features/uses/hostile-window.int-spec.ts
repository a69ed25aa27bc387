import { makeChannel, makeSlot } from '../../../test/booking-fixtures.js';
import { TEST_NOW } from '../../../test/harness.js';
import { signInCitizen, signInStaff } from '../../../test/sign-in.js';
import { outcomes, windowForEach } from '../../../test/window.js';
import { clerkAgain, enrolClerk, look, makeCodeChannel, useOnce } from '../../../test/window-fixtures.js';
import { UseRow } from './use.entity.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const later = (ms: number): string => new Date(TEST_NOW.getTime() + ms).toISOString();

/** What somebody would try who wants more than is due, at the window or behind it. */
describe('a hostile window', () => {
  const window = windowForEach();

  const record = (body: object, by: { headers: Record<string, string> } = window.clerk) =>
    window.post('/window/uses', body, by);
  const looked = (venueId: string) => look(window.test, window.clerk, venueId, window.phone.code());
  const uses = (): Promise<number> => window.rows.countBy(UseRow, { personId: window.holder.personId });

  it('gets nothing for a phone that its holder stopped between look and use', async () => {
    const channel = await makeCodeChannel(window.test);
    const { lookId } = await looked(channel.venueId);
    await window.post(`/card-code/devices/${window.phone.credential.deviceId}/revoke`);
    expect(await record({ lookId, ...channel })).toMatchObject({ body: { code: 'CODE_DEVICE_REVOKED' } });
    expect(await window.spent(channel)).toBe(0);
    // Made online there is no phone to stop, and the card works.
    const { cardId } = window.holder;
    const { body: shown } = await window.post('/card-code/online', { cardId }, await window.again());
    expect((await useOnce(window.test, window.clerk, channel, shown.code)).status).toBe(200);
  });

  it('counts one code once: online and offline, under a new id, after a refund', async () => {
    const channel = await makeCodeChannel(window.test);
    const { channelId } = await makeCodeChannel(window.test);
    const useId = await window.used(channel);
    const signed = [window.signed(channel, { companions: 1 }), window.signed({ ...channel, channelId })];
    expect(outcomes(await window.sync(signed))).toEqual([
      ['to-settle', 'already-used'],
      ['to-settle', 'already-used'],
    ]);
    await window.refund(useId);
    expect((await looked(channel.venueId)).verdict).toBe('already-used');
    expect(await window.spent(channel)).toBe(0);
  });

  it('makes one use of a tap whose answer was lost and the letting in without network after it', async () => {
    const channel = await makeCodeChannel(window.test);
    const useId = await window.used(channel);
    const use = window.signed(channel);
    for (const answer of [await window.sync([use]), await window.sync([use])]) {
      expect(answer.body.items).toMatchObject([{ outcome: 'counted', verdict: 'ok-offline', useId }]);
    }
    expect(await uses()).toBe(1);
    expect(await window.spent(channel)).toBe(1);
    // Another phone with the same code is no lost answer.
    const other = await enrolClerk(window.test);
    expect(outcomes(await window.sync([window.signed(channel, {}, other)], other))).toEqual([
      ['to-settle', 'already-used'],
    ]);
  });

  it('forgets nobody who was let in without network after the use of their code was given back', async () => {
    const channel = await makeCodeChannel(window.test);
    await window.refund(await window.used(channel));
    const use = window.signed(channel);
    for (const answer of [await window.sync([use]), await window.sync([use])]) {
      expect(outcomes(answer)).toEqual([['to-settle', 'already-used']]);
    }
    expect(await uses()).toBe(2);
    expect(await window.spent(channel)).toBe(0);
  });

  it('takes a batch once that is sent twice at the same moment', async () => {
    const channel = await makeCodeChannel(window.test);
    const use = window.signed(channel);
    const answers = await Promise.all([window.sync([use]), window.sync([use])]);
    for (const answer of answers) expect(outcomes(answer)).toEqual([['counted', 'ok-offline']]);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await uses()).toBe(1);
    expect(await window.spent(channel)).toBe(1);
  });

  it('believes no use under the id or the signature of another phone', async () => {
    const channel = await makeCodeChannel(window.test);
    const other = await enrolClerk(window.test);
    const use = window.signed(channel);
    await window.sync([use]);
    window.clock.advance(MINUTE);
    const { clientUseId } = use;
    const under = window.signed(channel, { clientUseId }, other);
    expect(outcomes(await window.sync([under, use], other))).toEqual([
      ['refused', 'forged'],
      ['refused', 'forged'],
    ]);
    expect(await uses()).toBe(1);
  });

  it('moves no use to another time, place, channel or party after it was signed', async () => {
    const { channelId, venueId } = await makeCodeChannel(window.test);
    const use = window.signed(await makeCodeChannel(window.test));
    const changes: Partial<typeof use>[] = [
      { at: later(-MINUTE) },
      { venueId },
      { channelId },
      { companions: 9 },
      { code: window.phone.code(new Date(later(1000))) },
    ];
    const changed = changes.map((change) => ({ ...use, ...change }));
    expect(outcomes(await window.sync(changed))).toEqual(changed.map(() => ['refused', 'forged']));
  });

  it('dates no use back to when a card worked: the code tells its own time', async () => {
    const channel = await makeCodeChannel(window.test);
    window.clock.advance(HOUR);
    await window.post(`/cards/${window.holder.cardId}/report-lost`, {}, await window.again());
    window.clock.advance(MINUTE);
    const backdated = window.signed(channel, { at: later(30 * MINUTE), code: window.phone.code() });
    expect(outcomes(await window.sync([backdated, window.signed(channel)]))).toEqual([
      ['refused', 'clock-wrong'],
      ['to-settle', 'card-lost'],
    ]);
    const { personId } = window.holder;
    expect(await window.rows.countBy(UseRow, { personId, status: 'used' })).toBe(0);
  });

  it('is served at its own venues only, by network and without', async () => {
    const foreign = await signInStaff(window.test, 'service-window', '371082');
    const channel = await makeCodeChannel(window.test);
    const { lookId } = await looked(channel.venueId);
    expect(await record({ lookId, ...channel }, foreign)).toMatchObject({ body: { code: 'LOOK_ENDED' } });
    const other = await makeCodeChannel(window.test);
    expect(await record({ lookId, ...other })).toMatchObject({ body: { code: 'LOOK_ENDED' } });
    const swapped = { ...channel, channelId: other.channelId };
    expect(await record({ lookId, ...swapped })).toMatchObject({ body: { code: 'CHANNEL_NOT_OPEN' } });
    expect(outcomes(await window.sync([window.signed(swapped)]))).toEqual([['to-settle', 'wrong-venue']]);
    expect(await window.spent(channel)).toBe(0);
  });

  it('charges one visit once, whoever checks it in at the same moment: desk, code and two phones', async () => {
    const channel = await makeChannel(window.test, { terms: { limits: [{ window: 'year', most: 9 }] } });
    const slotId = await makeSlot(window.test, channel, later(HOUR), 5);
    const { body: booked } = await window.post('/bookings', { slotId });
    const { venueId } = channel;
    const { number } = booked;
    const desk = await signInStaff(window.test, 'service-window', '371002');
    const { lookId } = await looked(venueId);
    window.clock.advance(1000);
    const [byNumber, byCode, synced] = await Promise.all([
      window.post('/admin/bookings/check-in', { venueId, number }, desk),
      record({ lookId, ...channel }),
      window.sync([window.signed(channel)]),
    ]);
    expect([200, 409]).toContain(byNumber.status);
    expect(byCode.status === 200 || byCode.body.code === 'BOOKING_ALREADY_ARRIVED').toBe(true);
    const counted = outcomes(synced).filter(([outcome]) => outcome === 'counted').length;
    expect([byNumber, byCode].filter(({ status }) => status === 200).length + counted).toBe(1);
    expect(await window.spent(channel)).toBe(1);
    const { body } = await window.get(`/bookings/${booked.bookingId}`, await window.again());
    expect(body.status).toBe('arrived');
  });

  it('takes nothing back from a booking that was cancelled before the use came in', async () => {
    const channel = await makeChannel(window.test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const slotId = await makeSlot(window.test, channel, later(5 * HOUR), 5);
    const { body: booked } = await window.post('/bookings', { slotId });
    const use = window.signed(channel);
    await window.post(`/bookings/${booked.bookingId}/cancel`);
    const synced = await window.sync([use]);
    expect(outcomes(synced)).toEqual([['to-settle', 'not-entitled']]);
    expect(await window.spent(channel)).toBe(0);
    expect((await window.settle(synced.body.items[0].useId, 'count')).body.status).toBe('used');
    expect(await window.spent(channel)).toBe(1);
  });

  it('opens nothing with a sign-in that was overheard, or for another account', async () => {
    const { clerk, clock } = window;
    const overheard = { deviceId: clerk.deviceId, at: clock.now().toISOString(), signature: 'A'.repeat(86) };
    const mine = await signInCitizen(window.test, clerk.persona);
    expect(await window.post('/clerk/sessions', overheard, mine)).toMatchObject({
      body: { code: 'CODE_DEVICE_SIGNATURE' },
    });
    clock.advance(MINUTE);
    const other = { ...(await enrolClerk(window.test)), deviceId: clerk.deviceId, key: clerk.key };
    await expect(clerkAgain(window.test, other)).rejects.toThrow('CLERK_DEVICE_REVOKED');
  });

  it('calls nobody a forger who had their data erased since', async () => {
    const channel = await makeCodeChannel(window.test);
    const use = window.signed(channel);
    window.clock.advance(MINUTE);
    expect((await window.post('/me/erase', { confirm: 'ERASE' })).status).toBe(204);
    const [[outcome, verdict] = []] = outcomes(await window.sync([use]));
    expect([outcome, verdict]).not.toContain('forged');
    expect(outcome).not.toBe('refused');
    window.clock.advance(MINUTE);
    expect(outcomes(await window.sync([window.signed(channel)]))).toEqual([['to-settle', 'device-revoked']]);
  });

  it('lets the office stop a card whose report somebody who also knows the number might lift', async () => {
    const channel = await makeCodeChannel(window.test);
    const { cardId, who } = window.holder;
    await window.post(`/cards/${cardId}/report-lost`);
    const city = await window.city();
    const path = `/admin/cards/${cardId}`;
    const { version } = (await window.get(path, city)).body;
    const reason = { version, reason: '手机和身份证一起被偷' };
    expect((await window.post(`${path}/suspend`, reason, city)).status).toBe(200);
    const { identityNumber } = who;
    const lifted = await window.post(`/cards/${cardId}/report-found`, { identityNumber });
    expect(lifted).toMatchObject({ body: { code: 'CARD_STATE_CONFLICT' } });
    expect((await looked(channel.venueId)).verdict).toBe('card-suspended');
  });
});
