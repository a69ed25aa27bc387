import type { ClerkSession } from '@talent-card/shared/card-code/schema';
import { clerkSessionMessage, offlineUseMessage } from '@talent-card/shared/card-code/signed-texts';
import type { ChannelTerms } from '@talent-card/shared/channels/schema';
import type { Looked, OfflineUse } from '@talent-card/shared/uses/schema';
import type { ChannelRow } from '../src/features/channels/channel.entity.js';
import { newId } from '../src/platform/ids.js';
import { makeChannel, type TestChannel } from './booking-fixtures.js';
import { type Answer, call } from './card-fixtures.js';
import { newTestKey, type TestKey } from './code-fixtures.js';
import type { TestApp } from './harness.js';
import { signInCitizen, signInStaff } from './sign-in.js';

/** A channel that is used by the code at a venue of its own; four a year and one companion by default. */
export function makeCodeChannel(
  test: TestApp,
  more: { channel?: Partial<ChannelRow>; terms?: Partial<ChannelTerms>; venueId?: string } = {},
): Promise<TestChannel> {
  return makeChannel(test, {
    ...more,
    channel: { usedBy: 'code', booking: null, ...more.channel },
    terms: { limits: [{ window: 'year', most: 4 }], ...more.terms },
  });
}

export interface TestClerk {
  readonly key: TestKey;
  readonly deviceId: string;
  readonly staffId: string;
  readonly headers: { readonly authorization: string };
  /** Of the WeChat account that enrolled it. */
  readonly persona: string;
}

let clerks = 0;
/** A clerk of the window in Huancui with an enrolled phone and a session on it. */
export async function enrolClerk(test: TestApp): Promise<TestClerk> {
  clerks += 1;
  const admin = await signInStaff(test, 'system-administrator');
  const clerk = await signInStaff(test, 'service-window', '371002', `window-clerk-${clerks}`);
  const { staffId } = clerk;
  const invitation = await call(test, 'POST', '/admin/clerk-devices', admin, { staffId });
  const persona = `window-clerk-${clerks}`;
  const citizen = await signInCitizen(test, persona);
  const key = newTestKey();
  const { enrolmentCode } = invitation.body;
  const enrolled = await call(test, 'POST', '/clerk/devices', citizen, {
    enrolmentCode,
    publicKey: key.publicKey,
  });
  return clerkOf(key, staffId, persona, enrolled);
}

function clerkOf(key: TestKey, staffId: string, persona: string, answer: Answer): TestClerk {
  if (answer.status !== 200) throw new Error(`the clerk was refused: ${JSON.stringify(answer.body)}`);
  const { deviceId, accessToken } = answer.body as ClerkSession;
  return { key, deviceId, staffId, persona, headers: { authorization: `Bearer ${accessToken}` } };
}

/** The same phone signs in again, once its twelve hours are over. */
export async function clerkAgain(test: TestApp, clerk: TestClerk): Promise<TestClerk> {
  const { deviceId, key, persona, staffId } = clerk;
  const at = test.clock.now().toISOString();
  const citizen = await signInCitizen(test, persona);
  const signature = key.signature(clerkSessionMessage(deviceId, at));
  const answer = await call(test, 'POST', '/clerk/sessions', citizen, { deviceId, at, signature });
  return clerkOf(key, staffId, persona, answer);
}

interface Caller {
  readonly headers: Record<string, string>;
}

export async function look(test: TestApp, clerk: Caller, venueId: string, code: string): Promise<Looked> {
  const answer = await call(test, 'POST', '/window/looks', clerk, { venueId, code });
  if (answer.status !== 200) throw new Error(`the look was refused: ${JSON.stringify(answer.body)}`);
  return answer.body as Looked;
}

/** Looks and uses in one go. */
export async function useOnce(
  test: TestApp,
  clerk: Caller,
  { venueId, channelId }: TestChannel,
  code: string,
  companions = 0,
): Promise<Answer> {
  const { lookId } = await look(test, clerk, venueId, code);
  return call(test, 'POST', '/window/uses', clerk, { lookId, venueId, channelId, companions });
}

/** A use as a clerk's device signs it without network. */
export function signedUse(
  test: TestApp,
  clerk: TestClerk,
  { venueId, channelId }: TestChannel,
  code: string,
  more: Partial<Omit<OfflineUse, 'signature'>> = {},
): OfflineUse {
  const now = test.clock.now();
  const use = {
    clientUseId: newId(now),
    venueId,
    channelId,
    companions: 0,
    code,
    at: now.toISOString(),
    ...more,
  };
  return { ...use, signature: clerk.key.signature(offlineUseMessage(clerk.deviceId, use)) };
}

export const sync = (
  test: TestApp,
  clerk: TestClerk,
  uses: readonly OfflineUse[],
  key?: string,
): Promise<Answer> =>
  call(
    test,
    'POST',
    '/window/offline-uses',
    clerk,
    { deviceId: clerk.deviceId, uses },
    key === undefined ? {} : { key },
  );
