import { deflateRawSync, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { ZONE_CODES } from '../accounts/districts.js';
import { CARD_KINDS } from '../cards/categories.js';
import { maskName } from '../validators/text.js';
import { base45Decode, base45Encode } from './base45.js';
import { base64urlDecode, base64urlEncode, utf8Decode, utf8Encode } from './bytes.js';
import {
  codeOf,
  credentialOf,
  deviceClaims,
  issuer,
  keySet,
  NOW,
  offlineChecks,
  onlineCodeOf,
  statusListOf,
  verify,
} from './card-code.fixtures.js';
import { CborMap, CborTag, type CborValue, cborDecode, cborEncode } from './cbor.js';
import { CODE_PREFIX, MAX_CODE_BYTES } from './code.js';
import { type CredentialClaims, prepareCredential, readCredential } from './credential.js';
import { inflate } from './inflate.js';
import { CREDENTIAL_STATUSES, type CredentialStatus, mayReplaceList, openStatusList } from './status-list.js';
import { checkCode, lookOffline, verifyOffline } from './verify.js';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array) => Buffer.from(value).toString('hex');

describe('bytes', () => {
  it('writes and reads UTF-8 as the platform does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hex(utf8Encode(text))).toBe(hex(new TextEncoder().encode(text)));
        expect(utf8Decode(utf8Encode(text))).toBe(text);
      }),
    );
  });

  it('refuses what is not UTF-8, as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 8 }), (input) => {
        let expected: string | undefined;
        try {
          expected = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(input);
        } catch {
          expected = undefined;
        }
        expect(utf8Decode(input)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes and reads base64url as the platform does, one spelling only', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (input) => {
        expect(base64urlEncode(input)).toBe(Buffer.from(input).toString('base64url'));
        expect(base64urlDecode(base64urlEncode(input))).toEqual(input);
      }),
    );
    expect(base64urlDecode('AB')).toBeUndefined();
    expect(base64urlDecode('AA==')).toBeUndefined();
    expect(base64urlDecode('A')).toBeUndefined();
    expect(base64urlDecode('+/')).toBeUndefined();
  });
});

describe('base45', () => {
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
  ])('writes the examples of RFC 9285: %s', (text, encoded) => {
    expect(base45Encode(utf8Encode(text))).toBe(encoded);
    expect(base45Decode(encoded)).toEqual(utf8Encode(text));
  });

  it('comes back, and has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (input) => {
        expect(base45Decode(base45Encode(input))).toEqual(input);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0AZ $%*+-./:a\n'), maxLength: 9 }), (text) => {
        const read = base45Decode(text);
        if (read) expect(base45Encode(read)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['GGW', ':::', 'AAAA', 'bb8', '::'])('refuses %s', (text) => {
    expect(base45Decode(text)).toBeUndefined();
  });
});

describe('CBOR', () => {
  const value = fc.letrec<{ value: CborValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.integer({ min: -(2 ** 32), max: 2 ** 32 - 1 }),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      fc.uint8Array(),
      fc.array(tie('value'), { maxLength: 5 }),
      fc
        .uniqueArray(fc.tuple(fc.oneof(fc.integer({ min: -70000, max: 70000 }), fc.string()), tie('value')), {
          maxLength: 5,
          selector: ([key]) => key,
        })
        .map((entries) => new CborMap(entries)),
      fc.tuple(fc.nat(1000), tie('value')).map(([tag, inner]) => new CborTag(tag, inner)),
    ),
  })).value;

  it('comes back', () => {
    fc.assert(
      fc.property(value, (input) => {
        const encoded = cborEncode(input);
        const read = cborDecode(encoded);
        expect(read).not.toBeUndefined();
        expect(hex(cborEncode(read as CborValue))).toBe(hex(encoded));
      }),
    );
  });

  it('has one spelling for each value', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (input) => {
        const read = cborDecode(input);
        if (read !== undefined) expect(hex(cborEncode(read))).toBe(hex(input));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['0', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1000000],
    ['1affffffff', 4294967295],
    ['20', -1],
    ['3903e7', -1000],
    ['3affffffff', -4294967296],
    ['f4', false],
    ['f6', null],
    ['6449455446', 'IETF'],
    ['62c3bc', 'ü'],
    ['64f0908591', '𐅑'],
  ])('writes the examples of RFC 8949: %s', (encoded, example) => {
    const spelled = encoded.padStart(encoded.length + (encoded.length % 2), '0');
    expect(hex(cborEncode(example))).toBe(spelled);
    expect(cborDecode(bytes(spelled))).toBe(example);
  });

  it.each([
    ['a longer head than needed', '1817'],
    ['a longer head than needed', '190018'],
    ['64 bits', '1b0000000100000000'],
    ['indefinite length', '9fff'],
    ['keys out of order', 'a202000100'],
    ['a key twice', 'a201000100'],
    ['a map as key', 'a1a000'],
    ['a float', 'f93c00'],
    ['undefined', 'f7'],
    ['trailing bytes', '0000'],
    ['nothing', ''],
    ['a string cut short', '6449'],
    ['text that is no UTF-8', '61ff'],
    ['a huge array', '9affffffff'],
    ['nesting without end', '81'.repeat(40)],
  ])('refuses %s', (_, encoded) => {
    expect(cborDecode(bytes(encoded))).toBeUndefined();
  });

  it('does not write numbers that it could not read', () => {
    for (const number of [0.5, 2 ** 32, -(2 ** 32) - 1, Number.NaN])
      expect(() => cborEncode(number)).toThrow(RangeError);
  });
});

