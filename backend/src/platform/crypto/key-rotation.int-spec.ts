import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Between } from 'typeorm';
import { createTestApp, type TestApp } from '../../../test/harness.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FileRecord } from '../files/file.entity.js';
import { FILE_KEY_PURPOSE, FILE_NAME_PURPOSE } from '../files/files.js';
import { newId } from '../ids.js';
import { BACKEND_ROOT } from '../paths.js';
import { EncryptedColumns } from './encrypted-columns.js';
import { FieldCipher } from './field-cipher.js';
import { KeyRotation } from './key-rotation.js';
import { KeyFile } from './keyring.js';

const ROWS = 1_203;

describe('a key rotation', () => {
  let test: TestApp;
  let ids: string[];
  const get = <T>(token: abstract new (...args: never[]) => T): T => test.app.get(token);
  const namesOf = async (some: string[]): Promise<string[]> => {
    const rows = await get(ReadDatabase).manager.find(FileRecord, {
      where: { id: Between(some[0] ?? '', some.at(-1) ?? '') },
      order: { id: 'ASC' },
    });
    return rows.map((row) => get(FieldCipher).decrypt(FILE_NAME_PURPOSE, row.fileName));
  };
  const stale = async (): Promise<number> =>
    (await get(KeyRotation).status()).reduce((sum, column) => sum + column.stale, 0);

  beforeEach(async () => {
    test = await createTestApp();
    const cipher = get(FieldCipher);
    ids = Array.from({ length: ROWS }, () => newId(test.clock.now()));
    await get(UnitOfWork).run(async (tx) => {
      for (let at = 0; at < ROWS; at += 200) {
        await tx.manager.insert(
          FileRecord,
          ids.slice(at, at + 200).map((id, index) => ({
            id,
            ownerPersonId: id,
            fileName: cipher.encrypt(FILE_NAME_PURPOSE, `document ${at + index}.pdf`),
            contentType: 'application/pdf' as const,
            sizeBytes: 1,
            contentKey: cipher.encrypt(FILE_KEY_PURPOSE, 'key'),
            status: 'pending' as const,
            attachedType: null,
            attachedId: null,
            uploadedAt: tx.now,
          })),
        );
      }
    });
  });
  afterEach(() => test.close());

  it('moves every value to a new version in units of 500 while others read', async () => {
    const progress: number[] = [];
    let reading = true;
    let reads = 0;
    const reader = (async () => {
      while (reading) {
        expect(await namesOf(ids.slice(0, 1))).toEqual(['document 0.pdf']);
        reads += 1;
        // SQLite answers without a turn of the event loop: leave one to the rotation.
        await nextTurn();
      }
    })();
    const { version, reencrypted } = await get(KeyRotation)
      .rotate((step) => progress.push(step.reencrypted), 0)
      .finally(() => {
        reading = false;
      });
    await reader;
    expect(version).toBe(2);
    expect(reencrypted).toBe(2 * ROWS);
    expect(progress).toEqual([500, 1000, ROWS, 500, 1000, ROWS]);
    expect(reads).toBeGreaterThan(1);
    expect(await stale()).toBe(0);
    expect((await namesOf(ids)).at(-1)).toBe(`document ${ROWS - 1}.pdf`);
  });

  it('goes on where it was interrupted, without a further version', async () => {
    await expect(
      get(KeyRotation).rotate(() => {
        throw new Error('power cut');
      }, 0),
    ).rejects.toThrow('power cut');
    expect(await stale()).toBe(2 * ROWS - 500);
    const { version, reencrypted } = await get(KeyRotation).rotate(undefined, 0);
    expect(version).toBe(2);
    expect(reencrypted).toBe(2 * ROWS - 500);
    expect(await stale()).toBe(0);
  });

  it('leaves alone what somebody changed meanwhile', async () => {
    const [id = ''] = ids;
    let changed = false;
    const rotation = get(KeyRotation);
    const cipher = get(FieldCipher);
    const decrypt = jest.spyOn(cipher, 'decrypt');
    const run = get(UnitOfWork).run.bind(get(UnitOfWork));
    // Between reading a unit and writing it, the owner renames the first document.
    const spy = jest.spyOn(get(UnitOfWork), 'run').mockImplementation(async (work, options) => {
      if (!changed && decrypt.mock.calls.length > 0) {
        changed = true;
        await run((tx) =>
          tx.manager.update(
            FileRecord,
            { id },
            { fileName: cipher.encrypt(FILE_NAME_PURPOSE, 'renamed.pdf') },
          ),
        );
      }
      return run(work, options);
    });
    await rotation.rotate(undefined, 0);
    spy.mockRestore();
    decrypt.mockRestore();
    expect(changed).toBe(true);
    expect(await namesOf([id])).toEqual(['renamed.pdf']);
  });

  it('stops at a value that does not open instead of losing it', async () => {
    await get(UnitOfWork).run((tx) =>
      tx.manager.update(FileRecord, { id: ids[0] ?? '' }, { fileName: `v1.${'A'.repeat(60)}` }),
    );
    await expect(get(KeyRotation).rotate(undefined, 0)).rejects.toThrow();
    expect(get(KeyFile).keyring.keys.size).toBe(2);
  });
});

describe('the register of encrypted columns', () => {
  /** Every purpose that some source file encrypts with. */
  function purposesInSource(): string[] {
    const files = readdirSync(join(BACKEND_ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('spec.ts'),
    );
    const sources = files.map((name) => readFileSync(join(BACKEND_ROOT, 'src', name), 'utf8'));
    return sources.flatMap((text) =>
      [...text.matchAll(/const (\w*PURPOSE) = '([^']+)'/g)]
        .filter(([, name]) => new RegExp(`\\.encrypt\\(\\s*${name}\\b`).test(text))
        .map(([, , purpose]) => purpose ?? ''),
    );
  }

  it('knows every purpose that anything is encrypted with', async () => {
    const test = await createTestApp();
    const registered = new Set(
      test.app
        .get(EncryptedColumns)
        .all()
        .map((column) => column.purpose),
    );
    await test.close();
    // Kept for a week; the key versions of that week are still in the file.
    const shortLived = new Set(['idempotency-answer']);
    const missing = purposesInSource().filter(
      (purpose) => !registered.has(purpose) && !shortLived.has(purpose),
    );
    expect(missing).toEqual([]);
  });
});
