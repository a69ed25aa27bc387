import { CONSENT_VERSIONS } from '@talent-card/shared/accounts/consent-versions';
import type { ApplicationForm } from '@talent-card/shared/cards/schema';
import { IdentityIndex } from '../src/core/people/identity-index.js';
import type { PersonSnapshot } from '../src/core/people/people.types.js';
import { PersonsRepository } from '../src/core/people/persons/persons.repository.js';
import { RosterBatch } from '../src/core/people/roster/import/roster-batch.entity.js';
import type { RosterContent } from '../src/core/people/roster/roster.types.js';
import { RosterEntriesRepository } from '../src/core/people/roster/roster-entries.repository.js';
import { type MadeUpPerson, madeUpPerson } from '../src/core/people/sandbox/made-up-people.js';
import { rosterContentOf } from '../src/core/people/sandbox/personas.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { newId } from '../src/platform/ids.js';
import type { TestApp } from './harness.js';
import { newKey, type SignedInCitizen, signInPerson } from './sign-in.js';

let people = 0;
/** A made-up person of category 1 or 2 whom no other test has met, working in Huancui. */
export function anybody(more: Partial<MadeUpPerson> = {}): MadeUpPerson {
  people += 1;
  const person = madeUpPerson(500_000 + people);
  return {
    ...person,
    category: '1',
    provincialCardNumber: `SDHC2021${String(people).padStart(5, '0')}`,
    programme: null,
    documentNumber: null,
    employer: { ...person.employer, zoneCode: '371002' },
    ...more,
  };
}

/** Puts people on the talent roster, as one applied import. Answers the ids of the entries. */
export async function listInRoster(test: TestApp, contents: readonly RosterContent[]): Promise<string[]> {
  const entries = test.app.get(RosterEntriesRepository, { strict: false });
  const index = test.app.get(IdentityIndex, { strict: false });
  return test.app.get(UnitOfWork).run(async (tx) => {
    const batchId = newId(tx.now);
    const count = contents.length;
    await tx.manager.insert(RosterBatch, {
      id: batchId,
      fileName: 'roster.xlsx',
      contentHash: '0'.repeat(64),
      contentKey: null,
      status: 'applied',
      createdByStaffId: newId(tx.now),
      createdByName: 'test',
      createdAt: tx.now,
      finishedAt: tx.now,
      rowsTotal: count,
      rowsChecked: count,
      rowsFailed: 0,
      rowsWarned: 0,
      rowsNew: count,
      rowsChanged: 0,
      rowsUnchanged: 0,
      rowsApplied: count,
      cardsCaused: 0,
      progressRow: count,
      failureCode: null,
      version: 1,
    });
    const rows = contents.map((content, i) => ({
      ...content,
      ...entries.encrypt(content),
      id: newId(tx.now),
      identityIndex: index.of(content.identityType, content.identityNumber),
      contentDigest: `${batchId}-${i}`,
      batchId,
      rowNumber: i + 2,
      status: 'active' as const,
      previousId: null,
      usedAt: null,
      createdAt: tx.now,
      endedAt: null,
    }));
    await entries.addAll(tx, rows);
    return rows.map((row) => row.id);
  });
}

export interface TestPerson extends SignedInCitizen {
  readonly personId: string;
  readonly who: MadeUpPerson;
}

/** A person with a proven real name, signed in; `listed` puts them on the roster as they are. */
export async function signInSomebody(
  test: TestApp,
  who: MadeUpPerson = anybody(),
  listed = false,
): Promise<TestPerson> {
  if (listed) await listInRoster(test, [rosterContentOf(who)]);
  const personId = await confirmPerson(test, who);
  return { ...(await signInPerson(test, personId)), personId, who };
}

/** The person's row, as a proven real name leaves it. */
export function confirmPerson(
  test: TestApp,
  who: MadeUpPerson,
): Promise<PersonSnapshot['person']['personId']> {
  const persons = test.app.get(PersonsRepository, { strict: false });
  const { name, identityType, identityNumber, birthDate, sex, nationality } = who;
  return test.app.get(UnitOfWork).run(async (tx) => {
    const identity = { name, identityType, identityNumber, birthDate, sex, nationality };
    return (await persons.confirm(tx, identity)).id;
  });
}

/** The form as this person would fill it in. */
export function formOf(who: MadeUpPerson, more: Partial<ApplicationForm> = {}): ApplicationForm {
  return {
    category: who.category,
    zoneCode: who.employer.zoneCode === '371000' ? '371002' : who.employer.zoneCode,
    employer: who.employer.name,
    creditCode: who.employer.creditCode,
    position: who.position,
    employedSince: who.employedSince,
    mobile: who.mobile,
    ...(who.provincialCardNumber ? { provincialCardNumber: who.provincialCardNumber } : {}),
    ...(who.programme ? { programme: who.programme } : {}),
    ...more,
  };
}

interface CallOptions {
  readonly headers?: Record<string, string>;
  readonly key?: string;
}
export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came back
  readonly body: any;
}

/** One call of the API; every POST carries a fresh idempotency key unless one is given. */
export async function call(
  test: TestApp,
  method: 'GET' | 'POST',
  path: string,
  who: { readonly headers: Record<string, string> } | undefined,
  payload?: unknown,
  options: CallOptions = {},
): Promise<Answer> {
  const answer = await test.app.inject({
    method,
    url: `/api/v1${path}`,
    headers: {
      ...who?.headers,
      ...(method === 'POST' ? { 'idempotency-key': options.key ?? newKey() } : {}),
      ...options.headers,
    },
    ...(payload === undefined ? {} : { payload: payload as Record<string, unknown> }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

/** Hands an application in. */
export function apply(
  test: TestApp,
  person: TestPerson,
  more: { form?: Partial<ApplicationForm>; documents?: { documentType: string; fileId: string }[] } = {},
): Promise<Answer> {
  return call(test, 'POST', '/card-applications', person, {
    form: formOf(person.who, more.form),
    documents: more.documents ?? [],
    consentVersion: CONSENT_VERSIONS['card-application'],
  });
}