describe('inflate', () => {
  it('reads what zlib wrote, at each level', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        fc.nat(9),
        fc.integer({ min: 1, max: 40 }),
        (input, level, times) => {
          const repeated = Buffer.concat(new Array<Uint8Array>(times).fill(input));
          expect(hex(inflate(deflateSync(repeated, { level }), 200_000) ?? new Uint8Array(1))).toBe(
            hex(repeated),
          );
        },
      ),
    );
  });

  it('gives nothing for a stream cut, broken, raw or too long', () => {
    const stream = deflateSync(Buffer.alloc(5000, 'weihai'));
    expect(inflate(stream, 4999)).toBeUndefined();
    expect(inflate(stream.subarray(0, 8), 5000)).toBeUndefined();
    expect(inflate(deflateRawSync(Buffer.alloc(50)), 5000)).toBeUndefined();
    expect(inflate(new Uint8Array(0), 5000)).toBeUndefined();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
        inflate(Uint8Array.from([0x78, 0x9c, ...tail]), 5000);
      }),
      { numRuns: 2000 },
    );
  });
});

const seconds = fc.integer({ min: NOW - 1e6, max: NOW + 1e6 });
const holder = {
  cardKind: fc.constantFrom(...CARD_KINDS),
  cardClass: fc.option(fc.constantFrom('A', 'B', 'YOUTH', '一类')),
  maskedName: fc.string({ minLength: 1, maxLength: 30 }).map(maskName),
  zoneCode: fc.constantFrom(...ZONE_CODES),
  cardRef: fc.uint8Array({ minLength: 12, maxLength: 12 }),
  issuedAt: seconds,
  expiresAt: seconds,
};
const claims: fc.Arbitrary<CredentialClaims> = fc.oneof(
  fc.record({
    kind: fc.constant('device' as const),
    ...holder,
    deviceKey: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    statusIndex: fc.nat(2 ** 32 - 1),
  }),
  fc.record({
    kind: fc.constant('online' as const),
    ...holder,
    nonce: fc.uint8Array({ minLength: 8, maxLength: 8 }),
  }),
);

describe('a credential', () => {
  it('comes back whoever holds it', () => {
    fc.assert(
      fc.property(claims, (input) => {
        const unsigned = prepareCredential(input, issuer.kid);
        const read = readCredential(unsigned.finish(new Uint8Array(64)));
        expect(read?.claims).toEqual(input);
        expect(hex(read?.sign1.signed ?? new Uint8Array())).toBe(hex(unsigned.toBeSigned));
      }),
    );
  });

  it('does not carry what would not fit', () => {
    const long = deviceClaims({ maskedName: '林海清林海清林海清' });
    expect(() => prepareCredential(long, issuer.kid)).toThrow(RangeError);
    expect(() => prepareCredential(deviceClaims({ cardClass: 'ELEVEN-LONG' }), issuer.kid)).toThrow(
      RangeError,
    );
  });
});

/** Names as they stand in documents: long, composed, rare characters beyond the basic plane. */
const NAMES = [
  '林海清',
  '欧阳明日香子',
  '阿卜杜热西提·买买提艾力·吐尔逊',
  '𠮷野家',
  'Maximilian-Alexander von und zu Hohenlohe-Schillingsfürst',
  'Ştefănescu',
];

describe('the size of a code', () => {
  it.each(NAMES)('stays within 300 bytes and 69 modules for %s', (name) => {
    for (const zoneCode of ZONE_CODES)
      for (const code of [
        codeOf({ maskedName: maskName(name), cardClass: 'LONG-CLASS', zoneCode, statusIndex: 2 ** 32 - 1 }),
        onlineCodeOf({ maskedName: maskName(name), cardClass: 'LONG-CLASS', zoneCode }),
      ]) {
        const length = base45Decode(code.slice(CODE_PREFIX.length))?.length;
        expect(length).toBeLessThanOrEqual(MAX_CODE_BYTES);
        expect(encode(code, { ecc: 'M', border: 0 }).size).toBeLessThanOrEqual(69);
      }
  });
});

