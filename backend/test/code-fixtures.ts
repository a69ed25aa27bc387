import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import { prepareCode } from '@talent-card/shared/card-code/code';
import type { Credential } from '@talent-card/shared/card-code/schema';
import type { CardKind } from '@talent-card/shared/cards/categories';
import { Cards } from '../src/features/cards/cards.service.js';
import { newKeyPair, signEd25519 } from '../src/features/codes/ed25519.js';
import { system } from '../src/platform/accounts/principal.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { call, signInSomebody, type TestPerson } from './card-fixtures.js';
import type { TestApp } from './harness.js';

/** A phone's or a clerk's key. */
export interface TestKey {
  readonly publicKey: string;
  sign(message: Uint8Array): Uint8Array;
  /** Base64url, as bodies carry it. */
  signature(message: Uint8Array): string;
}

export function newTestKey(): TestKey {
  const { seed, publicKey } = newKeyPair();
  const sign = (message: Uint8Array) => signEd25519(seed, publicKey, message);
  return { publicKey, sign, signature: (message) => Buffer.from(sign(message)).toString('base64url') };
}

/** Issues a card as an import would. Answers its id. */
export async function issueCard(
  test: TestApp,
  personId: string,
  more: { kind?: CardKind; zoneCode?: ZoneCode; cardClass?: string } = {},
): Promise<string> {
  const card = await test.app.get(UnitOfWork).run((tx) =>
    test.app.get(Cards, { strict: false }).issue(tx, system('test'), {
      personId,
      kind: 'talent',
      category: '1',
      cardClass: null,
      zoneCode: '371002',
      caseId: null,
      rosterEntryId: null,
      ...more,
    }),
  );
  return card.id;
}

export interface Holder extends TestPerson {
  readonly cardId: string;
}
export async function signInHolder(
  test: TestApp,
  more: { kind?: CardKind; zoneCode?: ZoneCode } = {},
): Promise<Holder> {
  const person = await signInSomebody(test);
  return { ...person, cardId: await issueCard(test, person.personId, more) };
}

export interface TestPhone {
  readonly key: TestKey;
  readonly credential: Credential;
  /** The code that it shows at a moment; now by default. */
  code(at?: Date): string;
}

/** Enrols a phone of a holder. */
export async function enrolPhone(test: TestApp, holder: Holder, key = newTestKey()): Promise<TestPhone> {
  const answer = await call(test, 'POST', '/card-code/devices', holder, {
    cardId: holder.cardId,
    publicKey: key.publicKey,
    platform: 'weapp',
  });
  if (answer.status !== 200) throw new Error(`the phone was refused: ${JSON.stringify(answer.body)}`);
  return phoneOf(test, key, answer.body as Credential);
}

export function phoneOf(test: TestApp, key: TestKey, credential: Credential): TestPhone {
  const bytes = new Uint8Array(Buffer.from(credential.credential, 'base64url'));
  return {
    key,
    credential,
    code: (at = test.clock.now()) => {
      const unsigned = prepareCode(bytes, Math.floor(at.getTime() / 1000));
      return unsigned.finish(key.sign(unsigned.toBeSigned));
    },
  };
}
