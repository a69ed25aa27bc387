import type { UseStatistics } from '@talent-card/shared/statistics/schema';
import { makeChannel, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { signInStaff } from '../../../test/sign-in.js';
import { makeVenue } from '../../../test/venue-fixtures.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { UseRow } from '../uses/use.entity.js';
import { monthsOf } from './statistics.service.js';

describe('the statistics of uses', () => {
  let test: TestApp;
  let huancui: TestChannel;
  let rongcheng: TestChannel;
  let person: TestPerson;
  beforeAll(async () => {
    test = await createTestApp();
    huancui = await makeChannel(test, { venueId: await makeVenue(test, { zoneCode: '371002' }) });
    rongcheng = await makeChannel(test, { venueId: await makeVenue(test, { zoneCode: '371082' }) });
    person = await signInHolder(test);
    const other = await signInHolder(test);
    await used(huancui, person, '2026-10-31');
    await used(huancui, person, '2026-11-01');
    await used(huancui, other, '2026-11-24');
    await used(rongcheng, person, '2026-11-24');
    await used(huancui, person, '2026-11-24', 'refunded');
    await used(huancui, person, '2026-11-24', 'refused');
  });
  afterAll(() => test.close());

  const used = (
    { channelId, venueId }: TestChannel,
    { personId }: TestPerson,
    serviceDate: string,
    status: UseRow['status'] = 'used',
  ) =>
    test.app.get(UnitOfWork).run(async (tx) => {
      await tx.manager.insert(UseRow, {
        id: newId(tx.now),
        personId,
        cardId: newId(tx.now),
        cardClass: null,
        channelId,
        venueId,
        serviceDate,
        at: tx.now,
        companions: 0,
        status,
        offline: false,
        bookingId: null,
        leftAfter: null,
        staffId: newId(tx.now),
        staffName: 'test',
        clerkDeviceId: null,
        clientUseId: null,
        codeId: newId(tx.now),
        codeKey: null,
        syncVerdict: null,
        settleReason: null,
        settledNote: null,
        settledByStaffId: null,
        settledAt: null,
        refundReason: null,
        disputeReason: null,
        disputeOpenedAt: null,
        disputeAnswer: null,
        recordedAt: tx.now,
        version: 1,
      });
    });
  const ask = async (
    query: string,
    ...staff: Parameters<typeof signInStaff> extends [unknown, ...infer R] ? R : never
  ) => (await call(test, 'GET', `/admin/statistics/uses?${query}`, await signInStaff(test, ...staff))).body;

  it('count what stands, by channel, district and month', async () => {
    const all = (await ask('from=2026-09-01&to=2026-11-30', 'city-reviewer')) as UseStatistics;
    expect(all).toMatchObject({ uses: 4, holders: 2, bookings: 0, noShows: 0, averageGrade: null });
    expect(all.byChannel.map(({ channelId, uses }) => [channelId, uses])).toEqual([
      [huancui.channelId, 3],
      [rongcheng.channelId, 1],
    ]);
    expect(all.byDistrict).toEqual([
      { zoneCode: '371002', uses: 3 },
      { zoneCode: '371082', uses: 1 },
    ]);
    expect(all.byMonth).toEqual([
      { month: '2026-09', uses: 0 },
      { month: '2026-10', uses: 1 },
      { month: '2026-11', uses: 3 },
    ]);
  });

  it('show a district its own, and nobody a zone that is not theirs', async () => {
    const own = await ask('from=2026-11-01&to=2026-11-30', 'district-reviewer', '371082');
    expect(own).toMatchObject({ uses: 1, byDistrict: [{ zoneCode: '371082', uses: 1 }] });
    const foreign = await ask('from=2026-11-01&to=2026-11-30&zoneCode=371002', 'district-reviewer', '371082');
    expect(foreign).toMatchObject({ uses: 0, holders: 0, byChannel: [] });
    const one = await ask('from=2026-11-01&to=2026-11-30&zoneCode=371002', 'auditor');
    expect(one).toMatchObject({ uses: 2 });
  });

  it('refuse a period that ends before it begins, or never seems to end', async () => {
    const backwards = await ask('from=2026-11-30&to=2026-11-01', 'city-reviewer');
    expect(backwards).toMatchObject({ details: { fields: [{ path: 'to', code: 'DATE_ORDER' }] } });
    const endless = await ask('from=2010-01-01&to=2026-11-01', 'city-reviewer');
    expect(endless).toMatchObject({ details: { fields: [{ path: 'from', code: 'TOO_SMALL' }] } });
  });

  it('name every month between two days', () => {
    expect(monthsOf('2025-11-30', '2026-02-01')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsOf('2026-11-01', '2026-11-30')).toEqual(['2026-11']);
  });
});