describe('a changed code', () => {
  const checks = { keys: keySet(issuer), verify, now: NOW * 1000 };
  const whole = base45Decode(codeOf().slice(CODE_PREFIX.length)) ?? new Uint8Array();
  const online = base45Decode(onlineCodeOf().slice(CODE_PREFIX.length)) ?? new Uint8Array();
  const verdict = (changed: Uint8Array) => checkCode(CODE_PREFIX + base45Encode(changed), checks).verdict;

  it.each([
    ['of a phone', whole],
    ['made online', online],
  ])('is refused after any truncation: %s', (_, code) => {
    expect(verdict(code)).toBe('ok');
    for (let length = 0; length < code.length; length += 1)
      expect(verdict(code.subarray(0, length))).not.toBe('ok');
  });

  it.each([
    ['of a phone', whole],
    ['made online', online],
  ])(
    'is refused with any byte flipped: %s',
    (_, code) => {
      const first = code.length;
      for (let at = 0; at < first; at += 1) {
        const changed = Uint8Array.from(code);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        expect(verdict(changed), `byte ${at}`).not.toBe('ok');
      }
    },
    60_000,
  );

  it('is refused with a byte put in or taken out', () => {
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, put) => {
        const changed = put
          ? Uint8Array.from([...whole.subarray(0, at), byte, ...whole.subarray(at)])
          : Uint8Array.from([...whole.subarray(0, at), ...whole.subarray(at + 1)]);
        expect(verdict(changed)).not.toBe('ok');
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('never makes a verifier throw, whatever is scanned', () => {
    const use = { channelId: offlineChecks().kit.channels[0]?.channelId ?? '', companions: 0 };
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string().map((text) => CODE_PREFIX + text),
      fc.uint8Array({ maxLength: 300 }).map((input) => CODE_PREFIX + base45Encode(input)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(verifyOffline(text, use, offlineChecks())).toBe('not-a-code');
        expect(lookOffline(text, offlineChecks()).holder).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it('is refused when two halves of two codes are put together', () => {
    const other = credentialOf(deviceClaims({ maskedName: '王**' }));
    const mine = credentialOf(deviceClaims());
    const at = hex(whole).indexOf(hex(mine)) / 2;
    const swapped = Uint8Array.from([
      ...whole.subarray(0, at),
      ...other,
      ...whole.subarray(at + mine.length),
    ]);
    expect(verdict(swapped)).toBe('forged');
  });
});

describe('a status list', () => {
  const trust = { keys: keySet(issuer), verify };

  it('gives back each status that went in', () => {
    const names = Object.keys(CREDENTIAL_STATUSES) as CredentialStatus[];
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.nat(5000), fc.constantFrom(...names)), { selector: ([index]) => index }),
        (statuses) => {
          const list = openStatusList(statusListOf(statuses), trust);
          const kept = new Map(statuses);
          for (let index = 0; index < 1024; index += 1)
            expect(list?.statusAt(index)).toBe(kept.get(index) ?? 'valid');
          for (const [index, status] of statuses) expect(list?.statusAt(index)).toBe(status);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of 100,000 entries stays small and opens', () => {
    const revoked = Array.from({ length: 3000 }, (_, i) => [i * 33, 'device-revoked'] as const);
    const list = statusListOf([...revoked, [99_999, 'card-lost']]);
    expect(list.length).toBeLessThan(20_000);
    expect(openStatusList(list, trust)?.statusAt(99_999)).toBe('card-lost');
  });

  it('never goes back', () => {
    const of = (version: number, issuedAt: number) =>
      openStatusList(statusListOf([], { version, issuedAt }), trust) ?? expect.fail('no list');
    expect(mayReplaceList(null, of(1, NOW))).toBe(true);
    expect(mayReplaceList(of(2, NOW), of(1, NOW + 60))).toBe(false);
    expect(mayReplaceList(of(2, NOW), of(2, NOW - 1))).toBe(false);
    expect(mayReplaceList(of(2, NOW), of(2, NOW + 60))).toBe(true);
    expect(mayReplaceList(of(2, NOW), of(3, NOW - 60))).toBe(true);
  });

  it('is refused with any byte flipped', () => {
    const list = Buffer.from(statusListOf([[3, 'card-lost']]), 'base64url');
    for (let at = 0; at < list.length; at += 1) {
      const changed = Buffer.from(list);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(openStatusList(changed.toString('base64url'), trust), `byte ${at}`).toBeUndefined();
    }
  }, 60_000);
});
