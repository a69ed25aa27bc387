import { Injectable } from '@nestjs/common';
import type { QuotaBalance } from '@talent-card/shared/channels/schema';
import type { EntityManager } from 'typeorm';
import type { Tx } from '../../platform/database/tx.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { QuotaRepository } from './quota.repository.js';
import {
  ownerOf,
  type QuotaCause,
  type QuotaOutcome,
  type QuotaSpend,
  type QuotaTerms,
} from './quota.types.js';
import { CounterNames, type LedgerCount, QuotaBook } from './quota-book.js';
import { nextWindow, windowStart } from './quota-windows.js';

/** How a person stands under one key on one day. */
export interface QuotaStanding {
  /** One for each limit, in their order; of a limit of one use everything is left. */
  readonly balances: readonly QuotaBalance[];
  /** Uses beyond the limit that wait to be settled, of the window where most do. */
  readonly excess: number;
  /** Key of another owner that has paid for the same in this year. */
  readonly fundedBy: string | null;
}

/**
 * How often. Spent and given back in the caller's transaction; under any concurrency nobody spends below zero or
 * beyond a limit. Callers who lock a person and pools do so before.
 */
@Injectable()
export class Quota {
  constructor(private readonly repository: QuotaRepository) {}

  /**
   * Everything that these spends, and giving back what these causes spent, need: read and locked by a few statements
   * asked for side by side, one more for each five hundred counters and people.
   */
  async load(
    tx: Tx,
    spends: readonly Omit<QuotaSpend, 'cause' | 'party'>[],
    givenBack: readonly QuotaCause[] = [],
  ): Promise<QuotaBook> {
    const entries = givenBack.length > 0 ? await this.repository.ofCauses(tx, givenBack) : [];
    const names = new CounterNames();
    const made = new Map(spends.flatMap((spend) => names.heldAgainst(spend)).map((name) => [name.id, name]));
    const touched = [
      ...spends.map(({ personId, terms, on }) => ({
        personId,
        quotaKey: terms.key,
        onDay: on,
        fundingGroup: terms.fundingGroup,
      })),
      ...entries,
    ].flatMap((use) => names.touchedBy(use));
    const { counters, ledger } = await this.repository.lock(tx, [...made.values()], touched);
    return new QuotaBook(counters, entries, givenBack, ledger, names);
  }

  /** Writes what the book decided, in at most three statements (on MariaDB) however much that is. */
  write(tx: Tx, book: QuotaBook): Promise<void> {
    return this.repository.write(tx, book.changes());
  }

  /** Spends one use. @throws DomainError QUOTA_GONE, FUNDED_ELSEWHERE; @returns what is left, null without a limit */
  async spend(tx: Tx, spend: QuotaSpend): Promise<number | null> {
    const book = await this.load(tx, [spend]);
    const outcome: QuotaOutcome = book.spend(spend);
    if (!outcome.ok) throw new DomainError(outcome.code, { ...outcome.details });
    await this.write(tx, book);
    return outcome.left;
  }

  /** Gives back what the cause spent, or settles its excess; false where it holds nothing (any more). */
  async giveBack(tx: Tx, cause: QuotaCause): Promise<boolean> {
    const book = await this.load(tx, [], [cause]);
    const given = book.giveBack(cause);
    if (given) await this.write(tx, book);
    return given;
  }

  /** Keeps a use that was made offline beyond the limit apart from those that count. */
  async recordExcess(tx: Tx, spend: QuotaSpend): Promise<void> {
    const book = await this.load(tx, [spend]);
    book.recordExcess(spend);
    await this.write(tx, book);
  }

  /**
   * Hands what `from` spent to `to`, such as a booking's to the use at the window: it is not spent twice, and is
   * given back under the new cause. False where `from` holds nothing.
   */
  attach(tx: Tx, from: QuotaCause, to: QuotaCause): Promise<boolean> {
    return this.repository.attach(tx, from, to);
  }

  /** How a person stands under each of these terms on a day; one statement, no lock. */
  async standings(
    manager: EntityManager,
    personId: string,
    terms: readonly QuotaTerms[],
    day: string,
  ): Promise<QuotaStanding[]> {
    const ledger = await this.repository.ledger(manager, [personId]);
    return terms.map((one) => standingOf(ledger, one, day));
  }

  /** Only the balances of `standings`. */
  async balances(
    manager: EntityManager,
    personId: string,
    terms: readonly QuotaTerms[],
    day: string,
  ): Promise<QuotaBalance[][]> {
    const standings = await this.standings(manager, personId, terms, day);
    return standings.map(({ balances }) => [...balances]);
  }
}

function standingOf(ledger: readonly LedgerCount[], terms: QuotaTerms, day: string): QuotaStanding {
  const within = (window: 'day' | 'week' | 'month' | 'year' | 'lifetime', state: LedgerCount['state']) =>
    ledger
      .filter(
        (entry) =>
          entry.quotaKey === terms.key &&
          entry.state === state &&
          windowStart(window, entry.onDay) === windowStart(window, day),
      )
      .reduce((total, entry) => total + entry.uses, 0);
  const balances = terms.limits.map(({ window, most }): QuotaBalance => {
    const used = window === 'use' ? 0 : within(window, 'spent');
    return { window, most, used, left: Math.max(0, most - used), renewsOn: nextWindow(window, day) };
  });
  const excess = terms.limits.map(({ window }) => (window === 'use' ? 0 : within(window, 'excess')));
  const funded = ledger.find(
    (entry) =>
      terms.fundingGroup !== null &&
      entry.fundingGroup === terms.fundingGroup &&
      entry.state === 'spent' &&
      windowStart('year', entry.onDay) === windowStart('year', day) &&
      ownerOf(entry.quotaKey) !== ownerOf(terms.key),
  );
  return { balances, excess: Math.max(0, ...excess), fundedBy: funded?.quotaKey ?? null };
}
