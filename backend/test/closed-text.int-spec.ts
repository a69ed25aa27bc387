import { RatingRow } from '../src/features/feedback/rating.entity.js';
import { CLOSE_TEXT_JOB } from '../src/platform/crypto/close-old-text.js';
import { ClosedColumn } from '../src/platform/crypto/closed-column.entity.js';
import { EncryptedColumns } from '../src/platform/crypto/encrypted-columns.js';
import { KeyRotation } from '../src/platform/crypto/key-rotation.js';
import type { DataSources } from '../src/platform/database/data-sources.js';
import { DATA_SOURCES, ReadDatabase } from '../src/platform/database/database.module.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { newId } from '../src/platform/ids.js';
import { Jobs } from '../src/platform/jobs/jobs.js';
import { createTestApp, type TestApp } from './harness.js';

const WORDS = '膝盖手术后拄拐，李医生让我等了两个小时。真的太久';
/** In the form of a closed value, though nobody closed it. */
const LOOKS_CLOSED = `v1.${'A'.repeat(60)}`;

describe('the words of people', () => {
  let test: TestApp;
  let ids: string[];
  beforeEach(async () => {
    test = await createTestApp();
    ids = [];
  });
  afterEach(() => test.close());

  const get = <T>(token: abstract new (...args: never[]) => T): T => test.app.get(token);
  const run = <T>(what: Parameters<UnitOfWork['run']>[0]) => get(UnitOfWork).run(what) as Promise<T>;
  const rate = async (comment: string | null): Promise<string> => {
    const id = newId(test.clock.now());
    ids.push(id);
    await run((tx) =>
      tx.manager.insert(RatingRow, {
        id,
        useId: id,
        personId: id,
        channelId: id,
        venueId: id,
        zoneCode: '371002',
        usedOn: '2026-11-24',
        grade: 4,
        tags: '[]',
        comment,
        createdAt: tx.now,
        callBack: null,
        dueOn: null,
        answer: null,
        answeredAt: null,
        answeredByStaffId: null,
        appeal: null,
        appealAnswer: null,
        overdueSince: null,
        version: 1,
      }),
    );
    return id;
  };
  /** As a version before wrote it. */
  const inClear = (id: string, words: string) =>
    run((tx) => tx.manager.query('UPDATE ratings SET comment = ? WHERE id = ?', [words, id]));
  const kept = async (id: string): Promise<string | null> =>
    (await get(ReadDatabase).manager.query('SELECT comment FROM ratings WHERE id = ?', [id]))[0].comment;
  const read = async (id: string): Promise<string | null> =>
    (await get(ReadDatabase).manager.findOneByOrFail(RatingRow, { id })).comment;
  const close = () => get(Jobs).runNow(CLOSE_TEXT_JOB);
  const isDone = () => get(ReadDatabase).manager.existsBy(ClosedColumn, { name: 'ratings.comment' });

  it('lie closed in the database and are read in clear, by units and by readers', async () => {
    const id = await rate(WORDS);
    expect(await kept(id)).toMatch(/^v1\.[\w-]+$/);
    expect(await read(id)).toBe(WORDS);
    await run(async (tx) => {
      expect(await tx.manager.findOneBy(RatingRow, { id })).toMatchObject({ comment: WORDS });
      await tx.manager.update(RatingRow, { id }, { comment: `又及：${WORDS}` });
    });
    expect(await kept(id)).toMatch(/^v1\./);
    expect(await read(id)).toBe(`又及：${WORDS}`);
    await run((tx) => tx.manager.update(RatingRow, { id }, { comment: null }));
    expect([await kept(id), await read(id)]).toEqual([null, null]);
  });

  it('do not open in another column', async () => {
    const id = await rate(WORDS);
    await run((tx) => tx.manager.query('UPDATE ratings SET answer = comment WHERE id = ?', [id]));
    await expect(read(id)).rejects.toThrow();
  });

  it('of before are read as they stand, and closed by the job, which then leaves the column alone', async () => {
    const old = await Promise.all(Array.from({ length: 501 }, () => rate(null)));
    for (const id of old) await inClear(id, `${WORDS} ${id}`);
    const [first = ''] = old;
    expect(await read(first)).toBe(`${WORDS} ${first}`);
    const fresh = await rate(WORDS);
    const closedAlready = await kept(fresh);
    const [status] = (await get(KeyRotation).status()).filter(({ column }) => column === 'comment');
    expect(status).toEqual({
      table: 'ratings',
      column: 'comment',
      versions: { v1: 1 },
      stale: 0,
      clear: 501,
    });

    await close();
    for (const id of old) {
      expect(await kept(id)).toMatch(/^v1\./);
      expect(await read(id)).toBe(`${WORDS} ${id}`);
    }
    expect(await kept(fresh)).toBe(closedAlready);
    // A node of the version before may write until it is replaced: a pass that finds nothing ends it.
    expect(await isDone()).toBe(false);
    await inClear(first, WORDS);
    await close();
    expect(await kept(first)).toMatch(/^v1\./);
    await close();
    expect(await isDone()).toBe(true);
  });

  it('that have the form of a closed value are closed too', async () => {
    const id = await rate(null);
    await inClear(id, LOOKS_CLOSED);
    await close();
    expect(await kept(id)).not.toBe(LOOKS_CLOSED);
    expect(await read(id)).toBe(LOOKS_CLOSED);
  });

  it('move to a new key, those in clear with them', async () => {
    const [closed, clear] = [await rate(WORDS), await rate(null)];
    await inClear(clear, WORDS);
    expect(await get(KeyRotation).rotate(undefined, 0)).toMatchObject({ version: 2 });
    for (const id of [closed, clear]) {
      expect(await kept(id)).toMatch(/^v2\./);
      expect(await read(id)).toBe(WORDS);
    }
  });
});

/** Columns of type text that need not be closed so, and why. */
const OPEN: Readonly<Record<string, string>> = {
  'idempotency_records.answer': 'closed, kept for a week',
  'audit_entries.fields': 'names of fields',
  'outbox_messages.payload': 'opaque ids',
  'messages.params': 'names of channels and venues, moments',
  'channels.texts': 'published',
  'channels.search': 'published',
  'channels.booking': 'published',
  'channel_terms.limits': 'numbers',
  'venues.openingHours': 'published',
  'venues.noticeZh': 'published',
  'venues.noticeEn': 'published',
  'venue_schedules.classCapacities': 'numbers',
  'venue_exceptions.open': 'times of day',
  'slots.classCapacities': 'numbers',
  'slots.closedReason': 'published',
  'person_facts.value': 'from registers, in fixed fields',
  'roster_rows.content': 'closed with the key of its batch',
};

it('is held by no column in clear that nobody has thought of', async () => {
  const test = await createTestApp();
  const closed = new Set(
    test.app
      .get(EncryptedColumns)
      .all()
      .map(({ table, column }) => `${table}.${column}`),
  );
  const sources = test.app.get<DataSources>(DATA_SOURCES);
  const texts = sources.write.entityMetadatas.flatMap(({ tableName, columns }) =>
    columns.filter(({ type }) => type === 'text').map(({ propertyName }) => `${tableName}.${propertyName}`),
  );
  await test.close();
  expect(texts.filter((name) => !closed.has(name) && !(name in OPEN))).toEqual([]);
  expect(Object.keys(OPEN).filter((name) => !texts.includes(name))).toEqual([]);
}, 30_000);
