import { base45Decode } from './base45.js';
import { base64urlDecode, base64urlEncode } from './bytes.js';
import {
  codeOf,
  credentialOf,
  DAY,
  deviceClaims,
  issuer,
  keySet,
  NOW,
  onlineCodeOf,
  phone,
  type Signer,
  signer,
  statusListOf,
} from './card-code.fixtures.js';
import { CODE_PREFIX } from './code.js';
import { readSign1 } from './cose.js';
import { clerkSessionMessage, offlineUseMessage, renewMessage } from './signed-texts.js';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const otherCity = signer(9);
const clerk = signer(3);
const DEVICE_ID = '01JD0000000000000000000007';

const keyOf = ({ seed, publicKey, kid }: Signer) => ({
  seed: hex(seed),
  publicKey: base64urlEncode(publicKey),
  kid: base64urlEncode(kid),
});

/** A COSE_Sign1 taken apart, for whoever looks for the first byte that differs. */
function sign1(bytes: Uint8Array | undefined, signedBy: string) {
  const read = bytes && readSign1(bytes);
  return {
    signedBy,
    bytes: hex(bytes),
    sigStructure: hex(read?.signed),
    payload: hex(read?.payload),
    signature: hex(read?.signature),
  };
}

function codeVector(name: string, code: string, verdict: string, signedBy = 'phone') {
  return { name, code, verdict, cose: sign1(base45Decode(code.slice(CODE_PREFIX.length)), signedBy) };
}

function message(name: string, text: Uint8Array) {
  const by = name === 'renew' ? phone : clerk;
  return {
    name,
    signedBy: name === 'renew' ? 'phone' : 'clerk',
    text: Buffer.from(text).toString('utf8'),
    signature: base64urlEncode(by.sign(text)),
  };
}

/** Everything that docs/card-code-vectors.json holds, from keys that anybody can make again. */
export function vectors() {
  const at = new Date(NOW * 1000).toISOString();
  const code = codeOf();
  const list = statusListOf([
    [1, 'device-revoked'],
    [2, 'card-suspended'],
    [3, 'card-lost'],
    [4, 'card-revoked'],
    [6, 'card-expired'],
  ]);
  return {
    about: 'Test vectors of docs/card-code.md. The keys are public: nothing real is signed with them.',
    now: at,
    keys: { issuer: keyOf(issuer), phone: keyOf(phone), clerk: keyOf(clerk), otherCity: keyOf(otherCity) },
    keySet: { keys: keySet(issuer) },
    credential: sign1(credentialOf(deviceClaims()), 'issuer'),
    codes: [
      codeVector('a code of this second', code, 'ok'),
      codeVector('90 seconds old', codeOf({}, NOW - 90), 'ok'),
      codeVector('91 seconds old', codeOf({}, NOW - 91), 'clock-wrong'),
      codeVector('eleven minutes old', codeOf({}, NOW - 660), 'code-expired'),
      codeVector('two minutes ahead', codeOf({}, NOW + 120), 'clock-wrong'),
      codeVector('with a class and a rare family name', codeOf({ cardClass: 'A', maskedName: '𠮷**' }), 'ok'),
      codeVector('of a youth card', codeOf({ cardKind: 'youth', zoneCode: '371003-N' }), 'ok'),
      codeVector(
        'with a credential that ended',
        codeOf({ issuedAt: NOW - 8 * DAY, expiresAt: NOW - DAY }),
        'credential-expired',
      ),
      codeVector('made online', onlineCodeOf(), 'ok', 'issuer'),
      codeVector('of another city', codeOf({}, NOW, phone, otherCity), 'unknown-issuer'),
      codeVector('signed by another phone', codeOf({}, NOW, clerk), 'forged', 'clerk'),
    ],
    notCodes: ['', 'WH1:', 'WH2:ABC', code.toLowerCase(), code.slice(0, -3), 'https://example.cn/'],
    statusList: {
      version: 1,
      statuses: { '0': 0, '1': 1, '2': 2, '3': 3, '4': 11, '5': 0, '6': 12 },
      list,
      cose: sign1(base64urlDecode(list), 'issuer'),
    },
    messages: [
      message('renew', renewMessage(DEVICE_ID, at)),
      message('clerk-session', clerkSessionMessage(DEVICE_ID, at)),
      message(
        'offline-use',
        offlineUseMessage(DEVICE_ID, {
          clientUseId: '01JD0000000000000000000004',
          venueId: '01JD0000000000000000000001',
          channelId: '01JD0000000000000000000002',
          companions: 1,
          code,
          at,
        }),
      ),
    ],
  };
}
