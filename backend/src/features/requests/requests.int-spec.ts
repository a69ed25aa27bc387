import type { Booking } from '@talent-card/shared/bookings/schema';
import type { ServiceRequest } from '@talent-card/shared/requests/schema';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, signInSomebody, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { type SignedInStaff, signInStaff } from '../../../test/sign-in.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';

const form = { subject: '办理海关退税', details: '进口科研设备，想问免税手续。', mobile: '138 0013 8000' };

describe('requests', () => {
  let test: TestApp;
  let city: SignedInStaff;
  let officer: TestChannel;
  beforeAll(async () => {
    test = await createTestApp();
    city = await signInStaff(test, 'city-reviewer');
    officer = await makeChannel(test, {
      channel: { usedBy: 'officer' },
      terms: { limits: [{ window: 'lifetime', most: 1 }] },
    });
  });
  afterAll(() => test.close());

  const ask = (person: TestPerson, channelId: string, more: object = {}) =>
    call(test, 'POST', '/service-requests', person, { channelId, form, ...more });
  const see = async (person: TestPerson, caseId: string) =>
    (await call(test, 'GET', `/service-requests/${caseId}`, person)).body as ServiceRequest;
  const decide = (caseId: string, body: object) =>
    call(test, 'POST', `/admin/cases/${caseId}/decisions`, city, { version: 1, ...body });

  it('come to an office with a due date, and back with its answer', async () => {
    const person = await signInHolder(test);
    const asked = await ask(person, officer.channelId);
    expect(asked).toMatchObject({
      status: 200,
      body: {
        type: 'officer-request',
        status: 'in-review',
        channel: { channelId: officer.channelId },
        form: { ...form, mobile: '13800138000' },
        dueOn: '2026-11-27',
        answer: null,
      },
    });
    const { caseId } = asked.body as ServiceRequest;
    const queue = await call(test, 'GET', '/admin/cases?type=officer-request', city);
    expect(queue.body.items).toMatchObject([{ caseId, title: { zh: expect.stringContaining('通道') } }]);
    expect((await call(test, 'GET', '/admin/cases?type=card-application', city)).body.items).toEqual([]);

    const silent = await decide(caseId, { decision: 'approve' });
    expect(silent.body).toMatchObject({ details: { fields: [{ path: 'note', code: 'REQUIRED' }] } });
    expect((await decide(caseId, { decision: 'approve', note: '已与海关联系，材料清单见附件' })).status).toBe(
      200,
    );
    expect(await see(person, caseId)).toMatchObject({
      status: 'approved',
      answer: '已与海关联系，材料清单见附件',
    });
    const mine = await call(test, 'GET', '/service-requests/mine', person);
    expect(mine.body.items).toMatchObject([{ caseId, subject: form.subject, status: 'approved' }]);
    const told = await test.app.get(ReadDatabase).manager.findBy(OutboxMessage, { topic: 'case.approved' });
    expect(told.map(({ payload }) => JSON.parse(payload))).toContainEqual(
      expect.objectContaining({ caseId, caseType: 'officer-request' }),
    );
  });

  it('are counted when they are granted, and refused before somebody writes in vain', async () => {
    const person = await signInHolder(test);
    const { body: first } = await ask(person, officer.channelId);
    const { body: second } = await ask(person, officer.channelId);
    await decide(first.caseId, { decision: 'approve', note: '已办' });
    const late = await decide(second.caseId, { decision: 'approve', note: '已办' });
    expect(late.body).toMatchObject({ code: 'QUOTA_GONE', details: { window: 'lifetime', most: 1 } });
    expect((await see(person, second.caseId)).status).toBe('in-review');
    expect((await ask(person, officer.channelId)).body).toMatchObject({ code: 'QUOTA_GONE' });
  });

  it('are so many at a time, and the refusal says that another has to end first', async () => {
    const many = await makeChannel(test, { channel: { usedBy: 'officer', booking: null } });
    const person = await signInHolder(test);
    for (let i = 0; i < 10; i += 1) expect((await ask(person, many.channelId)).status).toBe(200);
    expect(await ask(person, many.channelId)).toMatchObject({
      status: 409,
      body: { code: 'REQUESTS_TOO_MANY', details: { most: 10 } },
    });
  });

  it('go back for a correction and come again with what was typed', async () => {
    const person = await signInHolder(test);
    const { body } = await ask(person, officer.channelId);
    const corrections = [{ field: 'details', note: '请写明设备名称' }];
    await decide(body.caseId, { decision: 'return', note: '请补充', corrections });
    expect(await see(person, body.caseId)).toMatchObject({ status: 'returned', corrections });
    const again = await call(test, 'POST', `/service-requests/${body.caseId}/resubmit`, person, {
      version: 2,
      form: { ...form, details: '质谱仪一台' },
    });
    expect(again.body).toMatchObject({ status: 'in-review', form: { details: '质谱仪一台' } });
    const gone = await call(test, 'POST', `/service-requests/${body.caseId}/withdraw`, person, {
      version: 3,
    });
    expect(gone.body).toMatchObject({ status: 'withdrawn' });
  });

  it('say at the field what is wrong, why somebody may not ask, and that a channel takes none', async () => {
    const holder = await signInHolder(test);
    const wrong = await ask(holder, officer.channelId, { form: { ...form, mobile: '12' } });
    expect(wrong.body).toMatchObject({
      details: { fields: [{ path: 'form.mobile', code: 'MOBILE_FORMAT' }] },
    });
    const nobody = await signInSomebody(test);
    expect((await ask(nobody, officer.channelId)).body).toMatchObject({
      code: 'NOT_ENTITLED',
      details: { conditions: [expect.objectContaining({ reason: 'HOLDS_CARD.NONE' })] },
    });
    const booked = await makeChannel(test);
    expect((await ask(holder, booked.channelId)).body).toMatchObject({ code: 'CHANNEL_NOT_OPEN' });
    const school = await makeChannel(test, { channel: { usedBy: 'case', sensitive: 'minor' } });
    expect((await ask(holder, school.channelId)).body).toMatchObject({
      code: 'CONSENT_REQUIRED',
      details: { purpose: 'channel-minor' },
    });
  });

  it("are nobody else's", async () => {
    const { body } = await ask(await signInHolder(test), officer.channelId);
    const other = await signInHolder(test);
    expect((await call(test, 'GET', `/service-requests/${body.caseId}`, other)).body.code).toBe('NOT_FOUND');
    const district = await signInStaff(test, 'district-reviewer', '371083');
    expect((await call(test, 'GET', `/admin/cases/${body.caseId}`, district)).body.code).toBe('NOT_FOUND');
  });

  describe('for a reviewed booking', () => {
    let reviewed: TestChannel;
    beforeAll(async () => {
      reviewed = await makeChannel(test, { rules: { reviewed: true } });
    });
    const book = async (person: TestPerson, startsAt: string) => {
      const slotId = await makeSlot(test, reviewed, startsAt, 1);
      return (await call(test, 'POST', '/bookings', person, { slotId, note: '开办企业' })).body as Booking;
    };
    const look = async (person: TestPerson, bookingId: string) =>
      (await call(test, 'GET', `/bookings/${bookingId}`, person)).body as Booking;

    it('hold the place until the office agrees', async () => {
      const person = await signInHolder(test);
      const held = await book(person, '2026-11-25T01:00:00.000Z');
      expect(held).toMatchObject({ status: 'held', caseId: expect.any(String) });
      const request = await see(person, held.caseId ?? '');
      expect(request).toMatchObject({
        type: 'booking-review',
        bookingId: held.bookingId,
        form: { details: '开办企业', mobile: null },
      });
      expect((await decide(request.caseId, { decision: 'approve', note: '请带公章' })).status).toBe(200);
      expect(await look(person, held.bookingId)).toMatchObject({ status: 'booked' });
    });

    it('give the place back when the office refuses, with its reason', async () => {
      const person = await signInHolder(test);
      const held = await book(person, '2026-11-25T03:00:00.000Z');
      await decide(held.caseId ?? '', { decision: 'reject', note: '该事项请到环翠窗口办理' });
      expect(await look(person, held.bookingId)).toMatchObject({
        status: 'cancelled',
        reason: '该事项请到环翠窗口办理',
      });
      const slots = await call(
        test,
        'GET',
        `/channels/${reviewed.channelId}/slots?venueId=${reviewed.venueId}&from=2026-11-25&days=1`,
        person,
      );
      const slot = slots.body.days[0].slots.find((one: { slotId: string }) => one.slotId === held.slotId);
      expect(slot).toMatchObject({ left: 1 });
    });

    it('are over when their holder cancels the booking', async () => {
      const person = await signInHolder(test);
      const held = await book(person, '2026-11-25T05:00:00.000Z');
      await call(test, 'POST', `/bookings/${held.bookingId}/cancel`, person);
      expect(await see(person, held.caseId ?? '')).toMatchObject({ status: 'withdrawn' });
      const late = await decide(held.caseId ?? '', { version: 2, decision: 'approve', note: '好' });
      expect(late.body.code).toBe('CASE_STATE_CONFLICT');
    });
  });
});
