import type { Message } from '@talent-card/shared/messages/schema';
import { makeChannel, makeSlot, signInHolder, type TestChannel } from '../../../test/booking-fixtures.js';
import { call, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { signInVenueStaff } from '../../../test/venue-staff.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { SandboxWechatClient } from '../../platform/wechat/sandbox-wechat-client.js';
import { WechatClient } from '../../platform/wechat/wechat-client.js';

const TEMPLATES = ['sandbox-template-booking', 'sandbox-template-waiting'];

/** From a booking to the phone: what people read in the app and in WeChat. */
describe('what is told of bookings', () => {
  let test: TestApp;
  let wechat: SandboxWechatClient;
  let place: TestChannel;
  let holder: TestPerson;
  let slotId: string;
  beforeAll(async () => {
    test = await createTestApp();
    wechat = test.app.get<SandboxWechatClient>(WechatClient as never);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    place = await makeChannel(test);
    slotId = await makeSlot(test, place, '2026-11-26T01:00:00.000Z', 1);
    holder = await signInHolder(test);
    wechat.sent.length = 0;
  });

  const subscribe = (who: TestPerson) =>
    call(test, 'POST', '/subscriptions', who, {
      answers: TEMPLATES.map((templateId) => ({ templateId, answer: 'accept' })),
    });
  const book = async (who: TestPerson) => (await call(test, 'POST', '/bookings', who, { slotId })).body;
  const deliver = async (): Promise<void> => {
    await test.deliverOutbox();
    await test.app.get(Jobs).runNow('messages.send');
  };
  const messagesOf = async (who: TestPerson): Promise<Message[]> =>
    (await call(test, 'GET', '/messages', who)).body.items;
  const visit = {
    channelZh: expect.stringMatching(/^通道/),
    channelEn: expect.stringMatching(/^Channel/),
    venueZh: expect.any(String),
    venueEn: expect.any(String),
    startsAt: '2026-11-26T01:00:00.000Z',
    endsAt: '2026-11-26T02:00:00.000Z',
    companions: 0,
  };

  it('names channel, venue and time, and spends no permission on what one did oneself', async () => {
    await subscribe(holder);
    const { bookingId, number } = await book(holder);
    await call(test, 'POST', `/bookings/${bookingId}/cancel`, holder);
    await deliver();
    expect((await messagesOf(holder)).slice(0, 2)).toMatchObject([
      { kind: 'booking-cancelled', params: { ...visit, number, by: 'holder' } },
      { kind: 'booking-booked', link: { type: 'booking', id: bookingId }, params: { ...visit, number } },
    ]);
    expect(wechat.sent).toEqual([]);
  });

  it('goes to WeChat when the venue cancels', async () => {
    await subscribe(holder);
    const { bookingId, version } = await book(holder);
    const manager = await signInVenueStaff(test, 'venue-manager', place.venueId);
    const reason = '设备检修';
    const cancelled = await call(test, 'POST', `/admin/bookings/${bookingId}/cancel`, manager, {
      version,
      reason,
    });
    expect(cancelled.status).toBe(200);
    await deliver();
    expect((await messagesOf(holder))[0]).toMatchObject({
      kind: 'booking-cancelled',
      params: { by: 'venue' },
    });
    expect(wechat.sent).toMatchObject([
      { templateId: TEMPLATES[0], data: { time2: '2026年11月26日 09:00', thing4: '次数已退还，可另选时段' } },
    ]);
  });

  it('tells the next in line of the offered place, and until when it is kept', async () => {
    const { bookingId } = await book(holder);
    const next = await signInHolder(test);
    await subscribe(next);
    const { waitingId } = (await call(test, 'POST', '/waiting', next, { slotId })).body;
    await call(test, 'POST', `/bookings/${bookingId}/cancel`, holder);
    await deliver();
    expect((await messagesOf(next))[0]).toMatchObject({
      kind: 'waiting-offered',
      link: { type: 'waiting', id: waitingId },
      params: { ...visit, offeredUntil: expect.any(String) },
    });
    expect(wechat.sent).toMatchObject([
      {
        templateId: TEMPLATES[1],
        data: { phrase2: '有名额了', thing3: expect.stringMatching(/^请在11月24日.*前确认$/) },
      },
    ]);
  });
});
