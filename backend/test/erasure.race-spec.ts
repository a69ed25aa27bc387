import { AsyncResource } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { ALL_ROUTES } from '@talent-card/shared/all-routes';
import type { MessageKind } from '@talent-card/shared/messages/schema';
import { In, IsNull, Not } from 'typeorm';
import { CaseRow } from '../src/core/casework/case.entity.js';
import { PersonsRepository } from '../src/core/people/persons/persons.repository.js';
import { VacancyAlertRow } from '../src/features/bookings/alerts.entity.js';
import { BookingRow } from '../src/features/bookings/booking.entity.js';
import { CodeDeviceRow } from '../src/features/codes/code.entity.js';
import { RatingRow } from '../src/features/feedback/rating.entity.js';
import { DeliveryRow, SubscriptionPermissionRow } from '../src/features/messages/delivery.entity.js';
import { MessageRow } from '../src/features/messages/message.entity.js';
import { Messages, type Recipient } from '../src/features/messages/messages.js';
import { UseRow } from '../src/features/uses/use.entity.js';
import { Accounts } from '../src/platform/accounts/accounts.js';
import { ConsentRow } from '../src/platform/accounts/consent.entity.js';
import { SessionTrust } from '../src/platform/accounts/session-trust.js';
import { ReadDatabase } from '../src/platform/database/database.module.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { makeChannel, makeSlot, type TestChannel } from './booking-fixtures.js';
import { call, formOf } from './card-fixtures.js';
import { enrolPhone, type Holder, newTestKey, signInHolder } from './code-fixtures.js';
import { createTestApp, TEST_DATABASE, TEST_NOW, type TestApp } from './harness.js';
import { newKey, signInStaff } from './sign-in.js';
import { makeCodeChannel, useOnce } from './window-fixtures.js';

/** Whatever a citizen may write of themselves: by which route, with what. */
type Writes = Record<string, readonly [path: string, payload: object]>;

const SOME_ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
/** Routes of citizens that need no turn of their account, and why. */
const HELD_OTHERWISE: Record<string, string> = {
  'POST /bookings': 'takes the turn of the person and finds no card',
  'POST /bookings/:bookingId/cancel': 'takes the turn of the person; writes no words',
  'POST /bookings/:bookingId/reschedule': 'as a booking',
  'POST /waiting': 'as a booking',
  'POST /waiting/:waitingId/accept': 'as a booking',
  'POST /waiting/:waitingId/leave': 'takes the turn of the person; writes no words',
  'POST /me/real-name': 'refused to who has proved it; else takes the turn',
  'POST /files': 'takes the turn, see `Files.upload`; its body is no JSON',
  'POST /messages/:messageId/read': 'changes what the erasure deletes',
  'POST /messages/read-all': 'changes what the erasure deletes',
  'POST /vacancy-alerts': 'takes the turn, once the wish fits; it is among the writes below',
  'POST /card-applications/check': 'writes nothing',
  'POST /card-code/online': 'finds no card; a first one takes the turn',
  'DELETE /files/:fileId': 'takes away what the erasure takes away',
  'DELETE /sessions/:sessionId': 'ends what the erasure ends',
  'DELETE /sessions/current': 'ends what the erasure ends',
  'POST /clerk/offline-uses': 'keeps uses of other people, signed by the phone',
};

