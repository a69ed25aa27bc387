import { QUOTA_WINDOWS, type QuotaWindow } from '@talent-card/shared/channels/channel-groups';
import type { QuotaLimit } from '@talent-card/shared/channels/schema';
import fc from 'fast-check';
import type { Quota } from '../src/core/quota/quota.service.js';
import type { QuotaCause, QuotaOutcome, QuotaSpend, QuotaTerms } from '../src/core/quota/quota.types.js';
import type { CounterState, EntryState } from '../src/core/quota/quota-book.js';
import type { Tx } from '../src/platform/database/tx.js';

/**
 * What the kernel must do, said in the plainest way: a list of uses that is counted anew for each question, and days
 * that are compared by the calendar of the runtime instead of by our arithmetic.
 */
export interface ModelUse {
  readonly personId: string;
  readonly key: string;
  readonly group: string | null;
  readonly on: string;
  readonly state: 'spent' | 'excess';
  cause: QuotaCause;
}

const calendar = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  weekday: 'short',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const noon = (day: string): Date => new Date(`${day}T12:00:00+08:00`);
const partsOf = (moment: Date): Record<string, string> =>
  Object.fromEntries(calendar.formatToParts(moment).map(({ type, value }) => [type, value]));
const dayOf = (moment: Date): string => {
  const { year, month, day } = partsOf(moment);
  return `${year}-${month}-${day}`;
};
export const dayAfter = (day: string): string => dayOf(new Date(noon(day).getTime() + 86_400_000));
const dayBefore = (day: string): string => dayOf(new Date(noon(day).getTime() - 86_400_000));

/** Walks back to Monday. */
function mondayOf(day: string): string {
  let monday = day;
  while (partsOf(noon(monday)).weekday !== 'Mon') monday = dayBefore(monday);
  return monday;
}

export function sameWindow(window: QuotaWindow, a: string, b: string): boolean {
  switch (window) {
    case 'use':
      return false;
    case 'day':
      return a === b;
    case 'week':
      return mondayOf(a) === mondayOf(b);
    case 'month':
      return a.slice(0, 7) === b.slice(0, 7);
    case 'year':
      return a.slice(0, 4) === b.slice(0, 4);
    case 'lifetime':
      return true;
  }
}

/** Walks on to the first day of another window. */
export function firstOfNext(window: QuotaWindow, day: string): string | null {
  if (window === 'use' || window === 'lifetime') return null;
  let next = dayAfter(day);
  while (sameWindow(window, day, next)) next = dayAfter(next);
  return next;
}

const owner = (key: string): string => key.replace(/:.*/, '');
const same = (a: QuotaCause, b: QuotaCause): boolean => a.type === b.type && a.id === b.id;

export class QuotaModel {
  uses: ModelUse[] = [];

  count(spend: { personId: string; key: string; on: string }, window: QuotaWindow, state: ModelUse['state']) {
    return this.uses.filter(
      (use) =>
        use.personId === spend.personId &&
        use.key === spend.key &&
        use.state === state &&
        sameWindow(window, use.on, spend.on),
    ).length;
  }

  spend({ personId, terms, party, on, cause }: QuotaSpend): QuotaOutcome {
    const asked = { personId, key: terms.key, on };
    for (const { window, most } of terms.limits) {
      const after = window === 'use' ? party : this.count(asked, window, 'spent') + 1;
      if (after > most) {
        const details = { window, most, renewsOn: firstOfNext(window, on) };
        return { ok: false, code: 'QUOTA_GONE', details };
      }
    }
    const { fundingGroup: group } = terms;
    const paid = this.uses.find(
      (use) =>
        group !== null &&
        use.personId === personId &&
        use.group === group &&
        use.state === 'spent' &&
        sameWindow('year', use.on, on) &&
        owner(use.key) !== owner(terms.key),
    );
    if (paid) {
      return { ok: false, code: 'FUNDED_ELSEWHERE', details: { key: paid.key, year: on.slice(0, 4) } };
    }
    this.uses.push({ personId, key: terms.key, group, on, state: 'spent', cause });
    const left = terms.limits
      .filter(({ window }) => window !== 'use')
      .map(({ window, most }) => most - this.count(asked, window, 'spent'));
    return { ok: true, left: left.length === 0 ? null : Math.min(...left) };
  }

