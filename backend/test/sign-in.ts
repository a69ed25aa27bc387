import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { CITY_ZONE, type ZoneCode } from '@talent-card/shared/accounts/districts';
import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import type { Session } from '@talent-card/shared/accounts/schema';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { AccessTokens } from '../src/platform/accounts/access-tokens.js';
import { Accounts } from '../src/platform/accounts/accounts.js';
import { SandboxPersonas } from '../src/platform/accounts/sandbox-personas.js';
import { Sessions } from '../src/platform/accounts/sessions.js';
import { StaffAdministration } from '../src/platform/accounts/staff/staff-administration.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import type { TestApp } from './harness.js';

export interface SignedInCitizen {
  readonly accountId: string;
  readonly headers: { readonly authorization: string };
  readonly session: Session;
}

/** A citizen signed in through the sandbox; the same persona is the same account each time. */
export async function signInCitizen(test: TestApp, persona = 'somebody'): Promise<SignedInCitizen> {
  const answer = await test.app.inject({
    method: 'POST',
    url: `${API_PREFIX}/sessions`,
    payload: { code: `sandbox:${persona}`, consentVersion: CONSENT_VERSIONS.account },
  });
  if (answer.statusCode !== 200) throw new Error(`sign-in failed: ${answer.body}`);
  const session = answer.json<Session>();
  const { ownerId } = await test.app.get(AccessTokens).verify(session.accessToken);
  return {
    accountId: ownerId,
    headers: { authorization: `Bearer ${session.accessToken}` },
    session,
  };
}

/** A citizen signed in and bound to `personId` without the identity check. */
export async function signInPerson(
  test: TestApp,
  personId: string,
  persona = `person-${personId.toLowerCase()}`,
): Promise<SignedInCitizen> {
  const citizen = await signInCitizen(test, persona);
  await test.app
    .get(UnitOfWork)
    .run((tx) => test.app.get(Accounts).bindPerson(tx, citizen.accountId, personId));
  return citizen;
}

/** A made-up person of the sandbox, signed in and with a proven real name. */
export async function signInProved(test: TestApp, index = 0): Promise<SignedInCitizen> {
  const persona = test.app.get(SandboxPersonas).listCitizens()[index];
  if (!persona) throw new Error('the sandbox has no such persona');
  const citizen = await signInCitizen(test, persona.code.replace('sandbox:', ''));
  const { name, identityType, identityNumber } = persona;
  const answer = await test.app.inject({
    method: 'POST',
    url: `${API_PREFIX}/me/real-name`,
    headers: { ...citizen.headers, 'idempotency-key': newKey() },
    payload: { name, identityType, identityNumber, consentVersion: CONSENT_VERSIONS['real-name'] },
  });
  if (answer.statusCode !== 200) throw new Error(`the real name was refused: ${answer.body}`);
  return citizen;
}

export const STAFF_PASSWORD = 'sea-light-and-hills';
export const STAFF_TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export interface SignedInStaff {
  readonly staffId: string;
  readonly username: string;
  readonly headers: { readonly authorization: string };
}

/** A member of staff with a password, an authenticator and no session. */
export function createStaff(
  test: TestApp,
  role: StaffRole,
  zoneCode: ZoneCode = CITY_ZONE,
  username = `${role}-${zoneCode.toLowerCase()}`,
): Promise<string> {
  return test.app.get(StaffAdministration).createSeeded({
    username,
    displayName: username,
    role,
    zoneCode,
    password: STAFF_PASSWORD,
    totpSecret: STAFF_TOTP_SECRET,
  });
}

/** A member of staff with a running session, made without the two steps; the same arguments are the same member. */
export async function signInStaff(
  test: TestApp,
  role: StaffRole,
  zoneCode: ZoneCode = CITY_ZONE,
  username = `${role}-${zoneCode.toLowerCase()}`,
): Promise<SignedInStaff> {
  const staffId = await createStaff(test, role, zoneCode, username);
  const tokens = await test.app
    .get(UnitOfWork)
    .run((tx) => test.app.get(Sessions).start(tx, 'staff', staffId, 'Chrome · Windows'));
  return { staffId, username, headers: { authorization: `Bearer ${tokens.accessToken}` } };
}

let keys = 0;
/** A fresh `Idempotency-Key`. */
export function newKey(): string {
  keys += 1;
  return `test-key-${String(keys).padStart(12, '0')}`;
}