/** Somebody writes with one hand and erases with the other; on MariaDB they write by another node. */
describe('what a citizen writes while their data are erased', () => {
  let test: TestApp;
  let elsewhere: NestFastifyApplication;
  let desk: TestChannel;
  let officer: TestChannel;
  beforeAll(async () => {
    test = await createTestApp();
    elsewhere = TEST_DATABASE === 'mariadb' ? await test.secondNode() : test.app;
    desk = await makeCodeChannel(test);
    officer = await makeChannel(test, { channel: { usedBy: 'officer', booking: null } });
  });
  afterAll(() => test.close());
  // SQLite has one node: there it is the one that is not told.
  beforeEach(() => {
    jest.spyOn(SessionTrust.prototype, 'distrust').mockReturnValue();
  });
  afterEach(() => jest.restoreAllMocks());

  async function somebodyWithWrites(): Promise<{ person: Holder; writes: Writes }> {
    const person = await signInHolder(test);
    const phone = await enrolPhone(test, person);
    const clerk = await signInStaff(test, 'service-window', '371002');
    const used = async (): Promise<string> => {
      test.clock.advance(1000);
      return (await useOnce(test, clerk, desk, phone.code())).body.useId;
    };
    const [rated, disputed] = [await used(), await used()];
    const gym = await makeChannel(test);
    const slotId = await makeSlot(test, gym, '2026-11-26T02:00:00.000Z', 5);
    const { publicKey } = newTestKey();
    const writes: Writes = {
      rating: [`/uses/${rated}/rating`, { grade: 1, comment: '林先生等了一个小时' }],
      dispute: [`/uses/${disputed}/dispute`, { reason: '那天我在住院' }],
      request: [
        '/service-requests',
        {
          channelId: officer.channelId,
          form: { subject: '子女入学', details: '孩子有哮喘，想问校医。', mobile: '13800138000' },
        },
      ],
      alert: ['/vacancy-alerts', { ...gym, from: '2026-11-24', to: '2026-11-25' }],
      device: ['/card-code/devices', { cardId: person.cardId, publicKey, platform: 'weapp' }],
      consent: [
        '/me/consents/grant',
        { purpose: 'data-matching', version: CONSENT_VERSIONS['data-matching'] },
      ],
      subscription: [
        '/subscriptions',
        { answers: [{ templateId: 'sandbox-template-booking', answer: 'accept' }] },
      ],
      booking: ['/bookings', { slotId }],
    };
    return { person, writes };
  }

  const write = async (
    { headers }: Holder,
    [path, payload]: Writes[string],
    method: 'POST' | 'PUT' | 'DELETE' = 'POST',
  ): Promise<{ status: number; code: string }> => {
    const answer = await elsewhere.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...headers, 'idempotency-key': newKey() },
      payload,
    });
    return { status: answer.statusCode, code: answer.json().code };
  };
  const erase = (person: Holder) => call(test, 'POST', '/me/erase', person, { confirm: 'ERASE' });

  /** What still speaks of somebody, or acts for them, also once they were told whatever there was to tell. */
  async function left({ personId, accountId }: Holder): Promise<string[]> {
    await test.deliverOutbox();
    const { manager } = test.app.get(ReadDatabase);
    const counts = {
      rating: await manager.countBy(RatingRow, { personId }),
      dispute: (await manager.findBy(UseRow, { personId })).filter((use) => use.disputeReason !== null)
        .length,
      request: await manager.countBy(CaseRow, { applicantPersonId: personId, form: Not(IsNull()) }),
      alert: await manager.countBy(VacancyAlertRow, { personId }),
      device: await manager.countBy(CodeDeviceRow, { accountId }),
      consent: await manager.countBy(ConsentRow, { accountId, endedAt: IsNull() }),
      subscription: await manager.countBy(SubscriptionPermissionRow, { accountId }),
      booking: await manager.countBy(BookingRow, { personId, status: In(['held', 'booked']) }),
      message: await manager.count(MessageRow, { where: [{ personId }, { accountId }] }),
      delivery: await manager.count(DeliveryRow, { where: [{ personId }, { accountId }] }),
    };
    return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [what] : []));
  }

  /** The node that they write by has seen their session a moment ago, and believes it for two seconds. */
  async function believe(person: Holder): Promise<void> {
    expect((await elsewhere.inject({ url: '/api/v1/me', headers: person.headers })).statusCode).toBe(200);
  }

  it('is taken while nobody erases', async () => {
    const { person, writes } = await somebodyWithWrites();
    for (const [what, one] of Object.entries(writes))
      expect([what, await write(person, one)]).toEqual([what, { status: 200 }]);
    expect(await left(person)).toEqual([...Object.keys(writes), 'message', 'delivery']);
  });

  it('is refused by a node that still believes their session', async () => {
    const { person, writes } = await somebodyWithWrites();
    await believe(person);
    expect((await erase(person)).status).toBe(204);
    const answers: [string, string][] = [];
    for (const [what, one] of Object.entries(writes)) answers.push([what, (await write(person, one)).code]);
    const { booking, ...others } = Object.fromEntries(answers);
    expect(new Set(Object.values(others))).toEqual(new Set(['ACCOUNT_ERASED']));
    expect(booking).toBe('NOT_ENTITLED');
    expect(await left(person)).toEqual([]);
  });

  it('is refused by every route of theirs that keeps something, whatever it names', async () => {
    const person = await signInHolder(test);
    await believe(person);
    expect((await erase(person)).status).toBe(204);
    const version = 1;
    const consent = { purpose: 'data-matching', version: CONSENT_VERSIONS['data-matching'] };
    const { publicKey } = newTestKey();
    const form = { subject: '子女入学', details: '想问校医', mobile: '13800138000' };
    const application = { form: formOf(person.who), documents: [] };
    const refused: Record<string, object> = {
      'PUT /me/profile': { nickname: '海风' },
      'POST /me/phone': { code: 'sandbox:13800138000' },
      'POST /me/consents/grant': consent,
      'POST /me/consents/withdraw': { purpose: 'data-matching' },
      'POST /me/erase': { confirm: 'ERASE' },
      'POST /cards/:cardId/report-lost': {},
      'POST /cards/:cardId/report-found': { identityNumber: person.who.identityNumber },
      'POST /card-applications': { ...application, consentVersion: CONSENT_VERSIONS['card-application'] },
      'POST /card-applications/:caseId/resubmit': { ...application, version },
      'POST /card-applications/:caseId/withdraw': { version },
      'POST /service-requests': { channelId: SOME_ID, form },
      'POST /service-requests/:caseId/resubmit': { version, form },
      'POST /service-requests/:caseId/withdraw': { version },
      'POST /bookings/:bookingId/appeal': { reason: '船票延误' },
      'DELETE /vacancy-alerts/:alertId': {},
      'POST /card-code/credentials': {
        deviceId: SOME_ID,
        at: TEST_NOW.toISOString(),
        signature: 'A'.repeat(86),
      },
      'POST /card-code/devices': { cardId: SOME_ID, publicKey, platform: 'weapp' },
      'POST /card-code/devices/:deviceId/revoke': {},
      'POST /clerk/sessions': { deviceId: SOME_ID, at: TEST_NOW.toISOString(), signature: 'A'.repeat(86) },
      'POST /clerk/devices': { enrolmentCode: 'ABCDE-FGHJK', publicKey },
      'POST /uses/:useId/dispute': { reason: '我那天没有去' },
      'POST /uses/:useId/rating': { grade: 1 },
      'POST /ratings/:ratingId/appeal': { reason: '没有人打来电话' },
      'POST /subscriptions': { answers: [{ templateId: 'sandbox-template-booking', answer: 'accept' }] },
    };
    const answers: [string, string][] = [];
    for (const [route, payload] of Object.entries(refused)) {
      const [method = '', path = ''] = route.split(' ');
      const url = path.replace(/:\w+/g, SOME_ID);
      answers.push([route, (await write(person, [url, payload], method as 'POST')).code]);
    }
    expect(answers).toEqual(Object.keys(refused).map((route) => [route, 'ACCOUNT_ERASED']));
    const own = ALL_ROUTES.filter(({ access, method }) => access.startsWith('citizen.') && method !== 'GET');
    expect([...Object.keys(refused), ...Object.keys(HELD_OTHERWISE)].sort()).toEqual(
      own.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  it.each([1, 2, 3])('is erased or refused at the same moment (round %i)', async () => {
    const { person, writes } = await somebodyWithWrites();
    await believe(person);
    const [erased, ...answers] = await Promise.all([
      erase(person),
      ...Object.values(writes).map((one) => write(person, one)),
    ]);
    expect(erased.status).toBe(204);
    const expected = [undefined, 'ACCOUNT_ERASED', 'NOT_ENTITLED', 'SESSION_EXPIRED'];
    for (const { code } of answers) expect(expected).toContain(code);
    expect(await left(person)).toEqual([]);
  });

  it('is told nothing between the erasure of their messages and of themselves', async () => {
    const person = await signInHolder(test);
    const { personId, accountId } = person;
    const send = (to: Recipient, kind: MessageKind) =>
      elsewhere
        .get(UnitOfWork)
        .run((tx) => elsewhere.get(Messages, { strict: false }).send(tx, to, { kind }));
    // Bound here, so that it is no part of the erasure that calls it.
    const tell = AsyncResource.bind(() =>
      Promise.all([send({ personId }, 'card-revoked'), send({ accountId }, 'security-session-revoked')]),
    );
    const { lock } = PersonsRepository.prototype;
    let told: Promise<unknown> = Promise.resolve();
    jest.spyOn(PersonsRepository.prototype, 'lock').mockImplementationOnce(async function (
      this: PersonsRepository,
      ...by
    ) {
      told = tell();
      // Where there are several writers, one who has nothing to wait for has written before this goes on.
      if (TEST_DATABASE === 'mariadb') await Promise.race([told, setTimeout(1_000)]);
      return lock.apply(this, by);
    });
    expect((await erase(person)).status).toBe(204);
    await told;
    expect(await left(person)).toEqual([]);
  });

  it('control: told without turns, it is there for good', async () => {
    jest.spyOn(Accounts.prototype, 'hasTurn').mockResolvedValue(true);
    jest.spyOn(PersonsRepository.prototype, 'lockMany').mockResolvedValue(new Set());
    const person = await signInHolder(test);
    expect((await erase(person)).status).toBe(204);
    expect(await left(person)).toEqual(['message', 'delivery']);
  });

  it('control: without turns it is there for good', async () => {
    jest.spyOn(Accounts.prototype, 'hasTurn').mockResolvedValue(true);
    const { person, writes } = await somebodyWithWrites();
    await believe(person);
    expect((await erase(person)).status).toBe(204);
    for (const one of Object.values(writes)) await write(person, one);
    expect(await left(person)).toEqual(
      expect.arrayContaining(['rating', 'dispute', 'alert', 'consent', 'subscription']),
    );
  });
});
