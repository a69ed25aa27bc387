import { createTestApp, type TestApp } from '../../../test/harness.js';
import { newKey, type SignedInCitizen, signInCitizen, signInPerson } from '../../../test/sign-in.js';
import { PersonalData } from '../../platform/accounts/personal-data.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { OutboxMessage } from '../../platform/outbox/outbox-message.entity.js';
import { DeliveryRow } from './delivery.entity.js';
import { MessageRow } from './message.entity.js';
import { MessageSubjects } from './message-subjects.js';
import { Messages } from './messages.js';

describe('the message centre', () => {
  let test: TestApp;
  let personId: string;
  let person: SignedInCitizen;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    personId = newId(test.clock.now());
    person = await signInPerson(test, personId);
  });

  const publish = (topic: string, payload: Record<string, string | null>): Promise<void> =>
    test.app.get(UnitOfWork).run((tx) => test.app.get(Outbox).publish(tx, topic, payload));
  const get = async (path: string, who = person) => {
    const answer = await test.app.inject({ url: `/api/v1/messages${path}`, headers: who.headers });
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const post = (path: string, who = person, key = newKey()) =>
    test.app.inject({
      method: 'POST',
      url: `/api/v1/messages${path}`,
      headers: { ...who.headers, 'idempotency-key': key },
    });
  const tell = (count: number): Promise<void> =>
    test.app.get(UnitOfWork).run(async (tx) => {
      for (let sent = 0; sent < count; sent += 1)
        await test.app.get(Messages, { strict: false }).send(tx, { personId }, { kind: 'card-issued' });
    });

  it.each([
    ['card.issued', 'card-issued', 'card', 'cardId'],
    ['card.suspended', 'card-suspended', 'card', 'cardId'],
    ['card.restored', 'card-restored', 'card', 'cardId'],
    ['card.revoked', 'card-revoked', 'card', 'cardId'],
    ['case.submitted', 'application-submitted', 'application', 'caseId'],
    ['case.returned', 'application-returned', 'application', 'caseId'],
    ['case.approved', 'application-approved', 'application', 'caseId'],
    ['case.rejected', 'application-rejected', 'application', 'caseId'],
  ])('tells the person of %s', async (topic, kind, type, idName) => {
    const id = newId(test.clock.now());
    await publish(topic, { [idName]: id, personId });
    await test.deliverOutbox();
    const { items } = await get('');
    expect(items).toEqual([
      {
        messageId: expect.any(String),
        kind,
        params: {},
        link: { type, id },
        createdAt: test.clock.now().toISOString(),
        readAt: null,
      },
    ]);
  });

  it('says what the thing itself says when it is written, and keeps in the app what the person knows', async () => {
    const params = { channelZh: '机场贵宾候机', startsAt: '2026-11-25T01:00:00.000Z' };
    const describe = jest
      .spyOn(test.app.get(MessageSubjects, { strict: false }), 'describe')
      .mockResolvedValue({ params, known: true });
    const bookingId = newId(test.clock.now());
    await publish('booking.cancelled', { personId, bookingId });
    await test.deliverOutbox();
    expect(describe).toHaveBeenCalledWith(
      expect.anything(),
      { type: 'booking', id: bookingId },
      { kind: 'booking-cancelled', payload: { personId, bookingId } },
    );
    describe.mockRestore();
    const [message] = (await get('')).items;
    expect(message).toMatchObject({ kind: 'booking-cancelled', params });
    expect(
      await test.app.get(ReadDatabase).manager.findBy(DeliveryRow, { messageId: message.messageId }),
    ).toMatchObject([{ channel: 'in-app', state: 'sent' }]);
  });

  it('writes a message once, however often it is delivered', async () => {
    await publish('card.issued', { cardId: newId(test.clock.now()), personId });
    await test.deliverOutbox();
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.manager.update(OutboxMessage, { topic: 'card.issued' }, { state: 'pending', finishedAt: null }),
      );
    await test.deliverOutbox();
    expect((await get('')).items).toHaveLength(1);
  });

  it('writes many together, and each once though one of them was told before', async () => {
    const many = () =>
      test.app.get(UnitOfWork).run((tx) =>
        test.app.get(Outbox).publishMany(
          tx,
          ['card.suspended', 'card.restored', 'card.revoked'].map((topic) => ({
            topic,
            payload: { cardId: newId(test.clock.now()), personId },
          })),
        ),
      );
    await many();
    await test.deliverOutbox();
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        tx.manager.update(OutboxMessage, { topic: 'card.restored' }, { state: 'pending', finishedAt: null }),
      );
    await many();
    await test.deliverOutbox();
    const kinds = (await get('')).items.map(({ kind }: { kind: string }) => kind);
    const round = ['card-revoked', 'card-restored', 'card-suspended'];
    expect(kinds).toEqual([...round, ...round]);
  });

  it('has nobody to tell of a case without a person', async () => {
    const before = await test.app.get(ReadDatabase).manager.count(MessageRow);
    await publish('case.approved', { caseId: newId(test.clock.now()), personId: null });
    await test.deliverOutbox();
    expect(await test.app.get(ReadDatabase).manager.count(MessageRow)).toBe(before);
  });

  it('pages through, latest first', async () => {
    await tell(5);
    const first = await get('?limit=3');
    const second = await get(`?limit=3&cursor=${first.nextCursor}`);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([3, 2, null]);
    const ids = [...first.items, ...second.items].map((message: { messageId: string }) => message.messageId);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  });

  it('counts what is unread, and marks one or all as read', async () => {
    await tell(3);
    expect(await get('/unread')).toEqual({ unread: 3 });
    const [{ messageId }] = (await get('')).items;
    const key = newKey();
    expect((await post(`/${messageId}/read`, person, key)).json()).toEqual({ unread: 2 });
    test.clock.advance(60_000);
    expect((await post(`/${messageId}/read`)).json()).toEqual({ unread: 2 });
    const [{ readAt, createdAt }] = (await get('')).items;
    expect(readAt).toBe(createdAt);
    expect((await post('/read-all')).json()).toEqual({ unread: 0 });
    expect((await post(`/${messageId}/read`, person, key)).json()).toEqual({ unread: 2 });
  });

  it('shows nobody the messages of another', async () => {
    await tell(1);
    const [{ messageId }] = (await get('')).items;
    const stranger = await signInCitizen(test, 'stranger');
    expect((await get('', stranger)).items).toEqual([]);
    expect((await post(`/${messageId}/read`, stranger)).statusCode).toBe(404);
    await post('/read-all', stranger);
    expect(await get('/unread')).toEqual({ unread: 1 });
  });

  it('follows the person to another account, while an account keeps what is its own', async () => {
    await tell(1);
    await test.app
      .get(UnitOfWork)
      .run((tx) =>
        test.app
          .get(Messages, { strict: false })
          .send(tx, { accountId: person.accountId }, { kind: 'security-session-revoked' }),
      );
    expect((await get('')).items).toHaveLength(2);
    expect(
      await test.app.get(Messages, { strict: false }).all({ personId, accountId: 'another' }),
    ).toHaveLength(1);
  });

  it('is part of the export of one’s data, and goes with an erasure', async () => {
    await tell(2);
    const data = test.app.get(PersonalData);
    expect((await data.export(personId, person.accountId)).messages).toHaveLength(2);
    const messages = test.app.get(Messages, { strict: false });
    await test.app.get(UnitOfWork).run((tx) => messages.erase(tx, { personId, accountId: person.accountId }));
    expect(await get('/unread')).toEqual({ unread: 0 });
  });
});
