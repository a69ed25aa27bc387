import { base64urlDecode, base64urlEncode } from '@talent-card/shared/card-code/bytes';
import { prepareCode } from '@talent-card/shared/card-code/code';
import { cardCodeRoutes, clerkRoutes } from '@talent-card/shared/card-code/routes';
import type { ClerkDevice, CodeDevice, Credential, ShownCode } from '@talent-card/shared/card-code/schema';
import { renewMessage } from '@talent-card/shared/card-code/signed-texts';
import { useQuery } from '@tanstack/react-query';
import { ApiError, isOutcomeUnknown } from '@/platform/api-error';
import { clock } from '@/platform/clock';
import type { DeviceKey } from '@/platform/device-key';
import { deviceKeys } from '@/platform/device-keys';
import { newIdempotencyKey } from '@/platform/idempotency';
import { queryClient } from '@/platform/query';
import { call } from '@/platform/request';
import { learnServerTime, serverNow } from '@/platform/server-time';
import { useSession } from '@/platform/session';
import { readStored, writeStored } from '@/platform/storage';
import { useMe } from './account';
import { forgetCode, keptDeviceId, keptUnder, keyName, useKept } from './kept-cards';

const DAY_MS = 86_400_000;

/** What makes codes on this phone, without network: a credential in force and the key that it names. */
export interface CodeMaker {
  credential: Credential;
  key: DeviceKey;
}

/** How it stands with the code of a card on this phone. Everything else is thrown as ApiError. */
export type Standing =
  | { kind: 'ready'; maker: CodeMaker }
  /** This browser keeps no key: the service makes each code. */
  | { kind: 'online' }
  /** Another phone shows this card now; going on makes it this one. */
  | { kind: 'other-phone'; device: CodeDevice }
  /** Going on needs a sign-in of the last minutes. */
  | { kind: 'fresh-sign-in' }
  /** Nothing is kept, or what was kept has run out, and the service cannot be reached. */
  | { kind: 'no-network'; before: boolean }
  /** Nothing is kept, or what was kept has run out, and nobody is signed in. */
  | { kind: 'signed-out'; before: boolean }
  /** Another phone has taken over, or the holder or a window has revoked this one. */
  | { kind: 'revoked' };

const credentialKey = (cardId: string) => keptUnder('credential', cardId);
const enrolmentKey = (cardId: string) => keptUnder('enrolment', cardId);

function keep(credential: Credential, askedAt: Date): Credential {
  learnServerTime(credential.serverTime, askedAt);
  writeStored(credentialKey(credential.cardId), credential);
  return credential;
}

async function keptMaker(cardId: string): Promise<CodeMaker | null> {
  const credential = readStored<Credential>(credentialKey(cardId));
  const key = credential ? await deviceKeys.open(keyName(cardId)) : null;
  return credential && key ? { credential, key } : null;
}

const inForce = ({ credential }: CodeMaker) => serverNow().getTime() < Date.parse(credential.expiresAt);

/** Each day, and from when the service says that it is worth it: a week without network must find it fresh. */
const isDue = ({ credential }: CodeMaker) =>
  serverNow().getTime() >=
  Math.min(Date.parse(credential.renewFrom), Date.parse(credential.serverTime) + DAY_MS);

const isUnreachable = (failure: unknown) =>
  failure instanceof ApiError && (failure.status === 0 || failure.status >= 500);
const isSignedOut = (failure: unknown) => failure instanceof ApiError && failure.status === 401;
const hasCode = (failure: unknown, code: ApiError['code']) =>
  failure instanceof ApiError && failure.code === code;

/** Fetches the next credential. A clock that was set wrong meanwhile is corrected by the refusal itself. */
async function renew(maker: CodeMaker, tries = 2): Promise<CodeMaker> {
  const { credential, key } = maker;
  const askedAt = clock.now();
  const at = serverNow().toISOString();
  const { deviceId } = credential;
  const signature = base64urlEncode(await key.sign(renewMessage(deviceId, at)));
  try {
    const next = await call(cardCodeRoutes.renew, { body: { deviceId, at, signature } });
    return { key, credential: keep(next, askedAt) };
  } catch (failure) {
    if (hasCode(failure, 'CODE_CLOCK_WRONG') && tries > 1) return renew(maker, tries - 1);
    throw failure;
  }
}

/** The service no longer takes this phone for what it was: revoked, erased, or restored without it. */
const LOST = ['CODE_DEVICE_REVOKED', 'CODE_DEVICE_SIGNATURE', 'NOT_FOUND'] as const;

async function renewed(cardId: string, maker: CodeMaker): Promise<Standing> {
  try {
    return { kind: 'ready', maker: await renew(maker) };
  } catch (failure) {
    if (LOST.some((code) => hasCode(failure, code))) {
      await forgetCode(cardId);
      return { kind: 'revoked' };
    }
    return standingOf(failure, true);
  }
}

function standingOf(failure: unknown, before: boolean): Standing {
  if (isUnreachable(failure)) return { kind: 'no-network', before };
  if (isSignedOut(failure)) return { kind: 'signed-out', before };
  if (hasCode(failure, 'CODE_FRESH_SIGN_IN_REQUIRED')) return { kind: 'fresh-sign-in' };
  throw failure;
}

async function otherPhone(cardId: string): Promise<CodeDevice | undefined> {
  const { items } = await call(cardCodeRoutes.devices, {});
  return items.find((device) => device.cardId === cardId && device.status === 'active');
}

