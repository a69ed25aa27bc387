import type { UseState } from '@talent-card/shared/uses/use-state';
import { makeChannel, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, signInSomebody, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInStaff, signInPerson, signInStaff } from '../../../test/sign-in.js';
import { makeVenue } from '../../../test/venue-fixtures.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { AuditEntry } from '../../platform/audit/audit-entry.entity.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { UseRow } from '../uses/use.entity.js';
import { OVERDUE_JOB } from './overdue-call-backs.js';
import { RatingRow } from './rating.entity.js';
import { Ratings } from './ratings.service.js';

describe('ratings of uses', () => {
  let test: TestApp;
  let place: TestChannel;
  let person: TestPerson;
  let manager: SignedInStaff;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    test.clock.set('2026-11-24T01:12:00.000Z');
    place = await makeChannel(test, { venueId: await makeVenue(test, { zoneCode: '371002' }) });
    person = await signInSomebody(test);
    manager = await signInVenueStaff(test, 'venue-manager', place.venueId);
  });

  /** A use as the window leaves it. */
  const use = (status: UseState = 'used', daysAgo = 0, who = person): Promise<string> =>
    test.app.get(UnitOfWork).run(async (tx) => {
      const id = newId(tx.now);
      const at = new Date(tx.now.getTime() - daysAgo * 86_400_000);
      await tx.manager.insert(UseRow, {
        ...place,
        id,
        personId: who.personId,
        cardId: newId(tx.now),
        cardClass: null,
        serviceDate: serviceDate(at),
        at,
        companions: 0,
        status,
        offline: false,
        bookingId: null,
        leftAfter: null,
        staffId: newId(tx.now),
        staffName: '窗口',
        clerkDeviceId: null,
        clientUseId: null,
        codeId: id,
        codeKey: null,
        syncVerdict: null,
        settleReason: status === 'to-settle' ? 'late' : null,
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
      return id;
    });
  const rate = (useId: string, grade: number, more: object = {}, who = person, key = newKey()) =>
    call(test, 'POST', `/uses/${useId}/rating`, who, { grade, ...more }, { key });
  const admin = (path: string, payload?: object, who = manager) =>
    call(test, payload ? 'POST' : 'GET', `/admin/ratings${path}`, who, payload);
  const badRating = async (who = person) =>
    (await rate(await use('used', 0, who), 1, { comment: '窗口让我白等了一小时' }, who)).body;
  const answered = async () => {
    const rating = await badRating();
    await admin(`/${rating.ratingId}/answer`, { version: 1, answer: '已致歉，并增开一个窗口' });
    return rating;
  };
  const cityReviewer = (username = 'city-reviewer-371000') =>
    signInStaff(test, 'city-reviewer', '371000', username);

  it('takes a grade, tags and words, once for each use', async () => {
    const useId = await use();
    const key = newKey();
    const first = await rate(
      useId,
      5,
      { tags: ['quick', 'quick', 'friendly'], comment: '很快' },
      person,
      key,
    );
    expect(first.body).toEqual({
      ratingId: expect.any(String),
      useId,
      channel: { channelId: place.channelId, name: expect.objectContaining({ zh: expect.any(String) }) },
      venue: { venueId: place.venueId, name: expect.objectContaining({ zh: expect.any(String) }) },
      grade: 5,
      tags: ['quick', 'friendly'],
      comment: '很快',
      at: '2026-11-24T01:12:00.000Z',
      callBack: null,
    });
    expect(
      (await rate(useId, 5, { tags: ['quick', 'quick', 'friendly'], comment: '很快' }, person, key)).body,
    ).toEqual(first.body);
    expect((await rate(useId, 1)).body).toMatchObject({ code: 'RATING_EXISTS' });
    expect((await call(test, 'GET', `/ratings/${first.body.ratingId}`, person)).body).toEqual(first.body);
  });

  it('takes one of two at once', async () => {
    const useId = await use();
    const answers = await Promise.all([5, 4, 3, 2, 1].map((grade) => rate(useId, grade)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(await test.app.get(ReadDatabase).manager.countBy(RatingRow, { useId })).toBe(1);
  });

  it.each([
    ['refunded', 0],
    ['refused', 0],
    ['to-settle', 0],
    ['used', 31],
  ] as const)('takes none of a use that is %s, %d days old', async (status, days) => {
    expect((await rate(await use(status, days), 5)).body).toMatchObject({ code: 'RATING_NOT_POSSIBLE' });
  });

  it('knows nobody else’s use or rating, and explains bad input', async () => {
    const stranger = await signInSomebody(test);
    const useId = await use();
    expect((await rate(useId, 5, {}, stranger)).status).toBe(404);
    const { ratingId } = await badRating();
    expect((await call(test, 'GET', `/ratings/${ratingId}`, stranger)).status).toBe(404);
    expect(
      (await call(test, 'POST', `/ratings/${ratingId}/appeal`, stranger, { reason: '不满意' })).status,
    ).toBe(404);
    expect((await rate(useId, 6)).status).toBe(400);
    expect((await rate(useId, 5, { tags: ['cheap'] })).status).toBe(400);
  });

  it('is shown with the use, which may then not be rated again', async () => {
    const useId = await use();
    const before = await call(test, 'GET', `/uses/${useId}`, person);
    expect(before.body).toMatchObject({ rating: null, mayRate: true });
    const { ratingId } = (await rate(useId, 4)).body;
    const after = await call(test, 'GET', `/uses/${useId}`, person);
    expect(after.body).toMatchObject({ rating: { ratingId, grade: 4 }, mayRate: false });
  });

  describe('a bad grade', () => {
    it('opens a call back, due in fifteen working days', async () => {
      // 24 November 2026 is a Tuesday; no holiday lies in the three weeks after it.
      expect((await badRating()).callBack).toEqual({
        status: 'open',
        dueOn: '2026-12-15',
        answer: null,
        answeredAt: null,
        appeal: null,
        appealAnswer: null,
        mayAppeal: false,
      });
    });

    it('is answered by the venue, told to the holder, appealed against once, and decided by the city', async () => {
      const { ratingId } = await answered();
      await test.deliverOutbox();
      const told = (await call(test, 'GET', '/messages', person)).body.items;
      expect(told).toMatchObject([
        {
          kind: 'rating-answered',
          link: { type: 'rating', id: ratingId },
          params: { channelZh: expect.any(String), venueZh: expect.any(String), at: expect.any(String) },
        },
      ]);
      const mine = () => call(test, 'GET', `/ratings/${ratingId}`, person);
      expect((await mine()).body.callBack).toMatchObject({
        status: 'done',
        answer: '已致歉，并增开一个窗口',
        mayAppeal: true,
      });

      const appeal = () =>
        call(test, 'POST', `/ratings/${ratingId}/appeal`, person, { reason: '并没有人给我打电话' });
      expect((await appeal()).body.callBack).toMatchObject({ status: 'appealed', dueOn: '2026-12-15' });
      expect((await appeal()).body).toMatchObject({ code: 'APPEAL_NOT_POSSIBLE' });
      const decide = (who: SignedInStaff, version = 3) =>
        admin(`/${ratingId}/appeal`, { version, answer: '情况属实，已约谈场馆' }, who);
      expect((await decide(manager)).status).toBe(403);
      const city = await cityReviewer();
      expect((await decide(city, 2)).body).toMatchObject({ code: 'STALE_VERSION' });
      expect((await decide(city)).body).toMatchObject({ callBack: { status: 'closed' }, version: 4 });
      expect((await decide(city, 4)).body).toMatchObject({ code: 'STALE_VERSION' });
      expect((await mine()).body.callBack).toMatchObject({
        appealAnswer: '情况属实，已约谈场馆',
        mayAppeal: false,
      });
    });

    it('lets nobody decide on an appeal against themselves', async () => {
      const { ratingId } = await badRating();
      const [one, other] = [await cityReviewer('reviewer-one'), await cityReviewer('reviewer-two')];
      await admin(`/${ratingId}/answer`, { version: 1, answer: '已回访' }, one);
      await call(test, 'POST', `/ratings/${ratingId}/appeal`, person, { reason: '没有回访' });
      const decision = { version: 3, answer: '维持' };
      expect((await admin(`/${ratingId}/appeal`, decision, one)).body).toMatchObject({
        code: 'CASE_FOUR_EYES',
      });
      expect((await admin(`/${ratingId}/appeal`, decision, other)).status).toBe(200);
    });

    it('is answered once, by whoever is first', async () => {
      const { ratingId } = await badRating();
      const city = await cityReviewer();
      const answers = await Promise.all(
        [manager, city, manager, city].map((who) =>
          admin(`/${ratingId}/answer`, { version: 1, answer: '已回访' }, who),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    });

    it('may be appealed against for thirty days', async () => {
      const { ratingId } = await answered();
      test.clock.advance(31 * 86_400_000);
      const again = await signInAgain();
      expect(
        (await call(test, 'POST', `/ratings/${ratingId}/appeal`, again, { reason: '太晚了' })).body,
      ).toMatchObject({ code: 'APPEAL_NOT_POSSIBLE' });
    });

    it('is overdue after its last day, noted once and counted', async () => {
      const { ratingId } = await badRating();
      const run = () => test.app.get(Jobs).runNow(OVERDUE_JOB);
      const noted = () =>
        test.app
          .get(ReadDatabase)
          .manager.countBy(AuditEntry, { action: 'feedback.overdue', objectId: ratingId });
      test.clock.set('2026-12-15T15:59:00.000Z');
      await run();
      expect(await noted()).toBe(0);
      test.clock.set('2026-12-15T16:01:00.000Z');
      await run();
      await run();
      expect(await noted()).toBe(1);
      manager = await signInVenueStaff(test, 'venue-manager', place.venueId);
      const { items } = (await admin('?callBack=overdue')).body;
      expect(items).toMatchObject([{ ratingId, overdue: true }]);
      expect(await test.app.get(Metrics).registry.metrics()).toMatch(
        /feedback_call_backs\{state="overdue"\} [1-9]/,
      );
    });

    const signInAgain = async (): Promise<TestPerson> => {
      return { ...person, ...(await signInPerson(test, person.personId)) };
    };
  });

  describe('the list of the office', () => {
    it('shows each their own venues, and nothing of others', async () => {
      const { ratingId } = await badRating();
      const elsewhere = await signInVenueStaff(
        test,
        'venue-manager',
        await makeVenue(test, { zoneCode: '371003' }),
      );
      const wendeng = await signInStaff(test, 'district-reviewer', '371003');
      const huancui = await signInStaff(test, 'district-reviewer', '371002');
      const seen = async (who: SignedInStaff) =>
        (await admin(`?venueId=${place.venueId}`, undefined, who)).body.items.map(
          (one: { ratingId: string }) => one.ratingId,
        );
      for (const who of [manager, huancui, await cityReviewer()]) expect(await seen(who)).toEqual([ratingId]);
      for (const who of [elsewhere, wendeng]) {
        expect(await seen(who)).toEqual([]);
        expect((await admin(`/${ratingId}/answer`, { version: 1, answer: '已回访' }, who)).status).toBe(404);
        expect((await admin(`/${ratingId}/phone`, {}, who)).status).toBe(404);
      }
    });

    it('filters by grade, call back, channel, and pages', async () => {
      const [good, bad] = [(await rate(await use(), 5)).body.ratingId, (await badRating()).ratingId];
      const found = async (query: string) =>
        (await admin(`?${query}`)).body.items.map((one: { ratingId: string }) => one.ratingId);
      expect(await found('grade=5')).toEqual([good]);
      expect(await found('callBack=open')).toEqual([bad]);
      expect(await found('callBack=overdue')).toEqual([]);
      expect((await found(`channelId=${place.channelId}`)).sort()).toEqual([good, bad].sort());
      const first = (await admin('?limit=1')).body;
      const second = (await admin(`?limit=1&cursor=${first.nextCursor}`)).body;
      expect([...first.items, ...second.items]).toHaveLength(2);
      expect(second.nextCursor).toBeNull();
      expect((await admin('?grade=7')).status).toBe(400);
    });

    it('masks name and number, and reads the number in clear only to call back, as an entry of the audit log', async () => {
      await call(test, 'POST', '/me/phone', person, { code: 'sandbox:13900000007' });
      const good = (await rate(await use(), 5)).body.ratingId;
      const { ratingId } = await badRating();
      const { items } = (await admin('')).body;
      expect(items.map((one: { holder: object }) => one.holder)).toEqual([
        expect.objectContaining({ personId: person.personId, maskedPhone: '139****0007' }),
        expect.objectContaining({ personId: person.personId, maskedPhone: null }),
      ]);
      expect(items[0].holder.maskedName).toMatch(/\*/);
      expect((await admin(`/${ratingId}/phone`, {})).body).toEqual({ phone: '13900000007' });
      expect((await admin(`/${good}/phone`, {})).status).toBe(404);
      const entries = await test.app
        .get(ReadDatabase)
        .manager.findBy(AuditEntry, { action: 'feedback.reveal-phone' });
      expect(entries.filter(({ objectId }) => objectId === ratingId)).toMatchObject([
        { fields: '["phone"]', actorId: manager.staffId },
      ]);
      expect(entries.filter(({ objectId }) => objectId === good)).toEqual([]);
    });
  });

  it('averages a period, overall and by channel', async () => {
    for (const grade of [5, 4, 4]) await rate(await use(), grade);
    await rate(await use('used', 10), 1);
    const averages = (from: string, to: string, more: object = {}) =>
      test.app
        .get(Ratings, { strict: false })
        .averages(test.app.get(ReadDatabase).manager, { from, to, venueIds: [place.venueId], ...more });
    const today = await averages('2026-11-24', '2026-11-24');
    expect(today.average).toBeCloseTo(13 / 3);
    expect([...today.byChannel.keys()]).toEqual([place.channelId]);
    expect((await averages('2026-11-01', '2026-11-30')).average).toBeCloseTo(3.5);
    expect((await averages('2026-11-01', '2026-11-30', { venueIds: [] })).average).toBeNull();
    expect((await averages('2026-10-01', '2026-10-31')).average).toBeNull();
  });

  it('keeps the grade of somebody who left, and neither their name nor their words', async () => {
    const { ratingId } = await badRating();
    const exported = await call(test, 'GET', '/me/export', person);
    expect(exported.body.sections.ratings).toMatchObject([{ ratingId, comment: '窗口让我白等了一小时' }]);
    expect((await call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' })).status).toBe(204);
    expect((await admin(`?venueId=${place.venueId}`)).body.items).toMatchObject([
      {
        ratingId,
        grade: 1,
        comment: null,
        callBack: { status: 'closed' },
        holder: { personId: null, maskedName: '***', maskedPhone: null },
      },
    ]);
    const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(RatingRow, { id: ratingId });
    expect(JSON.stringify(row)).not.toContain(person.personId);
    // Who had the list open before writes no answer about somebody who is gone.
    expect(
      (await admin(`/${ratingId}/answer`, { version: 1, answer: '已致电李女士，其膝伤已好转' })).body,
    ).toMatchObject({ code: 'STALE_VERSION' });
  });

  it('keeps closed in the database what people write', async () => {
    const { ratingId } = await badRating();
    await admin(`/${ratingId}/answer`, { version: 1, answer: '已致歉，并增开一个窗口' });
    await call(test, 'POST', `/ratings/${ratingId}/appeal`, person, { reason: '李医生没有来电话' });
    const decision = { version: 3, answer: '情况属实' };
    expect(
      (await admin(`/${ratingId}/appeal`, decision, await cityReviewer('other-reviewer'))).body,
    ).toMatchObject({
      comment: '窗口让我白等了一小时',
      callBack: { answer: '已致歉，并增开一个窗口', appeal: '李医生没有来电话', appealAnswer: '情况属实' },
    });
    const [row] = await test.app
      .get(ReadDatabase)
      .manager.query('SELECT comment, answer, appeal, appealAnswer FROM ratings WHERE id = ?', [ratingId]);
    for (const column of ['comment', 'answer', 'appeal', 'appealAnswer'])
      expect(row[column]).toMatch(/^v1\./);
  });
});
