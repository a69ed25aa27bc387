import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_DATABASE } from '../../test/harness.js';
import { createTestDatabase, type TestDatabase } from '../../test/test-database.js';
import { runCli } from './run.js';

describe('the command line', () => {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cli-'));
    database = await createTestDatabase(TEST_DATABASE, folder);
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function cli(words: string, env: Record<string, string> = {}) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCli(
      words.split(' ').filter((word) => word !== ''),
      { APP_ENV: 'test', DATA_DIR: folder, ...database.environment, ...env },
      { print: (line) => out.push(line), complain: (line) => err.push(line) },
    );
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  it('lists its commands', async () => {
    const { code, out } = await cli('--help');
    expect(code).toBe(0);
    for (const name of ['audit verify', 'keys rotate', 'staff create-admin <username> <display-name>'])
      expect(out).toContain(name);
  });

  it.each(['', 'keys', 'keys burn', 'staff create-admin only-a-name'])(
    'says how it is used when given "%s"',
    async (words) => {
      const { code, out, err } = await cli(words);
      expect(code).toBe(2);
      expect(out + err).toContain('usage: cli');
    },
  );

  it('migrates', async () => {
    expect(await cli('migrate')).toMatchObject({ code: 0, out: expect.stringMatching(/up to date: \d+/) });
  });

  it('makes an administrator once, with a password told once', async () => {
    const first = await cli('staff create-admin wang.haiyan 王海燕');
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringContaining('one-time password of wang.haiyan'),
    });
    const second = await cli('staff create-admin wang.haiyan 王海燕');
    expect(second).toMatchObject({ code: 1, err: expect.stringContaining('STAFF_USERNAME_TAKEN') });
  });

  it('finds the audit trail whole', async () => {
    expect((await cli('jobs run audit.seal')).code).toBe(0);
    expect(await cli('audit verify')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing was changed'),
    });
  });

  it('counts and rotates the keys', async () => {
    expect(await cli('keys status')).toMatchObject({
      code: 0,
      out: expect.stringContaining('every value has the current key'),
    });
    expect(await cli('keys rotate')).toMatchObject({
      code: 0,
      out: expect.stringContaining('key version 2 is in force'),
    });
  });

  it('lets a new key sign the codes of cards', async () => {
    for (const version of [1, 2])
      expect(await cli('codes rotate-key')).toMatchObject({
        code: 0,
        out: expect.stringContaining(`issuer key version ${version} is in force`),
      });
  });

  it('makes a key file for production and never a second time', async () => {
    const path = join(folder, 'production-keys.json');
    expect((await cli('keys create', { FIELD_KEYS_FILE: path })).code).toBe(0);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await cli('keys create', { FIELD_KEYS_FILE: path })).toMatchObject({ code: 1 });
  });

  it('tells a broken configuration in one line', async () => {
    expect(await cli('migrate', { PORT: 'many', DEMO_DATA: 'some' })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^migrate: configuration: PORT .*; DEMO_DATA .*$/),
    });
  });

  it('tells a broken key file in one line', async () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{', { mode: 0o600 });
    expect(await cli('migrate', { FIELD_KEYS_FILE: path })).toMatchObject({
      code: 1,
      err: `migrate: key file ${path} is not JSON`,
    });
  });
});