/**
 * Makes this phone the one that shows the card. The key is kept before the service hears of it, and the idempotency
 * key until it has answered: an answer that was lost on the way is fetched again and makes no second device.
 */
async function enrol(cardId: string, takeOver: boolean): Promise<Standing> {
  if (!useSession.getState().session) return { kind: 'signed-out', before: false };
  const begun = readStored<string>(enrolmentKey(cardId));
  const kept = begun ? await deviceKeys.open(keyName(cardId)) : null;
  const key = kept ?? (await deviceKeys.make(keyName(cardId)));
  if (!key) return { kind: 'online' };
  try {
    if (!kept && !takeOver) {
      const device = await otherPhone(cardId);
      if (device) return { kind: 'other-phone', device };
    }
    const idempotencyKey = kept && begun ? begun : await newIdempotencyKey();
    writeStored(enrolmentKey(cardId), idempotencyKey);
    const askedAt = clock.now();
    const platform = process.env.TARO_ENV === 'h5' ? 'h5' : 'weapp';
    const credential = await call(cardCodeRoutes.enrol, {
      body: { cardId, publicKey: key.publicKey, platform },
      idempotencyKey,
    });
    writeStored(enrolmentKey(cardId), null);
    await queryClient.invalidateQueries({ queryKey: CODE_DEVICES_KEY });
    return { kind: 'ready', maker: { key, credential: keep(credential, askedAt) } };
  } catch (failure) {
    if (!isOutcomeUnknown(failure)) writeStored(enrolmentKey(cardId), null);
    return standingOf(failure, false);
  }
}

const underWay = new Map<string, Promise<Standing>>();

/** One at a time for each card: two pages that open at once make one key. */
function once(cardId: string, work: () => Promise<Standing>): Promise<Standing> {
  const running = underWay.get(cardId) ?? work().finally(() => underWay.delete(cardId));
  underWay.set(cardId, running);
  return running;
}

/** What this phone can show for a card. Asks nobody while the kept credential is in force. */
export function standing(cardId: string): Promise<Standing> {
  return once(cardId, async () => {
    const maker = await keptMaker(cardId);
    if (!maker) return enrol(cardId, false);
    return inForce(maker) ? { kind: 'ready', maker } : renewed(cardId, maker);
  });
}

/** Makes this phone the one that shows the card, in place of another. */
export function takeOver(cardId: string): Promise<Standing> {
  return once(cardId, () => enrol(cardId, true));
}

/** Renews a kept credential where that is due; null where nothing had to be done or nobody could be asked. */
export async function renewQuietly(cardId: string): Promise<Standing | null> {
  const maker = await keptMaker(cardId);
  if (!maker || !isDue(maker) || !useSession.getState().session) return null;
  const after = await once(cardId, () => renewed(cardId, maker));
  return after.kind === 'no-network' || after.kind === 'signed-out' ? null : after;
}

/** Renews what the phone keeps, whenever the app comes to the front: whoever opens it at home is ready at the window. */
export async function renewAllQuietly(): Promise<void> {
  for (const { cardId } of useKept.getState().kept?.cards ?? []) {
    try {
      await renewQuietly(cardId);
    } catch (failure) {
      // The code page says what is wrong when it is opened; here nobody has asked.
      if (!(failure instanceof ApiError)) throw failure;
    }
  }
}

/** The text of the QR code for now. Needs no network. */
export async function makeCode({ credential, key }: CodeMaker): Promise<string> {
  const bytes = base64urlDecode(credential.credential);
  if (!bytes) throw new ApiError('ANSWER_UNREADABLE');
  const unsigned = prepareCode(bytes, Math.floor(serverNow().getTime() / 1000));
  return unsigned.finish(await key.sign(unsigned.toBeSigned));
}

/** A code that the service makes, for a browser without a key. */
export async function onlineCode(cardId: string): Promise<ShownCode> {
  const askedAt = clock.now();
  const shown = await call(cardCodeRoutes.online, { body: { cardId } });
  learnServerTime(shown.serverTime, askedAt);
  return shown;
}

// ---- my devices

export const CODE_DEVICES_KEY = ['code-devices'] as const;

/** Phones that show or showed the caller's cards. */
export function useCodeDevices() {
  const me = useMe();
  return useQuery<CodeDevice[]>({
    queryKey: CODE_DEVICES_KEY,
    queryFn: async ({ signal }) => (await call(cardCodeRoutes.devices, { signal })).items,
    enabled: Boolean(me.data?.person),
  });
}

/** Phones that the caller checks cards with at a window: of any account, also one without a proved name. */
export function useClerkDevices() {
  return useQuery<ClerkDevice[]>({
    queryKey: ['clerk-devices'],
    queryFn: async ({ signal }) => (await call(clerkRoutes.mine, { signal })).items,
  });
}

/** Ends the codes of a phone; where it is this one, its key goes too. */
export async function revokeCodeDevice(device: CodeDevice, idempotencyKey: string): Promise<CodeDevice> {
  const revoked = await call(cardCodeRoutes.revoke, {
    params: { deviceId: device.deviceId },
    idempotencyKey,
  });
  if (keptDeviceId(device.cardId) === device.deviceId) await forgetCode(device.cardId);
  await queryClient.invalidateQueries({ queryKey: CODE_DEVICES_KEY });
  return revoked;
}
