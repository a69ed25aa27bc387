import type { Me, Session } from '@talent-card/shared/accounts/schema';
import type { Card } from '@talent-card/shared/cards/schema';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { createElement, type ReactElement } from 'react';
import { queryClient } from '@/platform/query';
import { setSession } from '@/platform/session';
import { type ScriptedAnswer, type ScriptedRequest, serve } from './taro';

/** A service in a few lines: `{ 'GET /me': me(), 'POST /sessions': { statusCode: 400, data: problem('…') } }`. */
export type Script = Record<
  string,
  unknown | ((request: ScriptedRequest) => unknown) | { statusCode: number; data?: unknown }
>;

const isAnswer = (value: unknown): value is ScriptedAnswer =>
  typeof value === 'object' && value !== null && 'statusCode' in value;

/** Scripts the service by method and path without prefix; what is not in the script answers 404. Returns what was asked. */
export function script(answers: Script): ScriptedRequest[] {
  const asked: ScriptedRequest[] = [];
  serve(async (request) => {
    asked.push(request);
    const path = request.url.replace(/^.*\/api\/v1/, '');
    const key = `${request.method} ${path}`;
    const bare = key.split('?')[0] ?? key;
    const answer = answers[key] ?? answers[bare];
    if (answer === undefined) return { statusCode: 404, data: problem('NOT_FOUND') };
    const value = typeof answer === 'function' ? await answer(request) : answer;
    return isAnswer(value) ? value : { statusCode: value === null ? 204 : 200, data: value };
  });
  return asked;
}

export function problem(code: string, details: Record<string, unknown> = {}) {
  return { code, details, requestId: 'req-1' };
}

export function session(over: Partial<Session> = {}): Session {
  return {
    accessToken: 'access-1',
    accessTokenExpiresAt: '2026-11-24T02:00:00.000Z',
    refreshToken: 'refresh-token-number-one',
    refreshTokenExpiresAt: '2026-12-24T02:00:00.000Z',
    ...over,
  };
}

export function me(over: Partial<Me> = {}): Me {
  return {
    accountId: '01JD0000000000000000000001',
    person: {
      personId: '01JD0000000000000000000002',
      name: '林海清',
      identityType: 'resident-id',
      maskedIdentityNumber: '3710**********2418',
      birthDate: '1988-03-12',
    },
    nickname: null,
    maskedPhone: null,
    locale: 'zh-CN',
    sandbox: true,
    ...over,
  };
}

export function card(over: Partial<Card> = {}): Card {
  return {
    cardId: '01JD0000000000000000000003',
    kind: 'talent',
    number: '3710082100634185',
    holderName: '林海清',
    category: '1',
    cardClass: 'A',
    status: 'active',
    validFrom: '2026-05-21',
    validUntil: '2031-05-20',
    issuedAt: '2026-05-21T02:00:00.000Z',
    statusReason: null,
    renewalOpensOn: '2031-02-19',
    demo: false,
    ...over,
  };
}

/** Somebody is signed in. */
export function signedIn(): void {
  setSession(session());
}

/** Renders a page as the app does. */
export function show(page: ReactElement) {
  return render(createElement(QueryClientProvider, { client: queryClient }, page));
}
