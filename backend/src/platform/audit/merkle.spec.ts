import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { leafOf, NO_ROOT, rootOf, type SealedContent, treeOf } from './merkle.js';

const entry: SealedContent = {
  id: '01KAV0000000000000000000AA',
  at: new Date('2026-11-24T01:12:00.123Z'),
  actorType: 'staff',
  actorId: '01KAV0000000000000000000BB',
  action: 'people.reveal-identity',
  objectType: 'person',
  objectId: '01KAV0000000000000000000CC',
  fields: '["identityNumber"]',
  requestId: null,
};
const sha = (...parts: (string | Buffer)[]): Buffer =>
  createHash('sha256')
    .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
    .digest();

describe('the leaf of an entry', () => {
  it('is what the documentation says', () => {
    const json =
      '["01KAV0000000000000000000AA","2026-11-24T01:12:00.123Z","staff","01KAV0000000000000000000BB",' +
      '"people.reveal-identity","person","01KAV0000000000000000000CC",["identityNumber"],null]';
    expect(leafOf(entry)).toEqual(sha(Buffer.of(0), json));
  });

  it.each(Object.keys(entry) as (keyof SealedContent)[])('changes with %s', (field) => {
    const changed = { ...entry, [field]: field === 'at' ? new Date(0) : '["other"]' };
    expect(leafOf(changed)).not.toEqual(leafOf(entry));
  });
});

describe('the tree', () => {
  const leaf = (text: string): Buffer => sha(text);
  const node = (left: Buffer, right: Buffer): Buffer => sha(Buffer.of(1), left, right);

  it('splits as RFC 6962 does', () => {
    const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    expect(treeOf([a])).toEqual(a);
    expect(treeOf([a, b])).toEqual(node(a, b));
    expect(treeOf([a, b, c])).toEqual(node(node(a, b), c));
    expect(treeOf([a, b, c, d, e])).toEqual(node(node(node(a, b), node(c, d)), e));
  });

  it('differs whenever the list of leaves does', () => {
    const lists = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(lists, lists, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        return treeOf(one.map(leaf)).equals(treeOf(other.map(leaf))) === same;
      }),
    );
  });
});

describe('the root of a seal', () => {
  const seal = {
    number: 1,
    previousRoot: NO_ROOT,
    entryCount: 1,
    sealedAt: new Date('2026-11-24T01:12:01Z'),
  };
  it.each([
    ['number', { number: 2 }],
    ['previousRoot', { previousRoot: 'f'.repeat(64) }],
    ['entryCount', { entryCount: 2 }],
    ['sealedAt', { sealedAt: new Date(0) }],
  ])('changes with %s', (_, change) => {
    const leaves = [leafOf(entry)];
    expect(rootOf({ ...seal, ...change }, leaves)).not.toBe(rootOf(seal, leaves));
  });
});
