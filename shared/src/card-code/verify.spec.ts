import { describe, expect, it } from 'vitest';
import type { Verdict } from '../uses/verdicts.js';
import {
  CHANNEL_ID,
  codeOf,
  DAY,
  deviceClaims,
  issuer,
  keySet,
  NOW,
  ONLINE_CHANNEL_ID,
  offlineChecks,
  onlineCodeOf,
  phone,
  signer,
  statusListOf,
  VENUE_ID,
  verify,
} from './card-code.fixtures.js';
import { openStatusList } from './status-list.js';
import { checkCode, listVerdict, lookOffline, type OfflineChecks, verifyOffline } from './verify.js';

const stranger = signer(9);
const checks = { keys: keySet(issuer), verify, now: NOW * 1000 };

describe('a code by itself', () => {
  it.each<[string, string, Verdict]>([
    ['is genuine', codeOf(), 'ok'],
    ['of a web address', 'https://example.cn/?c=1', 'not-a-code'],
    ['of another version', codeOf().replace('WH1:', 'WH2:'), 'not-a-code'],
    ['in lower case', codeOf().toLowerCase(), 'not-a-code'],
    ['without content', 'WH1:', 'not-a-code'],
    ['of another city', codeOf({}, NOW, phone, stranger), 'unknown-issuer'],
    ['signed by another phone', codeOf({}, NOW, stranger), 'forged'],
    ['of another city under our key id', codeOf({}, NOW, phone, { ...stranger, kid: issuer.kid }), 'forged'],
    ['90 seconds old', codeOf({}, NOW - 90), 'ok'],
    ['91 seconds old', codeOf({}, NOW - 91), 'clock-wrong'],
    ['ten minutes old', codeOf({}, NOW - 600), 'clock-wrong'],
    ['an old picture', codeOf({}, NOW - 601), 'code-expired'],
    ['90 seconds ahead', codeOf({}, NOW + 90), 'ok'],
    ['91 seconds ahead', codeOf({}, NOW + 91), 'clock-wrong'],
    ['a day ahead', codeOf({}, NOW + DAY), 'clock-wrong'],
    ['with a credential of the last second', codeOf({ expiresAt: NOW + 1 }), 'ok'],
    ['with a credential that ended', codeOf({ expiresAt: NOW }), 'credential-expired'],
    ['with a credential of tomorrow', codeOf({ issuedAt: NOW + DAY }), 'clock-wrong'],
    ['made online', onlineCodeOf(), 'ok'],
    ['made online by another city', onlineCodeOf({}, stranger), 'unknown-issuer'],
    ['made online, at its end', onlineCodeOf({ issuedAt: NOW - 90, expiresAt: NOW }), 'ok'],
    ['made online, after its end', onlineCodeOf({ issuedAt: NOW - 91, expiresAt: NOW - 1 }), 'code-expired'],
    ['made online, ahead', onlineCodeOf({ issuedAt: NOW + 91, expiresAt: NOW + 181 }), 'clock-wrong'],
  ])('%s', (_, code, verdict) => {
    expect(checkCode(code, checks).verdict).toBe(verdict);
  });

  it('is no longer believed when its key has ended', () => {
    const ended = keySet(issuer).map((key) => ({
      ...key,
      notAfter: new Date((NOW - 1) * 1000).toISOString(),
    }));
    expect(checkCode(codeOf(), { ...checks, keys: ended }).verdict).toBe('unknown-issuer');
  });

  it('says nothing of its holder before the signatures held', () => {
    expect(checkCode(codeOf({}, NOW, stranger), checks)).toEqual({
      verdict: 'forged',
      codeId: null,
      claims: null,
    });
    expect(checkCode(codeOf(), checks).claims).toEqual(deviceClaims());
  });

  it('is one code for one phone and second, and another a second later', () => {
    const of = (code: string) => checkCode(code, checks).codeId;
    expect(of(codeOf())).toBe(of(codeOf()));
    expect(of(codeOf())).not.toBe(of(codeOf({}, NOW + 1)));
    expect(of(codeOf())).not.toBe(of(onlineCodeOf()));
  });
});

