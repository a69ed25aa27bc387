import { randomBytes } from 'node:crypto';
import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import { accountRoutes, sandboxRoutes, staffRoutes } from '@talent-card/shared/accounts/routes';
import type { Persona, Session } from '@talent-card/shared/accounts/schema';
import { applicationRoutes } from '@talent-card/shared/cards/routes';
import type { Application, ApplicationForm, CardDocumentType } from '@talent-card/shared/cards/schema';
import {
  API_PREFIX,
  type CallArguments,
  fillPath,
  type ResponseOf,
  type Route,
} from '@talent-card/shared/common/route';
import { fileRoutes } from '@talent-card/shared/files/routes';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    body: string,
  ) {
    super(`${status} ${code}: ${body}`);
  }
}

/** Calls the service as a client does, for what happens before a flow begins. */
export class Api {
  constructor(
    readonly url: string,
    private readonly accessToken: string | null = null,
  ) {}

  as(accessToken: string): Api {
    return new Api(this.url, accessToken);
  }

  async call<R extends Route>(route: R, args: CallArguments<R>): Promise<ResponseOf<R>> {
    const { params, query, body } = args as {
      params?: Record<string, string>;
      query?: object;
      body?: object;
    };
    const search = new URLSearchParams(
      Object.entries(query ?? {}).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    ).toString();
    const answer = await fetch(
      `${this.url}${API_PREFIX}${fillPath(route.path, params)}${search ? `?${search}` : ''}`,
      {
        method: route.method,
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(this.accessToken ? { authorization: `Bearer ${this.accessToken}` } : {}),
          ...(route.idempotent ? { 'idempotency-key': randomBytes(16).toString('hex') } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      },
    );
    return answerOf<R>(answer);
  }

  async upload<R extends Route>(
    route: R,
    fileName: string,
    type: string,
    bytes: Buffer,
  ): Promise<ResponseOf<R>> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)], { type }), fileName);
    const answer = await fetch(`${this.url}${API_PREFIX}${route.path}`, {
      method: route.method,
      headers: {
        'idempotency-key': randomBytes(16).toString('hex'),
        ...(this.accessToken ? { authorization: `Bearer ${this.accessToken}` } : {}),
      },
      body: form,
    });
    return answerOf<R>(answer);
  }
}

async function answerOf<R extends Route>(answer: Response): Promise<ResponseOf<R>> {
  const text = await answer.text();
  const code = () => (JSON.parse(text || '{}') as { code?: string }).code ?? '';
  if (!answer.ok) throw new Refused(answer.status, code(), text);
  return (text ? JSON.parse(text) : undefined) as ResponseOf<R>;
}

export async function personaOf(api: Api, key: string): Promise<Persona> {
  const { items } = await api.call(sandboxRoutes.personas, {});
  const persona = items.find((item) => item.code === `sandbox:${key}`);
  if (!persona) throw new Error(`no persona ${key}`);
  return persona;
}

/** Signs a demo person in without a screen. */
export function signInAs(api: Api, key: string): Promise<Session> {
  return api.call(accountRoutes.signIn, {
    body: { code: `sandbox:${key}`, consentVersion: CONSENT_VERSIONS.account },
  });
}

/** Signs a demo person in and proves their real name. `account` is the WeChat account, where it is not their own. */
export async function citizenOf(
  api: Api,
  key: string,
  account = key,
): Promise<{ api: Api; session: Session; persona: Persona }> {
  const persona = await personaOf(api, key);
  const session = await signInAs(api, account);
  const citizen = api.as(session.accessToken);
  const { code: _, story: __, ...identity } = persona;
  await citizen
    .call(accountRoutes.proveRealName, {
      body: { ...identity, consentVersion: CONSENT_VERSIONS['real-name'] },
    })
    .catch((error: unknown) => {
      if (!(error instanceof Refused && error.code === 'REAL_NAME_ALREADY_PROVED')) throw error;
    });
  return { api: citizen, session, persona };
}

/** A grey square: enough of a picture for the service to take it. */
export const TINY_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR4nGPYAgUMlDEAVKItATZLXhoAAAAASUVORK5CYII=',
  'base64',
);

export async function submitApplication(
  citizen: Api,
  form: Partial<ApplicationForm> = {},
  documents: readonly CardDocumentType[] = [],
): Promise<Application> {
  const attached = await Promise.all(
    documents.map(async (documentType) => {
      const file = await citizen.upload(fileRoutes.upload, `${documentType}.png`, 'image/png', TINY_PNG);
      return { documentType, fileId: file.fileId };
    }),
  );
  return citizen.call(applicationRoutes.submit, {
    body: {
      form: {
        category: '1',
        zoneCode: '371002-G',
        employer: '威海碧海生物科技有限公司（演示）',
        position: '研发总监',
        employedSince: '2021-03-01',
        mobile: '13800001234',
        provincialCardNumber: 'SDHC202100871',
        ...form,
      },
      documents: attached,
      consentVersion: CONSENT_VERSIONS['card-application'],
    },
  });
}

/** Signs a demo account of staff in, with the code its authenticator shows now. */
export async function staffOf(api: Api, username: string): Promise<Api> {
  const { items } = await api.call(sandboxRoutes.staffCodes, {});
  const account = items.find((item) => item.username === username);
  if (!account) throw new Error(`no demo account ${username}`);
  const { challenge } = await api.call(staffRoutes.signIn, {
    body: { username, password: account.password },
  });
  const { accessToken } = await api.call(staffRoutes.confirmTotp, {
    body: { challenge, code: account.code },
  });
  return api.as(accessToken);
}
