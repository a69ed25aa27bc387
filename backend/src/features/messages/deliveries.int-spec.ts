import { DELIVERY_STATES, type MessageKind, type Subscription } from '@talent-card/shared/messages/schema';
import { signInSomebody, type TestPerson } from '../../../test/card-fixtures.js';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, signInCitizen, signInStaff } from '../../../test/sign-in.js';
import { Contacts } from '../../platform/accounts/contacts.js';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LEASE_MS } from '../../platform/jobs/lease.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { MAX_ATTEMPTS } from '../../platform/outbox/delivery.rules.js';
import type { SendOutcome } from '../../platform/outside/send-outcome.js';
import type { SandboxSmsSender } from '../../platform/sms/sandbox-sms-sender.js';
import { SmsSender } from '../../platform/sms/sms-sender.js';
import { WechatClient } from '../../platform/wechat/wechat-client.js';
import { Deliveries, SEND_JOB } from './deliveries.js';
import { DeliveryDecisionRow, DeliveryRow } from './delivery.entity.js';
import { DeliveryPreviews } from './delivery-previews.js';
import { DeliveryWorker } from './delivery-worker.js';
import { FORGET_JOB } from './forget-deliveries.js';
import { type MessageContent, Messages } from './messages.js';
import { SubscriptionTemplates } from './subscription-templates.js';
import { Subscriptions } from './subscriptions.js';

const BOOKING = 'sandbox-template-booking';
const WAITING = 'sandbox-template-waiting';
const REQUEST = 'sandbox-template-request';
const VISIT = {
  channelZh: '机场贵宾候机',
  venueZh: '威海大水泊机场贵宾服务中心',
  startsAt: '2026-11-25T01:00:00.000Z',
};
const MORNING = '2026-11-24T01:12:00.000Z';

