import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile, KeyFile, KeyFileError, openKeyFile } from './keyring.js';

describe('the key file', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keys-'));
    path = join(folder, 'deep', 'keys.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (APP_ENV: 'development' | 'production') =>
    openKeyFile({ fieldKeysFile: path, APP_ENV, CIPHER_SUITE: 'aes' });

  it('is made on the first start outside production, readable by its owner alone', () => {
    const first = open('development').keyring;
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(open('development').keyring.indexKey).toEqual(first.indexKey);
  });

  it('must be there before production starts', () => {
    expect(() => open('production')).toThrow(KeyFileError);
    expect(() => open('production')).toThrow('cannot be read (ENOENT)');
  });

  it('is refused in production while others can read it', () => {
    createKeyFile(path, 'aes');
    chmodSync(path, 0o640);
    expect(() => open('production')).toThrow('can be read by others: chmod 600 it');
    chmodSync(path, 0o600);
    expect(open('production').keyring.current).toBe(1);
  });

  it('is never overwritten by making another', () => {
    createKeyFile(path, 'aes');
    const before = readFileSync(path, 'utf8');
    expect(() => createKeyFile(path, 'aes')).toThrow();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('fixes the digest of the blind indexes when it is made', () => {
    createKeyFile(path, 'sm');
    expect(new KeyFile(path).keyring.indexDigest).toBe('sm3');
  });

  it.each([
    ['{', 'is not JSON'],
    ['{}', 'current'],
    ['{"current":2,"keys":{"1":"AAAA"},"indexKey":"AAAA"}', 'must be 32 bytes'],
    [
      JSON.stringify({
        current: 2,
        keys: { 1: Buffer.alloc(32).toString('base64url') },
        indexKey: Buffer.alloc(32).toString('base64url'),
      }),
      'has no key for its current version',
    ],
  ])('says in one line what is wrong with %s', (content, reason) => {
    createKeyFile(path, 'aes');
    writeFileSync(path, content);
    expect(() => open('production')).toThrow(KeyFileError);
    expect(() => open('production')).toThrow(reason);
  });

  it('tells no key in its messages', () => {
    createKeyFile(path, 'aes');
    const { indexKey } = JSON.parse(readFileSync(path, 'utf8')) as { indexKey: string };
    writeFileSync(path, JSON.stringify({ current: 1, keys: {}, indexKey }));
    try {
      open('production');
      throw new Error('opened');
    } catch (error) {
      expect((error as Error).message).not.toContain(indexKey);
    }
  });

  it('may be away or broken for a moment while the service runs', () => {
    createKeyFile(path, 'aes');
    const running = new KeyFile(path);
    const later = jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000);
    writeFileSync(path, 'half writ');
    expect(running.keyring.current).toBe(1);
    rmSync(path);
    later.mockReturnValue(performance.now() + 120_000);
    expect(running.keyring.current).toBe(1);
    later.mockRestore();
  });

  it('gets a further version and shows it to a process that has it open', () => {
    createKeyFile(path, 'aes');
    const running = new KeyFile(path);
    expect(new KeyFile(path).addVersion()).toBe(2);
    expect(running.reload().current).toBe(2);
    expect(running.keyring.keys.size).toBe(2);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
