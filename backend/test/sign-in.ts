import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { Session } from '@talent-card/shared/accounts/schema';
import { API_PREFIX } from '@talent-card/shared/common/route';
import { AccessTokens } from '../src/platform/accounts/access-tokens.js';
import { Accounts } from '../src/platform/accounts/accounts.js';
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