  recordExcess({ personId, terms, on, cause }: QuotaSpend): void {
    this.uses.push({ personId, key: terms.key, group: terms.fundingGroup, on, state: 'excess', cause });
  }

  giveBack(cause: QuotaCause): boolean {
    const before = this.uses.length;
    this.uses = this.uses.filter((use) => !same(use.cause, cause));
    return this.uses.length < before;
  }

  attach(from: QuotaCause, to: QuotaCause): boolean {
    const use = this.uses.find((one) => same(one.cause, from));
    if (use) use.cause = to;
    return use !== undefined;
  }
}

/** Days at the edges: a leap day, turns of the year, week 53 of 2026, a month of 31 days, and any day in between. */
const DAYS = [
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2025-12-31',
  '2026-01-01',
  '2026-11-29',
  '2026-11-30',
  '2026-12-27',
  '2026-12-28',
  '2026-12-31',
  '2027-01-01',
  '2027-01-03',
  '2027-01-04',
];

type Step =
  | {
      kind: 'spend' | 'excess';
      person: number;
      key: number;
      limits: QuotaLimit[];
      day: number;
      party: number;
    }
  | { kind: 'give-back'; which: number };
export interface Round {
  steps: Step[];
  /** Counters are dropped before the round, as the retention job may. */
  forget: boolean;
  attach: number | null;
}

const KEYS: readonly { key: string; group: string | null }[] = [
  { key: 'check-up', group: 'health' },
  { key: 'therapy', group: 'health' },
  { key: 'sights:north', group: null },
  { key: 'sights:south', group: null },
];

const limits = fc.uniqueArray(
  fc.record({ window: fc.constantFrom(...QUOTA_WINDOWS), most: fc.integer({ min: 0, max: 4 }) }),
  { selector: ({ window }) => window, maxLength: 3 },
);
const use = fc.record({
  kind: fc.constantFrom('spend' as const, 'spend' as const, 'spend' as const, 'excess' as const),
  person: fc.nat(1),
  key: fc.nat(KEYS.length - 1),
  limits,
  day: fc.nat(DAYS.length - 1),
  party: fc.integer({ min: 1, max: 3 }),
});
const giveBack = fc.record({ kind: fc.constant('give-back' as const), which: fc.nat(30) });
export const rounds = fc.array(
  fc.record({
    steps: fc.array(fc.oneof({ weight: 3, arbitrary: use }, { weight: 1, arbitrary: giveBack }), {
      minLength: 1,
      maxLength: 8,
    }),
    forget: fc.boolean(),
    attach: fc.option(fc.nat(30)),
  }),
  { minLength: 1, maxLength: 8 },
);

/** Where the tables are: in memory, or in a database. */
export interface QuotaStore {
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  counters(): Promise<CounterState[]>;
  entries(): Promise<(Omit<EntryState, 'id' | 'party' | 'state'> & { state: string })[]>;
  forgetCounters(): Promise<void>;
}

type ReadyStep = { kind: 'give-back'; cause: QuotaCause } | { kind: 'spend' | 'excess'; spend: QuotaSpend };

const causeOf = (n: number): QuotaCause => ({ type: 'booking', id: `cause-${n}` });

