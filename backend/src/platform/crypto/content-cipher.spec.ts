import { ContentCipher } from './content-cipher.js';
import { FieldCipher, type Keyring } from './field-cipher.js';
import type { CipherSuite } from './suites.js';

const PURPOSE = 'files.content-key';
const keyring: Keyring = {
  current: 1,
  keys: new Map([[1, Buffer.alloc(32, 1)]]),
  indexKey: Buffer.alloc(32, 9),
  indexDigest: 'sha256',
};
const cipherOf = (suite: CipherSuite) =>
  new ContentCipher(new FieldCipher({ keyring, reload: () => keyring }, suite));
const content = Buffer.from('身份证复印件');

describe.each(['aes', 'sm'] as const)('content closed with %s', (suite) => {
  const cipher = cipherOf(suite);
  const key = cipher.openKey(PURPOSE, cipher.newKey(PURPOSE));

  it('opens under its key and label, whatever suite the operator has chosen since', () => {
    const sealed = cipher.seal(key, 'files.content/1', content);
    expect(sealed.includes(content)).toBe(false);
    for (const now of ['aes', 'sm'] as const) {
      expect(cipherOf(now).open(key, 'files.content/1', sealed)).toEqual(content);
    }
  });

  it('opens neither as another part nor under another key', () => {
    const sealed = cipher.seal(key, 'files.content/1', content);
    const other = cipher.openKey(PURPOSE, cipher.newKey(PURPOSE));
    expect(() => cipher.open(key, 'files.content/2', sealed)).toThrow();
    expect(() => cipher.open(other, 'files.content/1', sealed)).toThrow();
  });

  it('gives out a key for the purpose that it was closed for only', () => {
    expect(key).toHaveLength(32);
    expect(() => cipher.openKey('exports.content-key', cipher.newKey(PURPOSE))).toThrow();
  });
});