describe('the status list', () => {
  const open = (list: string, over = {}) => openStatusList(list, { keys: keySet(issuer), verify, ...over });

  it.each<[Parameters<typeof statusListOf>[0], number, Verdict]>([
    [[], 0, 'ok-offline'],
    [[[5, 'device-revoked']], 0, 'device-revoked'],
    [[[5, 'card-suspended']], 0, 'card-suspended'],
    [[[5, 'card-lost']], 0, 'card-lost'],
    [[[5, 'card-revoked']], 0, 'card-revoked'],
    [[[5, 'card-expired']], 0, 'card-expired'],
    [
      [
        [4, 'card-lost'],
        [6, 'card-lost'],
      ],
      0,
      'ok-offline',
    ],
    [[], DAY, 'ok-offline'],
    [[], DAY + 1, 'list-aging'],
    [[[5, 'card-suspended']], DAY + 1, 'card-suspended'],
    [[], 7 * DAY, 'list-aging'],
    [[], 7 * DAY + 1, 'list-too-old'],
    [[[5, 'card-suspended']], 7 * DAY + 1, 'list-too-old'],
  ])('%j, %i seconds old: %s', (statuses, age, verdict) => {
    const list = open(statusListOf(statuses, { issuedAt: NOW - age }));
    expect(list && listVerdict(deviceClaims(), list, NOW * 1000)).toBe(verdict);
  });

  it('lets in who enrolled after it was made, and nobody else beyond its end', () => {
    const list = open(statusListOf([], { issuedAt: NOW - 3600 })) ?? null;
    const beyond = deviceClaims({ statusIndex: 5000 });
    expect(listVerdict({ ...beyond, issuedAt: NOW - 60 }, list, NOW * 1000)).toBe('ok-offline');
    expect(listVerdict({ ...beyond, issuedAt: NOW - DAY }, list, NOW * 1000)).toBe('device-revoked');
  });

  it('is not opened when it is forged, cut or of another issuer', () => {
    const list = statusListOf([[5, 'card-lost']]);
    expect(open(list)).toBeDefined();
    expect(open(statusListOf([], { by: stranger }))).toBeUndefined();
    expect(open(statusListOf([], { by: { ...stranger, kid: issuer.kid } }))).toBeUndefined();
    expect(open(list.slice(0, -4))).toBeUndefined();
    expect(open('no list')).toBeUndefined();
  });

  it('asks for a list at all', () => {
    expect(listVerdict(deviceClaims(), null, NOW * 1000)).toBe('list-too-old');
  });
});

describe('a window without network', () => {
  const use = { channelId: CHANNEL_ID, companions: 0 };
  const other = '01JD0000000000000000000009';
  it.each<[string, Partial<OfflineChecks>, string, typeof use, Verdict]>([
    ['lets in', {}, codeOf(), use, 'ok-offline'],
    ['lets in a code made online', {}, onlineCodeOf(), use, 'ok-offline'],
    [
      'does nothing after twelve hours',
      { now: (NOW + 12 * 3600) * 1000 },
      codeOf({}, NOW + 12 * 3600),
      use,
      'kit-expired',
    ],
    ['takes a code once', { isTaken: () => true }, codeOf(), use, 'already-used'],
    ['knows its venues', { venueId: other }, codeOf(), use, 'wrong-venue'],
    ['knows the channels of its venue', {}, codeOf(), { ...use, channelId: other }, 'wrong-venue'],
    [
      'asks for network where the channel does',
      {},
      codeOf(),
      { ...use, channelId: ONLINE_CHANNEL_ID },
      'online-only',
    ],
    ['knows which cards are served', {}, codeOf({ cardKind: 'youth' }), use, 'not-entitled'],
    ['counts companions', {}, codeOf(), { ...use, companions: 2 }, 'companions-too-many'],
    ['counts companions by class', {}, codeOf({ cardClass: 'A' }), { ...use, companions: 3 }, 'ok-offline'],
    [
      'takes other classes for all',
      {},
      codeOf({ cardClass: 'B' }),
      { ...use, companions: 2 },
      'companions-too-many',
    ],
    ['needs a list', { statusList: null }, codeOf(), use, 'list-too-old'],
    ['sees a forged code', {}, codeOf({}, NOW, stranger), use, 'forged'],
    ['sees what is no code', {}, 'x', use, 'not-a-code'],
  ])('%s', (_, over, code, what, verdict) => {
    expect(verifyOffline(code, what, offlineChecks(over))).toBe(verdict);
  });

  it('shows the masked holder and what each channel says', () => {
    expect(lookOffline(codeOf(), offlineChecks())).toMatchObject({
      verdict: 'ok-offline',
      holder: { maskedName: '林**', cardKind: 'talent', cardClass: null, zoneCode: '371002' },
      dues: [
        { channelId: CHANNEL_ID, verdict: 'ok-offline', companions: 1 },
        { channelId: ONLINE_CHANNEL_ID, verdict: 'online-only' },
      ],
    });
    expect(lookOffline('x', offlineChecks())).toEqual({
      verdict: 'not-a-code',
      codeId: null,
      holder: null,
      dues: [],
    });
    expect(offlineChecks().venueId).toBe(VENUE_ID);
  });
});