/** Leads kernel and model through the same rounds; both must answer alike and hold alike after each. */
export async function follow(
  quota: Quota,
  store: QuotaStore,
  history: readonly Round[],
  names: readonly string[],
) {
  const model = new QuotaModel();
  let causes = 0;
  for (const round of history) {
    if (round.forget) await store.forgetCounters();
    const steps = round.steps.map((step): ReadyStep => {
      if (step.kind === 'give-back') return { kind: step.kind, cause: causeOf(step.which) };
      const { key, group } = KEYS[step.key] ?? { key: '', group: null };
      const terms: QuotaTerms = { key, limits: step.limits, fundingGroup: group };
      const personId = names[step.person] ?? '';
      const spend: QuotaSpend = {
        personId,
        terms,
        party: step.party,
        on: DAYS[step.day] ?? '',
        cause: causeOf(causes++),
      };
      return { kind: step.kind, spend };
    });
    await store.run(async (tx) => {
      const book = await quota.load(
        tx,
        steps.flatMap((step) => (step.kind === 'give-back' ? [] : [step.spend])),
        steps.flatMap((step) => (step.kind === 'give-back' ? [step.cause] : [])),
      );
      for (const step of steps) {
        if (step.kind === 'give-back') expect(book.giveBack(step.cause)).toBe(model.giveBack(step.cause));
        else if (step.kind === 'excess') {
          book.recordExcess(step.spend);
          model.recordExcess(step.spend);
        } else {
          const { ok } = book.check(step.spend);
          const outcome = book.spend(step.spend);
          expect(outcome).toEqual(model.spend(step.spend));
          expect(ok).toBe(outcome.ok);
        }
      }
      await quota.write(tx, book);
    });
    if (round.attach !== null) {
      const from = causeOf(round.attach);
      const to: QuotaCause = { type: 'use', id: `use-${causes++}` };
      expect(await store.run((tx) => quota.attach(tx, from, to))).toBe(model.attach(from, to));
    }
    await compare(quota, store, model, names);
  }
}

async function compare(quota: Quota, store: QuotaStore, model: QuotaModel, names: readonly string[]) {
  const told = (uses: readonly ModelUse[]) =>
    uses
      .map(
        ({ personId, key, on, state, cause }) =>
          `${personId} ${key} ${on} ${state} ${cause.type} ${cause.id}`,
      )
      .sort();
  const entries = (await store.entries()).filter(({ personId }) => names.includes(personId));
  const counting = entries.flatMap(
    ({ personId, quotaKey, onDay, state, causeType, causeId, fundingGroup }): ModelUse[] =>
      state === 'returned'
        ? []
        : [
            {
              personId,
              key: quotaKey,
              on: onDay,
              group: fundingGroup,
              state: state as ModelUse['state'],
              cause: { type: causeType, id: causeId },
            },
          ],
  );
  expect(told(counting)).toEqual(told(model.uses));
  const counters = (await store.counters()).filter(({ personId }) => names.includes(personId));
  for (const counter of counters.filter(({ counted }) => counted)) {
    if (counter.countedIn === 'funding') continue;
    const { personId, quotaKey: key, countedIn, startsOn } = counter;
    const on = countedIn === 'lifetime' ? '2026-01-01' : startsOn;
    expect(counter.used).toBe(model.count({ personId, key, on }, countedIn, 'spent'));
    expect(counter.excess).toBe(model.count({ personId, key, on }, countedIn, 'excess'));
  }
  for (const personId of names) {
    for (const { key, group } of KEYS) {
      const day = '2026-12-31';
      const terms: QuotaTerms = {
        key,
        limits: QUOTA_WINDOWS.map((window) => ({ window, most: 3 })),
        fundingGroup: group,
      };
      const [standing] = await store.run((tx) => quota.standings(tx.manager, personId, [terms], day));
      for (const balance of standing?.balances ?? []) {
        const used = model.count({ personId, key, on: day }, balance.window, 'spent');
        expect(balance).toEqual({
          window: balance.window,
          most: 3,
          used,
          left: Math.max(0, 3 - used),
          renewsOn: firstOfNext(balance.window, day),
        });
      }
    }
  }
}