describe('the ways out of the app', () => {
  let test: TestApp;
  let personId: string;
  let person: TestPerson;
  let sends: jest.SpyInstance;
  let texts: SandboxSmsSender;
  beforeAll(async () => {
    test = await createTestApp({ LOG_LEVEL: 'silent' });
    texts = test.app.get<SandboxSmsSender>(SmsSender as never);
  });
  afterAll(() => test.close());
  let days = 0;
  beforeEach(async () => {
    // A new day each time: no lease of another test still runs, and no way rests.
    days += 1;
    test.clock.set(new Date(new Date(MORNING).getTime() + days * 86_400_000));
    await work();
    texts.sent.length = 0;
    sends = jest.spyOn(test.app.get(WechatClient), 'sendSubscription');
    person = await signInSomebody(test);
    personId = person.personId;
  });
  afterEach(() => sends.mockRestore());

  const work = (): Promise<boolean> => test.app.get(Jobs).runNow(SEND_JOB);
  const run = <T>(what: Parameters<UnitOfWork['run']>[0]) => test.app.get(UnitOfWork).run(what) as Promise<T>;
  const tell = (kind: MessageKind, content: Partial<MessageContent> = {}): Promise<void> =>
    run((tx) =>
      test.app.get(Messages, { strict: false }).send(tx, { personId }, { kind, params: VISIT, ...content }),
    );
  const will = (...outcomes: SendOutcome[]): void => {
    for (const outcome of outcomes) sends.mockResolvedValueOnce(outcome);
  };
  const deliveries = (): Promise<DeliveryRow[]> =>
    test.app.get(ReadDatabase).manager.find(DeliveryRow, { where: { personId }, order: { id: 'ASC' } });
  const way = async (channel: string): Promise<DeliveryRow | undefined> =>
    (await deliveries()).find((row) => row.channel === channel);
  const record = async (
    answers: [string, string][],
    key = newKey(),
  ): Promise<{ statusCode: number; items: Subscription[] }> => {
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/subscriptions',
      headers: { ...person.headers, 'idempotency-key': key },
      payload: { answers: answers.map(([templateId, answer]) => ({ templateId, answer })) },
    });
    return { statusCode: answer.statusCode, items: answer.json<{ items: Subscription[] }>().items };
  };
  const granted = async (templateId: string): Promise<number | undefined> =>
    (await test.app.get(Subscriptions, { strict: false }).list(person.accountId)).find(
      (one) => one.templateId === templateId,
    )?.granted;
  const bindPhone = async (phone: string): Promise<void> => {
    const answer = await test.app.inject({
      method: 'POST',
      url: '/api/v1/me/phone',
      headers: { ...person.headers, 'idempotency-key': newKey() },
      payload: { code: `sandbox:${phone}` },
    });
    expect(answer.statusCode).toBe(200);
  };
  const settle = async (
    id: string | undefined,
    decision: string,
    role: 'city-reviewer' | 'auditor' = 'city-reviewer',
    note = '已电话告知',
  ) =>
    test.app.inject({
      method: 'POST',
      url: `/api/v1/admin/messages/${id}/settle`,
      headers: { ...(await signInStaff(test, role)).headers, 'idempotency-key': newKey() },
      payload: { decision, note },
    });

  describe('the ledger of permissions', () => {
    it('lists every template, with nothing granted at first', async () => {
      const answer = await test.app.inject({ url: '/api/v1/subscriptions', headers: person.headers });
      expect(answer.json()).toEqual({
        items: ['booking', 'waiting', 'card', 'request'].map((topic) => ({
          topic,
          templateId: `sandbox-template-${topic}`,
          kind: topic === 'request' ? 'long-term' : 'one-time',
          granted: 0,
          blocked: false,
        })),
      });
    });

    it('counts what was accepted, once for each tap', async () => {
      const key = newKey();
      await record([[BOOKING, 'accept']], key);
      await record([[BOOKING, 'accept']], key);
      const { items } = await record([
        [BOOKING, 'accept'],
        [WAITING, 'reject'],
      ]);
      expect(items.map(({ granted }) => granted)).toEqual([2, 0, 0, 0]);
    });

    it('keeps a lasting permission until it is taken back', async () => {
      await record([[REQUEST, 'accept']]);
      await record([[REQUEST, 'accept']]);
      expect(await granted(REQUEST)).toBe(1);
      await record([[REQUEST, 'reject']]);
      expect(await granted(REQUEST)).toBe(0);
    });

    it('leaves one-time permissions after a refusal, for WeChat takes none back', async () => {
      await record([[BOOKING, 'accept']]);
      await record([[BOOKING, 'reject']]);
      expect(await granted(BOOKING)).toBe(1);
    });

    it('knows a banned template, and passes over one that nobody was asked for or that is not in use', async () => {
      const { items, statusCode } = await record([
        [BOOKING, 'ban'],
        [WAITING, 'filter'],
        ['template-of-last-year', 'accept'],
      ]);
      expect(statusCode).toBe(200);
      expect(items.map(({ granted, blocked }) => [granted, blocked])).toEqual([
        [0, true],
        [0, false],
        [0, false],
        [0, false],
      ]);
    });

    it('counts no more than fifty, and takes no other word', async () => {
      for (let taps = 0; taps < 51; taps += 1) await record([[BOOKING, 'accept']]);
      expect(await granted(BOOKING)).toBe(50);
      expect((await record([[BOOKING, 'perhaps']])).statusCode).toBe(400);
    });

    it('lets one permission go once, however many want it', async () => {
      await record([[BOOKING, 'accept']]);
      const subscriptions = test.app.get(Subscriptions, { strict: false });
      const spent = await Promise.all(
        Array.from({ length: 10 }, () => run((tx) => subscriptions.spend(tx, person.accountId, BOOKING))),
      );
      expect(spent.filter((one) => one !== null)).toEqual([{ counted: true }]);
      expect(await granted(BOOKING)).toBe(0);
    });
  });

  describe('through WeChat', () => {
    it('fills the template, opens the message, and spends one permission for one message', async () => {
      await record([[BOOKING, 'accept']]);
      await tell('booking-reminder');
      await tell('booking-reminder');
      await work();
      expect(sends).toHaveBeenCalledTimes(1);
      const [sent] = await deliveries();
      expect(sends).toHaveBeenCalledWith({
        openid: expect.stringMatching(/^sandbox-/),
        templateId: BOOKING,
        page: `pages/messages/index?open=${sent?.messageId}`,
        data: {
          thing1: '机场贵宾候机',
          time2: '2026年11月25日 09:00',
          thing3: '威海大水泊机场贵宾服务中心',
          thing4: '请准时前往，不去请先取消',
        },
        lang: 'zh_CN',
      });
      expect((await deliveries()).map(({ channel, state, reason }) => [channel, state, reason])).toEqual([
        ['in-app', 'sent', null],
        ['wechat', 'sent', 'sandbox'],
        ['in-app', 'sent', null],
        ['wechat', 'skipped', 'no-permission'],
      ]);
      expect(await granted(BOOKING)).toBe(0);
    });

    it('keeps in the app what the person knows already, and what is not worth a permission', async () => {
      await tell('booking-cancelled', { outside: false });
      await tell('use-recorded');
      expect((await deliveries()).map(({ channel }) => channel)).toEqual(['in-app', 'in-app']);
    });

    it('sends nothing that would come too late, and nothing with an empty field', async () => {
      await record([[BOOKING, 'accept']]);
      await tell('booking-reminder', { usefulUntil: test.clock.now() });
      await tell('booking-reminder', { params: { channelZh: '候机' } });
      await work();
      const skipped = (await deliveries()).filter(({ state }) => state === 'skipped');
      expect(skipped.map(({ reason }) => reason)).toEqual(['too-late', 'no-value:when']);
      expect(sends).not.toHaveBeenCalled();
      expect(await granted(BOOKING)).toBe(1);
    });

    it('has no account to send to after the person left theirs', async () => {
      const stranger = newId(test.clock.now());
      await run((tx) =>
        test.app.get(Messages, { strict: false }).send(tx, { personId: stranger }, { kind: 'card-issued' }),
      );
      await work();
      expect(
        await test.app
          .get(ReadDatabase)
          .manager.findOneBy(DeliveryRow, { personId: stranger, channel: 'wechat' }),
      ).toMatchObject({ state: 'skipped', reason: 'no-account' });
    });

    it('forgets every permission where WeChat says that the person takes none', async () => {
      await record([[BOOKING, 'accept']]);
      await record([[BOOKING, 'accept']]);
      will({ result: 'unwanted', code: '43101' });
      await tell('booking-reminder');
      await work();
      expect(await way('wechat')).toMatchObject({ state: 'skipped', errorCode: '43101', reason: 'unwanted' });
      expect(await granted(BOOKING)).toBe(0);
    });

    it('forgets a lasting permission too', async () => {
      await record([[REQUEST, 'accept']]);
      will({ result: 'unwanted', code: '43101' });
      await tell('request-approved');
      await work();
      expect(await granted(REQUEST)).toBe(0);
    });

    it('gives the permission back where the fault is ours, and leaves the message to an operator', async () => {
      await record([[BOOKING, 'accept']]);
      will({ result: 'refused', code: '47003', detail: 'data.thing3' });
      await tell('booking-reminder');
      await work();
      await work();
      expect(sends).toHaveBeenCalledTimes(1);
      const failed = await way('wechat');
      expect(failed).toMatchObject({
        state: 'failed',
        errorCode: '47003',
        reason: 'data.thing3',
        attempts: 1,
      });
      expect(await granted(BOOKING)).toBe(1);

      expect((await settle(failed?.id, 'resend')).json()).toMatchObject({
        state: 'pending',
        errorCode: null,
      });
      await work();
      expect(await way('wechat')).toMatchObject({ state: 'sent', attempts: 2 });
      expect(await granted(BOOKING)).toBe(0);
    });

    it('tries what did not go later and later, then gives it up', async () => {
      await record([[BOOKING, 'accept']]);
      sends.mockResolvedValue({ result: 'not-sent', code: '45009' });
      await tell('booking-reminder');
      await work();
      await work();
      expect(sends).toHaveBeenCalledTimes(1);
      expect(await way('wechat')).toMatchObject({ state: 'pending', attempts: 1, errorCode: '45009' });
      expect(await granted(BOOKING)).toBe(1);
      for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt += 1) {
        test.clock.set((await way('wechat'))?.availableAt ?? '');
        await work();
      }
      expect(await way('wechat')).toMatchObject({ state: 'failed', attempts: MAX_ATTEMPTS });
      expect(await granted(BOOKING)).toBe(1);
    });

    it('never repeats what may have gone, and leaves a silent WeChat alone for a minute', async () => {
      await record([[BOOKING, 'accept']]);
      await record([[BOOKING, 'accept']]);
      will({ result: 'uncertain', code: 'NO_ANSWER' });
      await tell('booking-reminder');
      await work();
      await tell('booking-reminder');
      await work();
      expect(sends).toHaveBeenCalledTimes(1);
      expect(await granted(BOOKING)).toBe(1);
      test.clock.advance(60_000);
      await work();
      expect((await deliveries()).filter(({ channel }) => channel === 'wechat')).toMatchObject([
        { state: 'unknown', errorCode: 'NO_ANSWER', attempts: 1 },
        { state: 'sent' },
      ]);
    });

    it('takes a sender that breaks its word for an unknown outcome', async () => {
      await record([[BOOKING, 'accept']]);
      sends.mockRejectedValueOnce(new TypeError('a secret'));
      await tell('booking-reminder');
      await work();
      expect(await way('wechat')).toMatchObject({ state: 'unknown', errorCode: 'FAULT', reason: null });
    });
  });

  describe('by text message', () => {
    it('tells of an offered place where WeChat has no permission', async () => {
      await bindPhone('13900000001');
      await tell('waiting-offered', { params: { ...VISIT, offeredUntil: '2026-11-25T00:30:00.000Z' } });
      await work();
      expect(await way('sms')).toMatchObject({ state: 'sent' });
      expect(texts.sent).toEqual([
        {
          id: (await way('sms'))?.id,
          phone: '13900000001',
          template: 'waiting-offered',
          values: expect.objectContaining({ what: '机场贵宾候机', note: '请在11月25日08:30前确认' }),
        },
      ]);
    });

    it('goes after WeChat was tried in vain, but not when it may have gone', async () => {
      await bindPhone('13900000002');
      await record([[BOOKING, 'accept']]);
      await record([[BOOKING, 'accept']]);
      will({ result: 'refused', code: '40037' }, { result: 'uncertain', code: 'NO_ANSWER' });
      await tell('booking-cancelled');
      await work();
      expect(texts.sent).toHaveLength(1);
      await tell('booking-cancelled');
      await work();
      expect(texts.sent).toHaveLength(1);
    });

    it('goes within a minute where WeChat is out of reach', async () => {
      await bindPhone('13900000003');
      await record([[WAITING, 'accept']]);
      sends.mockResolvedValue({ result: 'not-sent', code: 'UNREACHABLE' });
      const began = test.clock.now().getTime();
      await tell('waiting-offered');
      for (let tries = 0; texts.sent.length === 0 && tries < 20; tries += 1) {
        await work();
        test.clock.advance(5_000);
      }
      expect(texts.sent).toHaveLength(1);
      expect(test.clock.now().getTime() - began).toBeLessThanOrEqual(60_000);
    });

    it('has no number for somebody who bound none, and none is asked for what can wait', async () => {
      await tell('waiting-offered');
      await tell('card-issued');
      await work();
      expect((await deliveries()).map(({ channel, state, reason }) => [channel, state, reason])).toEqual([
        ['in-app', 'sent', null],
        ['wechat', 'skipped', 'no-permission'],
        ['in-app', 'sent', null],
        ['wechat', 'skipped', 'no-permission'],
        ['sms', 'skipped', 'no-phone'],
      ]);
    });

    it('wakes nobody: it waits for seven in the morning, unless it is of no use then', async () => {
      await bindPhone('13900000004');
      test.clock.advance(13.5 * 3_600_000);
      const morning = new Date(test.clock.now().getTime() + 8.3 * 3_600_000);
      await tell('booking-cancelled');
      await tell('waiting-offered', { usefulUntil: new Date(test.clock.now().getTime() + 3_600_000) });
      await work();
      expect(texts.sent).toHaveLength(0);
      test.clock.set(morning);
      await work();
      expect(texts.sent.map(({ template }) => template)).toEqual(['booking-cancelled']);
      expect((await deliveries()).filter(({ reason }) => reason === 'too-late')).toHaveLength(1);
    });
  });

  describe('when the process dies between sending and noting', () => {
    /** Another process on the same database. */
    const otherProcess = (): Jobs => {
      const get = <T>(token: abstract new (...args: never[]) => T): T =>
        test.app.get<T>(token as never, { strict: false });
      const jobs = new Jobs(get(UnitOfWork), test.clock, test.config, get(LOGGER as never));
      new DeliveryWorker(
        get(UnitOfWork),
        get(ReadDatabase),
        jobs,
        test.clock,
        get(Deliveries),
        get(Subscriptions),
        get(SubscriptionTemplates),
        get(Contacts),
        get(WechatClient),
        get(SmsSender),
        get(LOGGER as never),
      ).onModuleInit();
      return jobs;
    };

    it('the message is unknown, and stays so until an operator decides', async () => {
      await record([[BOOKING, 'accept']]);
      await record([[BOOKING, 'accept']]);
      let entered: () => void = () => undefined;
      const inSend = new Promise<void>((resolve) => {
        entered = resolve;
      });
      let wake: (outcome: SendOutcome) => void = () => undefined;
      sends.mockImplementationOnce(() => {
        entered();
        return new Promise<SendOutcome>((resolve) => {
          wake = resolve;
        });
      });
      await tell('booking-reminder');
      test.clock.advance(LEASE_MS + 1);
      const hanging = otherProcess().runNow(SEND_JOB);
      await inSend;
      test.clock.advance(LEASE_MS + 1);
      await otherProcess().runNow(SEND_JOB);
      // The dead come back too late: what they meant to note is fenced off.
      wake({ result: 'sent' });
      expect(await hanging).toBe(false);
      const lost = await way('wechat');
      expect(lost).toMatchObject({ state: 'unknown', errorCode: 'WORKER_DIED', attempts: 1 });
      test.clock.advance(86_400_000);
      await otherProcess().runNow(SEND_JOB);
      expect(sends).toHaveBeenCalledTimes(1);

      expect((await settle(lost?.id, 'resend')).statusCode).toBe(200);
      test.clock.advance(LEASE_MS + 1);
      await work();
      expect(sends).toHaveBeenCalledTimes(2);
      expect(await way('wechat')).toMatchObject({ state: 'sent', attempts: 2 });
    });
  });

  describe('the log', () => {
    const log = async (query: string, role: 'city-reviewer' | 'auditor' = 'auditor') =>
      test.app.inject({
        url: `/api/v1/admin/messages${query}`,
        headers: (await signInStaff(test, role)).headers,
      });

    it('shows what failed, and in the sandbox what it would have said', async () => {
      await record([[BOOKING, 'accept']]);
      will({ result: 'refused', code: '41030' });
      await tell('booking-reminder');
      await work();
      const answer = await log('?state=failed&channel=wechat&kind=booking-reminder&limit=1');
      expect(answer.json().items).toEqual([
        {
          deliveryId: (await way('wechat'))?.id,
          channel: 'wechat',
          kind: 'booking-reminder',
          personId,
          maskedName: expect.stringMatching(/\*$/),
          state: 'failed',
          attempts: 1,
          errorCode: '41030',
          reason: null,
          decisions: [],
          preview: [
            { field: 'thing1', value: '机场贵宾候机' },
            { field: 'time2', value: '2026年11月25日 09:00' },
            { field: 'thing3', value: '威海大水泊机场贵宾服务中心' },
            { field: 'thing4', value: '请准时前往，不去请先取消' },
          ],
          createdAt: expect.any(String),
          finishedAt: expect.any(String),
        },
      ]);
    });

    it('says with the real WeChat no word of a message', async () => {
      await tell('booking-reminder');
      const { manager } = test.app.get(ReadDatabase);
      const rows = await deliveries();
      const templates = test.app.get(SubscriptionTemplates, { strict: false });
      const of = (sandbox: boolean) =>
        new DeliveryPreviews(templates, { ...test.config, sandbox }).of(manager, rows);
      expect((await of(true)).size).toBe(1);
      expect((await of(false)).size).toBe(0);
    });

    it('shows of a text message its values, and nothing of one whose message was erased', async () => {
      await bindPhone('13863100011');
      await tell('booking-cancelled');
      await work();
      const texted = await log('?channel=sms&limit=1');
      expect(texted.json().items[0].preview).toEqual(
        expect.arrayContaining([
          { field: 'what', value: '机场贵宾候机' },
          { field: 'status', value: '已取消' },
        ]),
      );
      await run((tx) => test.app.get(PersonalData).erase(tx, personId, person.accountId));
      const erased = await log('?channel=sms&limit=1');
      expect(erased.json().items).toMatchObject([{ personId: null, reason: 'erased', preview: null }]);
    });

    it('names nobody to staff of another district', async () => {
      await tell('use-recorded');
      const elsewhere = await signInStaff(test, 'auditor', '371083');
      const answer = await test.app.inject({
        url: '/api/v1/admin/messages?limit=1',
        headers: elsewhere.headers,
      });
      expect(answer.json().items).toMatchObject([{ kind: 'use-recorded', personId: null, maskedName: null }]);
    });

    it('lets an operator let one be, with a note and once', async () => {
      await record([[BOOKING, 'accept']]);
      will({ result: 'refused', code: '41030' });
      await tell('booking-reminder');
      await work();
      const id = (await way('wechat'))?.id;
      expect((await settle(id, 'drop', 'auditor')).statusCode).toBe(403);
      expect((await settle(id, 'drop')).json()).toMatchObject({
        state: 'skipped',
        reason: 'dropped',
        decisions: [{ decision: 'drop', note: '已电话告知', state: 'failed', errorCode: '41030' }],
      });
      expect((await settle(id, 'resend')).json()).toMatchObject({ code: 'DELIVERY_STATE_CONFLICT' });
      expect((await settle(newId(test.clock.now()), 'drop')).statusCode).toBe(404);
    });

    it('keeps each decision, with who and when and why', async () => {
      await record([[BOOKING, 'accept']]);
      will({ result: 'refused', code: '41030' }, { result: 'uncertain', code: 'NO_ANSWER' });
      await tell('booking-reminder');
      await work();
      const id = (await way('wechat'))?.id;
      expect((await settle(id, 'resend', 'city-reviewer', '页面已发布')).statusCode).toBe(200);
      const first = test.clock.now().toISOString();
      await work();
      test.clock.advance(60_000);
      const again = await settle(id, 'resend', 'city-reviewer', '电话确认没有收到');
      expect(again.json()).toMatchObject({
        state: 'pending',
        reason: null,
        decisions: [
          { decision: 'resend', note: '页面已发布', at: first, state: 'failed', errorCode: '41030' },
          { decision: 'resend', note: '电话确认没有收到', state: 'unknown', errorCode: 'NO_ANSWER' },
        ],
      });
      for (const { by } of again.json().decisions) expect(by.length).toBeGreaterThan(1);
      const { manager } = test.app.get(ReadDatabase);
      const kept: { note: string }[] = await manager.query(
        'SELECT note FROM delivery_decisions WHERE deliveryId = ?',
        [id],
      );
      expect(kept).toHaveLength(2);
      expect(JSON.stringify(kept)).not.toMatch(/页面|电话/);

      const data = test.app.get(PersonalData);
      const exported = (await data.export(personId, person.accountId))['message-deliveries'];
      expect(exported).toContainEqual(
        expect.objectContaining({
          channel: 'wechat',
          decisions: [expect.objectContaining({ note: '页面已发布' }), expect.anything()],
        }),
      );
      await run((tx) => data.erase(tx, personId, person.accountId));
      const left = await manager.findBy(DeliveryDecisionRow, { deliveryId: id ?? '' });
      expect(left.map(({ note }) => note)).toEqual([null, null]);
      await run((tx) => tx.manager.delete(DeliveryRow, { id: id ?? '' }));
      expect(await manager.countBy(DeliveryDecisionRow, { deliveryId: id ?? '' })).toBe(0);
    });

    it('takes no word about somebody who had their data erased', async () => {
      await record([[BOOKING, 'accept']]);
      will({ result: 'refused', code: '41030' });
      await tell('booking-reminder');
      await work();
      const id = (await way('wechat'))?.id ?? '';
      await run((tx) => test.app.get(PersonalData).erase(tx, personId, person.accountId));
      const { manager } = test.app.get(ReadDatabase);
      expect(await manager.findOneByOrFail(DeliveryRow, { id })).toMatchObject({
        state: 'skipped',
        reason: 'erased',
      });
      for (const state of ['failed', 'unknown'] as const) {
        // As one that was erased before such deliveries ended with the erasure.
        await run((tx) => tx.manager.update(DeliveryRow, { id }, { state }));
        for (const decision of ['drop', 'resend'])
          expect((await settle(id, decision, 'city-reviewer', '林先生电话关机')).json()).toMatchObject({
            code: 'DELIVERY_STATE_CONFLICT',
          });
      }
      expect(await manager.countBy(DeliveryDecisionRow, { deliveryId: id })).toBe(0);
    });

    it('settles nothing that arrived', async () => {
      await tell('use-recorded');
      expect((await settle((await way('in-app'))?.id, 'resend')).statusCode).toBe(409);
    });

    it('is counted for the metrics', async () => {
      const text = await test.app.get(Metrics).registry.metrics();
      for (const state of DELIVERY_STATES) expect(text).toContain(`message_deliveries{state="${state}"}`);
    });

    it('forgets after six months what has ended', async () => {
      await tell('use-recorded');
      test.clock.advance(185 * 86_400_000);
      await test.app.get(Jobs).runNow(FORGET_JOB);
      expect(await deliveries()).toHaveLength(1);
      test.clock.advance(2 * 86_400_000);
      await test.app.get(Jobs).runNow(FORGET_JOB);
      expect(await deliveries()).toHaveLength(0);
    });
  });

  it('lets no message that cannot be prepared stand in the way of the others', async () => {
    await record([[BOOKING, 'accept']]);
    await tell('booking-reminder', { params: { ...VISIT, startsAt: 'nonsense' } });
    await tell('booking-reminder');
    await work();
    expect((await deliveries()).filter(({ channel }) => channel === 'wechat')).toMatchObject([
      { state: 'failed', errorCode: 'FAULT', attempts: 0 },
      { state: 'sent', attempts: 1 },
    ]);
    expect(sends).toHaveBeenCalledTimes(1);
  });

  describe('when WeChat and somebody else meet', () => {
    /** Holds the next message back until it is told the outcome. */
    const holdBack = () => {
      let entered: () => void = () => undefined;
      const sending = new Promise<void>((resolve) => {
        entered = resolve;
      });
      let answer: (outcome: SendOutcome) => void = () => undefined;
      sends.mockImplementationOnce(() => {
        entered();
        return new Promise<SendOutcome>((resolve) => {
          answer = resolve;
        });
      });
      return { sending, answer: (outcome: SendOutcome) => answer(outcome) };
    };

    it('leads nobody to another way who had their data erased meanwhile', async () => {
      await bindPhone('13863100012');
      await record([[WAITING, 'accept']]);
      const held = holdBack();
      await tell('waiting-offered');
      const working = work();
      await held.sending;
      await run((tx) => test.app.get(PersonalData).erase(tx, personId, person.accountId));
      held.answer({ result: 'unwanted', code: '43101' });
      await working;
      await work();
      expect(await deliveries()).toEqual([]);
      expect(texts.sent).toEqual([]);
    });

    it('leaves nothing to an operator of whoever had their data erased meanwhile', async () => {
      await record([[BOOKING, 'accept']]);
      const held = holdBack();
      await tell('booking-reminder');
      const working = work();
      await held.sending;
      const id = (await way('wechat'))?.id ?? '';
      await run((tx) => test.app.get(PersonalData).erase(tx, personId, person.accountId));
      held.answer({ result: 'uncertain', code: 'NO_ANSWER' });
      await working;
      const row = await test.app.get(ReadDatabase).manager.findOneByOrFail(DeliveryRow, { id });
      expect(row).toMatchObject({ state: 'skipped', reason: 'erased', personId: null });
    });

    it('keeps a permission that was given while WeChat said there is none', async () => {
      await record([[BOOKING, 'accept']]);
      const held = holdBack();
      await tell('booking-reminder');
      const working = work();
      await held.sending;
      test.clock.advance(1_000);
      await record([[BOOKING, 'accept']]);
      held.answer({ result: 'unwanted', code: '43101' });
      await working;
      expect(await way('wechat')).toMatchObject({ state: 'skipped', reason: 'unwanted' });
      expect(await granted(BOOKING)).toBe(1);
    });

    it('sends nothing that was erased between looking and taking', async () => {
      await record([[BOOKING, 'accept']]);
      await tell('booking-reminder');
      const subscriptions = test.app.get(Subscriptions, { strict: false });
      const spend = jest.spyOn(subscriptions, 'spend').mockImplementationOnce(async (tx) => {
        // As an erasure that commits at this moment does.
        await tx.manager.update(
          DeliveryRow,
          { personId, state: 'pending' },
          { state: 'skipped', finishedAt: tx.now },
        );
        return { counted: false };
      });
      await work();
      spend.mockRestore();
      expect(sends).not.toHaveBeenCalled();
      expect(await way('wechat')).toMatchObject({ state: 'skipped', attempts: 0 });
    });
  });

  it('is part of what one may take along, and of what an erasure takes', async () => {
    await record([[BOOKING, 'accept']]);
    await tell('use-recorded');
    await tell('booking-reminder');
    const data = test.app.get(PersonalData);
    const { accountId } = person;
    const exported = await data.export(personId, accountId);
    expect(exported['message-deliveries']).toHaveLength(3);
    expect(exported['message-subscriptions']).toContainEqual(
      expect.objectContaining({ topic: 'booking', granted: 1 }),
    );

    await run((tx) => data.erase(tx, personId, accountId));
    await work();
    expect(sends).not.toHaveBeenCalled();
    expect(await deliveries()).toEqual([]);
    expect((await signInCitizen(test, 'stranger')).accountId).not.toBe(accountId);
    expect(await granted(BOOKING)).toBe(0);
  });
});
