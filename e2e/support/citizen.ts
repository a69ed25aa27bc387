import { accountRoutes } from '@talent-card/shared/accounts/routes';
import type { Session } from '@talent-card/shared/accounts/schema';
import { API_PREFIX } from '@talent-card/shared/common/route';
import type { BrowserContext } from 'playwright-core';

/** Signs a demo person in without a screen, for flows that begin after it. */
export async function citizenSession(url: string, code: string, consentVersion: string): Promise<Session> {
  const answer = await fetch(`${url}${API_PREFIX}${accountRoutes.signIn.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, consentVersion }),
  });
  if (!answer.ok) throw new Error(`sign-in of ${code} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Session;
}

/** What the h5 mini-program finds in its storage when it opens; Taro wraps each value. */
export async function withStorage(context: BrowserContext, values: Record<string, unknown>): Promise<void> {
  const wrapped = Object.entries(values).map(([key, value]) => [
    key,
    JSON.stringify({ data: JSON.stringify(value) }),
  ]);
  await context.addInitScript((entries) => {
    for (const [key, value] of entries) {
      if (key !== undefined && value !== undefined && localStorage.getItem(key) === null)
        localStorage.setItem(key, value);
    }
  }, wrapped);
}
