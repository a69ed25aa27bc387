import { readFileSync, writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { Ed25519Key } from '@ldclabs/cose-ts/ed25519';
import { Sign1Message } from '@ldclabs/cose-ts/sign1';
import { decodeCBOR } from '@ldclabs/cose-ts/utils';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { verify } from './card-code.fixtures.js';
import { CREDENTIAL_STATUSES, openStatusList } from './status-list.js';
import { vectors } from './vectors.fixtures.js';
import { checkCode } from './verify.js';

const FILE = new URL('../../../docs/card-code-vectors.json', import.meta.url);
if (process.env.WRITE_VECTORS) writeFileSync(FILE, `${JSON.stringify(vectors(), null, 2)}\n`);
const kept = JSON.parse(readFileSync(FILE, 'utf8')) as ReturnType<typeof vectors>;

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const now = Date.parse(kept.now);
const trust = { keys: kept.keySet.keys, verify };
/** Labels of docs/card-code.md. */
const LABEL = { credential: -65538, holder: -65537, version: -65539, statusList: 65533, iat: 6, cnf: 8 };

describe('the published vectors', () => {
  it('are what this code makes of the same keys', () => {
    expect(kept).toEqual(vectors());
  });

  it.each(kept.codes)('have the verdict written beside them: $name', ({ code, verdict }) => {
    expect(checkCode(code, { ...trust, now }).verdict).toBe(verdict);
  });

  it.each(kept.notCodes)('know what is no code: %s', (text) => {
    expect(checkCode(text, { ...trust, now }).verdict).toBe('not-a-code');
  });

  it('have a status list that opens', () => {
    const list = openStatusList(kept.statusList.list, trust);
    const names = Object.entries(CREDENTIAL_STATUSES);
    for (const [index, value] of Object.entries(kept.statusList.statuses)) {
      const name = names.find(([, number]) => number === value)?.[0];
      expect(list?.statusAt(Number(index))).toBe(name);
    }
  });

  it('have messages whose signatures hold', () => {
    for (const { text, signature, signedBy } of kept.messages) {
      const key = Buffer.from(kept.keys[signedBy as 'phone' | 'clerk'].publicKey, 'base64url');
      expect(nacl.sign.detached.verify(Buffer.from(text), Buffer.from(signature, 'base64url'), key)).toBe(
        true,
      );
    }
  });
});

/** A COSE library that shares nothing with ours: another CBOR, another Ed25519. */
describe('a second library', () => {
  const keyOf = (who: string) => {
    const { publicKey } = kept.keys[who as keyof typeof kept.keys];
    return Ed25519Key.fromPublic(Uint8Array.from(Buffer.from(publicKey, 'base64url')));
  };
  const open = (cose: string, who: string) => {
    const message = Sign1Message.fromBytes(keyOf(who), bytes(cose));
    return { message, claims: decodeCBOR<Map<number, unknown>>(message.payload) };
  };

  it('verifies the credential and reads its claims', () => {
    const { message, claims } = open(kept.credential.bytes, 'issuer');
    expect(Buffer.from(message.protected?.getBytes(4) ?? []).toString('base64url')).toBe(
      kept.keys.issuer.kid,
    );
    expect(claims.get(LABEL.iat)).toBe(now / 1000 - 86_400);
    const cnf = claims.get(LABEL.cnf) as Map<number, Map<number, Uint8Array>>;
    const x = cnf.get(1)?.get(-2);
    expect(Buffer.from(x ?? []).toString('base64url')).toBe(kept.keys.phone.publicKey);
    expect(claims.get(LABEL.holder)).toEqual([0, null, '林**', '371002', 5]);
  });

  it.each(kept.codes.filter(({ verdict }) => verdict !== 'forged'))(
    'verifies both signatures of a code: $name',
    ({ name, cose }) => {
      const { claims } = open(cose.bytes, cose.signedBy);
      if (cose.signedBy === 'issuer') return;
      const inner = claims.get(LABEL.credential) as Uint8Array;
      const city = name === 'of another city' ? 'otherCity' : 'issuer';
      expect(open(Buffer.from(inner).toString('hex'), city).claims.get(LABEL.cnf)).toBeDefined();
    },
  );

  it('refuses what was signed by somebody else, or changed', () => {
    const [first] = kept.codes;
    const cose = first?.cose.bytes ?? '';
    expect(() => open(cose, 'clerk')).toThrow('signature mismatch');
    expect(() => open(`${cose.slice(0, -2)}00`, 'phone')).toThrow('signature mismatch');
  });

  it('verifies the status list and reads every status in it', () => {
    const { claims, message } = open(kept.statusList.cose.bytes, 'issuer');
    expect(message.protected?.getText(16)).toBe('application/statuslist+cwt');
    expect(claims.get(LABEL.version)).toBe(kept.statusList.version);
    const list = claims.get(LABEL.statusList) as Map<string, number | Uint8Array>;
    expect(list.get('bits')).toBe(4);
    const statuses = inflateSync(list.get('lst') as Uint8Array);
    for (const [key, value] of Object.entries(kept.statusList.statuses)) {
      const index = Number(key);
      expect(((statuses[index >> 1] ?? 0) >> ((index & 1) * 4)) & 15).toBe(value);
    }
  });
});
