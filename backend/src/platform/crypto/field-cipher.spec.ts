import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { FieldCipher, type Keyring, type KeyringSource } from './field-cipher.js';
import { CIPHER_SUITES } from './suites.js';

const PURPOSE = 'persons.identity-number';

function source(...versions: number[]): KeyringSource & { keyring: Keyring } {
  const keyring: Keyring = {
    current: versions.at(-1) ?? 1,
    keys: new Map(versions.map((version) => [version, Buffer.alloc(32, version)])),
    indexKey: Buffer.alloc(32, 99),
    indexDigest: 'sha256',
  };
  return { keyring, reload: () => keyring };
}

describe.each(CIPHER_SUITES)('fields closed with %s', (suite) => {
  const cipher = new FieldCipher(source(1), suite);

  it('open again, whatever they hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const stored = cipher.encrypt(PURPOSE, plain);
        expect(cipher.decrypt(PURPOSE, stored)).toBe(plain);
        expect(stored.startsWith(cipher.currentPrefix)).toBe(true);
        expect(FieldCipher.versionOf(stored)).toBe(1);
      }),
      { numRuns: 100 },
    );
  });

  it('look different each time', () => {
    expect(cipher.encrypt(PURPOSE, '林海清')).not.toBe(cipher.encrypt(PURPOSE, '林海清'));
  });

  it('do not open for another purpose', () => {
    const stored = cipher.encrypt(PURPOSE, '林海清');
    expect(() => cipher.decrypt('accounts.phone', stored)).toThrow();
  });

  it('do not open when any byte was changed or cut off', () => {
    const stored = cipher.encrypt(PURPOSE, '371002199001011234');
    const [head = '', body = ''] = stored.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => cipher.decrypt(PURPOSE, `${head}.${changed.toString('base64url')}`)).toThrow();
      expect(() =>
        cipher.decrypt(PURPOSE, `${head}.${bytes.subarray(0, at).toString('base64url')}`),
      ).toThrow();
    }
  });

  it('open after the operator chose the other suite', () => {
    const stored = cipher.encrypt(PURPOSE, '林海清');
    const other = new FieldCipher(source(1), suite === 'aes' ? 'sm' : 'aes');
    expect(other.decrypt(PURPOSE, stored)).toBe('林海清');
    expect(stored.startsWith(other.currentPrefix)).toBe(false);
  });
});

describe('keys', () => {
  it('of an older version still open what they closed', () => {
    const stored = new FieldCipher(source(1)).encrypt(PURPOSE, '林海清');
    const later = new FieldCipher(source(1, 2));
    expect(later.decrypt(PURPOSE, stored)).toBe('林海清');
    expect(later.encrypt(PURPOSE, '林海清')).toMatch(/^v2\./);
  });

  it('are looked up in the key file again when a value is newer than this process', () => {
    const stored = new FieldCipher(source(1, 2)).encrypt(PURPOSE, '林海清');
    const stale = source(1);
    const cipher = new FieldCipher({ keyring: stale.keyring, reload: () => source(1, 2).keyring });
    expect(cipher.decrypt(PURPOSE, stored)).toBe('林海清');
  });

  it('that are gone are named', () => {
    const stored = new FieldCipher(source(3)).encrypt(PURPOSE, '林海清');
    expect(() => new FieldCipher(source(1)).decrypt(PURPOSE, stored)).toThrow(
      'field key version 3 is not in the key file',
    );
  });

  it('are not found in what was never encrypted', () => {
    expect(() => new FieldCipher(source(1)).decrypt(PURPOSE, '371002199001011234')).toThrow(
      'not an encrypted value',
    );
  });
});

describe('the blind index', () => {
  const cipher = new FieldCipher(source(1, 2));

  it('is the same for equal values, whatever the key version', () => {
    expect(cipher.blindIndex(PURPOSE, '371002199001011234')).toBe(
      new FieldCipher(source(1), 'sm').blindIndex(PURPOSE, '371002199001011234'),
    );
  });

  it('differs by value, purpose and key', () => {
    const index = cipher.blindIndex(PURPOSE, 'a');
    expect(cipher.blindIndex(PURPOSE, 'b')).not.toBe(index);
    expect(cipher.blindIndex('roster.identity-number', 'a')).not.toBe(index);
    const other = source(1);
    const rekeyed = { ...other.keyring, indexKey: randomBytes(32) };
    expect(new FieldCipher({ keyring: rekeyed, reload: () => rekeyed }).blindIndex(PURPOSE, 'a')).not.toBe(
      index,
    );
  });

  it('is HMAC-SM3 where the key file was made for 国密', () => {
    const keyring: Keyring = { ...source(1).keyring, indexDigest: 'sm3' };
    const sm = new FieldCipher({ keyring, reload: () => keyring }, 'sm');
    expect(sm.blindIndex(PURPOSE, 'a')).toHaveLength(43);
    expect(sm.blindIndex(PURPOSE, 'a')).not.toBe(cipher.blindIndex(PURPOSE, 'a'));
  });
});
