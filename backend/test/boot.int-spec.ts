import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ReadDatabase } from '../src/platform/database/database.module.js';
import { Operation } from '../src/platform/database/operations.entity.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { newId } from '../src/platform/ids.js';
import { createTestApp, TEST_DATABASE, type TestApp } from './harness.js';

describe('the service', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('answers an unknown address with a problem document', async () => {
    const answer = await test.app.inject({ method: 'GET', url: '/api/v1/nowhere' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({ code: 'NOT_FOUND', details: {}, requestId: expect.any(String) });
  });

  it('lets nobody else on the machine read its SQLite database', () => {
    if (TEST_DATABASE !== 'sqlite') return;
    const files = readdirSync(test.config.dataDir).filter((name) => name.startsWith('talent-card.sqlite'));
    expect(files).toContain('talent-card.sqlite');
    for (const name of files) {
      expect([name, statSync(join(test.config.dataDir, name)).mode & 0o007]).toEqual([name, 0]);
    }
  });

  it('gives each test app a database of its own', async () => {
    const another = await createTestApp();
    const [first] = [test, another].map(({ app }) => app.get(UnitOfWork));
    await first?.run((tx) => tx.manager.insert(Operation, { id: newId(tx.now), committedAt: tx.now }));
    const counts = await Promise.all(
      [test, another].map(({ app }) => app.get(ReadDatabase).manager.count(Operation)),
    );
    await another.close();
    expect(counts).toEqual([2, 0]);
  });
});
