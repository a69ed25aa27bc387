import { createTestApp, type TestApp } from '../../../test/harness.js';
import { FileRecord } from '../files/file.entity.js';
import { newId } from '../ids.js';
import { ReadDatabase } from './database.module.js';
import { BY_ID, type PageKey, pageByKey } from './key-cursor.js';
import { UnitOfWork } from './unit-of-work.js';

const ROWS = 7;
const BY_NAME: PageKey<FileRecord> = { column: 'fileName', order: 'ASC', form: /^\d$/ };

describe('a list in the order of a key', () => {
  let test: TestApp;
  let ids: string[];
  beforeAll(async () => {
    test = await createTestApp();
    ids = Array.from({ length: ROWS }, () => newId(test.clock.now()));
    await test.app.get(UnitOfWork).run(async (tx) => {
      for (const [i, id] of ids.entries())
        await tx.manager.insert(FileRecord, {
          id,
          ownerPersonId: id,
          fileName: String(i),
          contentType: 'application/pdf',
          sizeBytes: i,
          contentKey: '',
          status: 'pending',
          attachedType: null,
          attachedId: null,
          uploadedAt: tx.now,
        });
    });
  });
  afterAll(() => test.close());

  const found = () => test.app.get(ReadDatabase).manager.createQueryBuilder(FileRecord, 'file');

  it.each([1, 3, ROWS, ROWS + 1])(
    'is walked page by page, %i at a time, without gap or repeat',
    async (limit) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await pageByKey<FileRecord>(found(), BY_ID, { cursor, limit });
        seen.push(...page.items.map(({ id }) => id));
        expect(page.items.length).toBeLessThanOrEqual(limit);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual([...ids].sort().reverse());
    },
  );

  it('keeps to the conditions of its list', async () => {
    const from = found().where('file.sizeBytes >= :least', { least: 3 });
    const first = await pageByKey(from, BY_NAME, { limit: 2 });
    expect([first.items.map(({ sizeBytes }) => sizeBytes), first.nextCursor]).toEqual([[3, 4], '4']);
    const rest = found().where('file.sizeBytes >= :least', { least: 3 });
    const second = await pageByKey(rest, BY_NAME, { cursor: '4', limit: 2 });
    expect([second.items.map(({ sizeBytes }) => sizeBytes), second.nextCursor]).toEqual([[5, 6], null]);
  });

  it.each(['nonsense', '', `${'0'.repeat(26)}x`, "' OR 1=1"])('refuses the cursor %p', async (cursor) => {
    await expect(pageByKey<FileRecord>(found(), BY_ID, { cursor, limit: 2 })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });
});
