import { openStatusList } from '@talent-card/shared/card-code/status-list';
import { lookOffline } from '@talent-card/shared/card-code/verify';
import type { Looked, WindowKit } from '@talent-card/shared/uses/schema';
import { makeChannel, makeSlot } from '../../../test/booking-fixtures.js';
import { call } from '../../../test/card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from '../../../test/code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from '../../../test/harness.js';
import { type SignedInStaff, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { makeVenue } from '../../../test/venue-fixtures.js';
import { enrolClerk, look, makeCodeChannel, useOnce } from '../../../test/window-fixtures.js';
import { system } from '../../platform/accounts/principal.js';
import { StaffPrincipals } from '../../platform/accounts/staff/staff-principals.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { Cards } from '../cards/cards.service.js';
import { verifyEd25519 } from '../codes/ed25519.js';
import { LookRow, UseRow } from './use.entity.js';
import { Windows } from './windows.js';

const MINUTE = 60_000;

describe('the window with network', () => {
  let test: TestApp;
  let clerk: SignedInStaff;
  let holder: Holder;
  let phone: TestPhone;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set(TEST_NOW);
    clerk = await signInStaff(test, 'service-window', '371002');
    holder = await signInHolder(test);
    phone = await enrolPhone(test, holder);
  });

  const read = () => test.app.get(ReadDatabase).manager;
  /** A code of its own for each time it is shown. */
  const nextCode = () => {
    test.clock.advance(1000);
    return phone.code();
  };
  const record = (body: object, by = clerk) => call(test, 'POST', '/window/uses', by, body);

  it('sees who it is and what is due, and uses it once', async () => {
    const channel = await makeCodeChannel(test);
    const seen = await look(test, clerk, channel.venueId, phone.code());
    expect(seen).toMatchObject({
      verdict: 'ok',
      holder: { cardKind: 'talent', zoneCode: '371002', cardNumberTail: expect.stringMatching(/^\d{4}$/) },
      dues: [
        {
          channelId: channel.channelId,
          verdict: 'ok',
          left: 4,
          leftWindow: 'year',
          renewsOn: '2027-01-01',
          companions: 1,
          booking: null,
          bookingRequired: false,
        },
      ],
    });
    expect(JSON.stringify(seen)).not.toContain(holder.who.name);
    const used = await record({ lookId: seen.lookId, ...channel, companions: 1 });
    expect(used).toMatchObject({
      status: 200,
      body: { status: 'used', offline: false, companions: 1, left: 3, mayDispute: true },
    });
    const mine = await call(test, 'GET', '/uses/mine', holder);
    expect(mine.body.items).toEqual([used.body]);
    const { useId } = used.body;
    expect((await call(test, 'GET', `/uses/${useId}`, holder)).body).toEqual(used.body);
    expect(await read().countBy(AuditEntry, { action: 'uses.record', objectId: useId })).toBe(1);
    const told = await read().findOneByOrFail(OutboxMessage, { topic: 'use.recorded' });
    expect(JSON.parse(told.payload)).toEqual({ personId: holder.personId, useId });
  });

  it('takes a code once, and a look for two minutes', async () => {
    const channel = await makeCodeChannel(test);
    const code = phone.code();
    const first = await look(test, clerk, channel.venueId, code);
    const second = await look(test, clerk, channel.venueId, code);
    expect((await record({ lookId: first.lookId, ...channel })).status).toBe(200);
    expect(await record({ lookId: second.lookId, ...channel })).toMatchObject({
      status: 409,
      body: { code: 'CODE_ALREADY_USED' },
    });
    expect(await look(test, clerk, channel.venueId, code)).toMatchObject({
      verdict: 'already-used',
      lookId: null,
      dues: [],
    });
    const late = await look(test, clerk, channel.venueId, nextCode());
    test.clock.advance(2 * MINUTE + 1);
    expect(await record({ lookId: late.lookId, ...channel })).toMatchObject({ body: { code: 'LOOK_ENDED' } });
    await test.app.get(Jobs).runNow('uses.forget-looks');
    expect(await read().countBy(LookRow, { personId: holder.personId })).toBeGreaterThan(0);
    test.clock.advance(90 * MINUTE);
    await test.app.get(Jobs).runNow('uses.forget-looks');
    expect(await read().countBy(LookRow, { personId: holder.personId })).toBe(0);
  });

  it('answers the same tap twice with one use', async () => {
    const channel = await makeCodeChannel(test);
    const { lookId } = await look(test, clerk, channel.venueId, phone.code());
    const tap = () =>
      call(test, 'POST', '/window/uses', clerk, { lookId, ...channel }, { key: `tap-${lookId}` });
    const [one, two] = [await tap(), await tap()];
    expect(two).toEqual(one);
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(1);
  });

  it('says why not, each with its own verdict', async () => {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'day', most: 1 }] } });
    const at = (venueId: string, code: string): Promise<Looked> => look(test, clerk, venueId, code);
    expect(await at(channel.venueId, 'https://example.cn')).toEqual({
      verdict: 'not-a-code',
      holder: null,
      lookId: null,
      dues: [],
    });
    expect((await at(await makeVenue(test), phone.code())).verdict).toBe('wrong-venue');
    expect((await useOnce(test, clerk, channel, nextCode())).status).toBe(200);
    expect(await at(channel.venueId, nextCode())).toMatchObject({
      verdict: 'quota-gone',
      lookId: null,
      dues: [{ verdict: 'quota-gone', left: 0, renewsOn: '2026-11-25' }],
    });
    const youth = await makeCodeChannel(test, { terms: { cardKind: 'youth' } });
    expect(await at(youth.venueId, nextCode())).toMatchObject({
      verdict: 'not-entitled',
      dues: [{ conditions: [{ code: 'HOLDS_CARD' }] }],
    });
    const officer = await makeCodeChannel(test, { channel: { usedBy: 'officer' } });
    expect((await at(officer.venueId, nextCode())).verdict).toBe('wrong-venue');
    const group = await makeCodeChannel(test, { channel: { fundingGroup: 'check-up' } });
    const same = await makeCodeChannel(test, { channel: { fundingGroup: 'check-up' } });
    expect((await useOnce(test, clerk, group, nextCode())).status).toBe(200);
    expect((await at(same.venueId, nextCode())).verdict).toBe('funded-elsewhere');
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(Cards, { strict: false })
          .move(tx, system('test'), holder.cardId, 'suspend', { reason: null }),
      );
    expect(await at(channel.venueId, nextCode())).toMatchObject({
      verdict: 'card-suspended',
      holder: { cardKind: 'talent' },
      dues: [],
    });
  });

  it('checks again when it uses: card, companions, quota', async () => {
    const channel = await makeCodeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const one = await look(test, clerk, channel.venueId, nextCode());
    const two = await look(test, clerk, channel.venueId, nextCode());
    expect(await record({ lookId: one.lookId, ...channel, companions: 2 })).toMatchObject({
      status: 422,
      body: { code: 'COMPANIONS_TOO_MANY', details: { most: 1 } },
    });
    // What was refused has taken nothing, the code neither.
    expect((await record({ lookId: one.lookId, ...channel, companions: 1 })).status).toBe(200);
    expect(await record({ lookId: two.lookId, ...channel })).toMatchObject({ body: { code: 'QUOTA_GONE' } });
    const elsewhere = await makeCodeChannel(test);
    expect(await record({ lookId: two.lookId, ...elsewhere })).toMatchObject({
      body: { code: 'LOOK_ENDED' },
    });
    expect(
      await record({ lookId: two.lookId, venueId: channel.venueId, channelId: elsewhere.channelId }),
    ).toMatchObject({ body: { code: 'CHANNEL_NOT_OPEN' } });
    await call(test, 'POST', `/cards/${holder.cardId}/report-lost`, holder);
    expect(await record({ lookId: two.lookId, ...channel })).toMatchObject({
      status: 403,
      body: { code: 'CARD_NOT_VALID' },
    });
  });

  it("takes today's booking over and checks it in: quota is spent once", async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const none = await look(test, clerk, channel.venueId, nextCode());
    expect(none).toMatchObject({
      verdict: 'not-entitled',
      dues: [{ bookingRequired: true, booking: null, verdict: 'not-entitled' }],
    });
    const slotId = await makeSlot(test, channel, '2026-11-24T02:00:00.000Z', 5);
    const booked = await call(test, 'POST', '/bookings', holder, { slotId, companions: 1 });
    expect(booked.status).toBe(200);
    test.clock.set('2026-11-24T01:55:00.000Z');
    const again = { ...holder, ...(await signInPerson(test, holder.personId)) };
    const desk = await signInStaff(test, 'service-window', '371002');
    const seen = await look(test, desk, channel.venueId, phone.code());
    expect(seen).toMatchObject({
      verdict: 'ok',
      dues: [{ verdict: 'ok', booking: { bookingId: booked.body.bookingId, companions: 1 }, companions: 1 }],
    });
    expect(await record({ lookId: seen.lookId, ...channel, companions: 2 }, desk)).toMatchObject({
      body: { code: 'COMPANIONS_TOO_MANY' },
    });
    const used = await record({ lookId: seen.lookId, ...channel, companions: 1 }, desk);
    expect(used).toMatchObject({ status: 200, body: { bookingId: booked.body.bookingId, left: 0 } });
    const booking = await call(test, 'GET', `/bookings/${booked.body.bookingId}`, again);
    expect(booking.body).toMatchObject({ status: 'arrived' });
    const entitlement = await call(test, 'GET', `/entitlements/${channel.channelId}`, again);
    expect(entitlement.body.limits).toMatchObject([{ used: 1, left: 0 }]);
  });

  it('says of a booking that it was checked in before, by its number or by an earlier code', async () => {
    const channel = await makeChannel(test, { terms: { limits: [{ window: 'year', most: 1 }] } });
    const slotId = await makeSlot(test, channel, '2026-11-24T02:00:00.000Z', 5);
    const { body: booked } = await call(test, 'POST', '/bookings', holder, { slotId });
    test.clock.set('2026-11-24T01:55:00.000Z');
    const desk = await signInStaff(test, 'service-window', '371002');
    const early = await look(test, desk, channel.venueId, phone.code());
    const { venueId } = channel;
    const { number } = booked;
    await call(test, 'POST', '/admin/bookings/check-in', desk, { venueId, number });
    // The clerk who had looked before is told so too, and no second use is made.
    expect(await record({ lookId: early.lookId, ...channel }, desk)).toMatchObject({
      status: 409,
      body: { code: 'BOOKING_ALREADY_ARRIVED', details: { bookingId: booked.bookingId } },
    });
    expect(await look(test, desk, venueId, nextCode())).toMatchObject({
      verdict: 'already-arrived',
      lookId: null,
      dues: [
        {
          verdict: 'already-arrived',
          conditions: [],
          booking: { bookingId: booked.bookingId, arrivedAt: '2026-11-24T01:55:00.000Z' },
        },
      ],
    });
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(0);

    const other = await makeChannel(test);
    const later = await makeSlot(test, other, '2026-11-24T04:00:00.000Z', 5);
    const again = { ...holder, ...(await signInPerson(test, holder.personId)) };
    await call(test, 'POST', '/bookings', again, { slotId: later });
    const used = await useOnce(test, desk, other, nextCode());
    expect(used.status).toBe(200);
    expect((await look(test, desk, other.venueId, nextCode())).verdict).toBe('already-arrived');
  });

  it('shows at once that somebody who counted as missing has come, and lets them book again', async () => {
    const channel = await makeChannel(test, {
      terms: { limits: [{ window: 'year', most: 9 }] },
      rules: { leadMinutes: 0 },
    });
    const times = ['02:00', '03:00', '04:00'];
    for (const time of times) {
      const slotId = await makeSlot(test, channel, `2026-11-24T${time}:00.000Z`, 5);
      expect((await call(test, 'POST', '/bookings', holder, { slotId })).status).toBe(200);
    }
    test.clock.set('2026-11-24T04:16:00.000Z');
    await test.app.get(Jobs).runNow('bookings.no-shows');
    const again = async () => ({ ...holder, ...(await signInPerson(test, holder.personId)) });
    const standing = async () => (await call(test, 'GET', '/bookings/standing', await again())).body;
    expect(await standing()).toMatchObject({ points: 3, pausedUntil: expect.any(String) });
    const desk = await signInStaff(test, 'service-window', '371002');
    expect((await useOnce(test, desk, channel, phone.code())).status).toBe(200);
    // No job has run meanwhile.
    expect(await standing()).toMatchObject({ points: 2, pausedUntil: null });
    const { body } = await call(test, 'GET', `/admin/arrivals?venueId=${channel.venueId}`, desk);
    const arrivals = body.slots.flatMap((slot: { bookings: { status: string }[] }) => slot.bookings);
    expect(arrivals.map(({ status }: { status: string }) => status).sort()).toEqual([
      'arrived',
      'no-show',
      'no-show',
    ]);
    const slotId = await makeSlot(test, channel, '2026-11-24T06:00:00.000Z', 5);
    expect((await call(test, 'POST', '/bookings', await again(), { slotId })).status).toBe(200);
  });

  it('belongs to its own venues', async () => {
    const channel = await makeCodeChannel(test);
    const foreign = await signInStaff(test, 'service-window', '371082');
    const answer = await call(test, 'POST', '/window/looks', foreign, {
      venueId: channel.venueId,
      code: phone.code(),
    });
    expect(answer).toMatchObject({ status: 403, body: { code: 'VENUE_NOT_YOURS' } });
    const nowhere = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
    const none = await call(test, 'POST', '/window/looks', clerk, { venueId: nowhere, code: 'x' });
    expect(none.status).toBe(404);
    const seen = await look(test, clerk, channel.venueId, phone.code());
    expect(await record({ lookId: seen.lookId, ...channel }, foreign)).toMatchObject({
      body: { code: 'LOOK_ENDED' },
    });
  });

  it('packs a kit with which a device decides alone', async () => {
    const channel = await makeCodeChannel(test);
    const online = await makeCodeChannel(test, {
      channel: { offline: 'online-only' },
      venueId: channel.venueId,
    });
    await makeCodeChannel(test, { channel: { status: 'draft' }, venueId: channel.venueId });
    const device = await enrolClerk(test);
    const answer = await call(test, 'GET', '/window/kit', device);
    expect(answer.status).toBe(200);
    const kit = answer.body as WindowKit;
    expect(kit.usableUntil).toBe(new Date(test.clock.now().getTime() + 720 * MINUTE).toISOString());
    expect(kit.channels.filter(({ venueIds }) => venueIds.includes(channel.venueId))).toEqual([
      expect.objectContaining({
        channelId: channel.channelId,
        offline: 'allowed',
        bookingRequired: false,
        terms: [{ cardKind: 'talent', cardClass: null, companions: 1 }],
      }),
      expect.objectContaining({ channelId: online.channelId, offline: 'online-only' }),
    ]);
    const statusList = openStatusList(kit.statusList.list, { ...kit.keys, verify: verifyEd25519 }) ?? null;
    const seen = lookOffline(phone.code(), {
      kit,
      statusList,
      verify: verifyEd25519,
      now: test.clock.now().getTime(),
      venueId: channel.venueId,
      isTaken: () => false,
    });
    expect(seen).toMatchObject({
      verdict: 'ok-offline',
      dues: [{ verdict: 'ok-offline' }, { verdict: 'online-only' }],
    });
  });

  it('is worked on an enrolled phone too', async () => {
    const channel = await makeCodeChannel(test);
    const device = await enrolClerk(test);
    const used = await useOnce(test, device, channel, phone.code());
    expect(used.status).toBe(200);
    const row = await read().findOneByOrFail(UseRow, { id: used.body.useId });
    expect(row.clerkDeviceId).toBe(device.deviceId);
  });

  it('ends for a phone that is revoked between look and use, though its session is still believed', async () => {
    const channel = await makeCodeChannel(test);
    const device = await enrolClerk(test);
    const { lookId } = await look(test, device, channel.venueId, phone.code());
    if (lookId === null) throw new Error('nothing was due');
    const principal = await test.app.get(StaffPrincipals, { strict: false }).find(read(), device.staffId, '');
    if (!principal) throw new Error('no such clerk');
    const atWindow = { ...principal, clerkDeviceId: device.deviceId };
    const windows = test.app.get(Windows, { strict: false });
    const use = () =>
      windows.record(
        atWindow,
        { lookId, ...channel },
        {
          owner: device.staffId,
          key: 'revoked-between',
          route: 'test',
          requestHash: 'x'.repeat(64),
        },
      );
    const admin = await signInStaff(test, 'system-administrator');
    const path = `/admin/clerk-devices/${device.deviceId}/revoke`;
    await call(test, 'POST', path, admin, { reason: '手机丢了' });
    await expect(use()).rejects.toMatchObject({ code: 'CLERK_DEVICE_REVOKED' });
    await expect(windows.look(atWindow, channel.venueId, phone.code())).rejects.toMatchObject({
      code: 'CLERK_DEVICE_REVOKED',
    });
    expect(await read().countBy(UseRow, { personId: holder.personId })).toBe(0);
    // A desk of the same clerk has no phone, and the code was not taken.
    const { clerkDeviceId: _, ...desk } = atWindow;
    expect((await windows.look(desk, channel.venueId, phone.code())).verdict).toBe('ok');
    const again = await call(test, 'POST', '/window/uses', device, { lookId, ...channel });
    expect(again).toMatchObject({ status: 401 });
  });
});
