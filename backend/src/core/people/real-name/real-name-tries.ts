import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ErrorCode } from '@talent-card/shared/common/error-codes';
import { MoreThan } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.js';
import { addDays, endOfServiceDay, serviceDate } from '../../../platform/clock/shanghai.js';
import type { Tx } from '../../../platform/database/tx.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { Jobs } from '../../../platform/jobs/jobs.js';
import type { Lease } from '../../../platform/jobs/lease.js';
import { RealNameTries } from './real-name-tries.entity.js';

/** Tries of one subject a day. */
const TRIES_PER_DAY = 5;
export const FORGET_TRIES_JOB = 'people.forget-real-name-tries';
const KEEP_DAYS = 30;
/** Wrong numbers of one person in thirty days: with five on every day, five hundred candidates are through in a hundred. */
const TRIES_PER_MONTH = 15;

type Refusal = Extract<ErrorCode, 'REAL_NAME_TOO_MANY_TRIES' | 'IDENTITY_NUMBER_TOO_MANY_TRIES'>;

const refusedUntil = (refusal: Refusal, retryAt: Date, now: Date): DomainError =>
  new DomainError(refusal, {
    retryAt: retryAt.toISOString(),
    retryAfterSeconds: Math.ceil((retryAt.getTime() - now.getTime()) / 1000),
  });

/**
 * Counts tries before anything is compared, so that neither parallel calls nor a restart give more. Counts for account
 * and document keep a thief from guessing names to a number, from one account or from many; that of a person keeps
 * whoever holds their phone from guessing their number.
 */
@Injectable()
export class RealNameTryCounter implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: FORGET_TRIES_JOB, everySeconds: 3600, run: (lease) => this.forget(lease) });
  }

  /** Deletes the counts of a day that is more than thirty days back, one day a run. */
  private async forget(lease: Lease): Promise<void> {
    const before = addDays(serviceDate(this.clock.now()), -KEEP_DAYS);
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const [oldest] = await tx.manager.find(RealNameTries, { order: { day: 'ASC' }, take: 1 });
      if (oldest && oldest.day < before) await tx.manager.delete(RealNameTries, { day: oldest.day });
    });
  }

  /**
   * Spends one try of each subject.
   *
   * @throws DomainError the refusal, with `retryAfterSeconds` and `retryAt` (the next service day)
   */
  async spend(
    tx: Tx,
    subjects: readonly string[],
    refusal: Refusal = 'REAL_NAME_TOO_MANY_TRIES',
  ): Promise<void> {
    const day = serviceDate(tx.now);
    // In one order, so that two calls never wait for each other.
    for (const subject of [...subjects].sort()) {
      await this.makeRow(tx, subject, day);
      const spent = await tx.manager
        .createQueryBuilder()
        .update(RealNameTries)
        .set({ tries: () => 'tries + 1' })
        .where('subject = :subject AND day = :day AND tries < :most', { subject, day, most: TRIES_PER_DAY })
        .execute();
      if (spent.affected === 1) continue;
      throw refusedUntil(refusal, endOfServiceDay(day), tx.now);
    }
  }

  /**
   * Refuses whoever has tried more often than fifteen times in thirty days, the try just spent in `tx` included.
   *
   * @returns how many they have left of the fifteen
   * @throws DomainError the refusal, with `retryAfterSeconds` and `retryAt` (the service day on which enough are forgotten)
   */
  async assertFew(tx: Tx, subject: string, refusal: Refusal): Promise<number> {
    const today = serviceDate(tx.now);
    const rows = await tx.manager.find(RealNameTries, {
      where: { subject, day: MoreThan(addDays(today, -KEEP_DAYS)) },
      order: { day: 'ASC' },
    });
    let tries = rows.reduce((sum, row) => sum + row.tries, 0);
    if (tries <= TRIES_PER_MONTH) return TRIES_PER_MONTH - tries;
    let last = today;
    for (const row of rows) {
      if (tries <= TRIES_PER_MONTH) break;
      tries -= row.tries;
      last = row.day;
    }
    throw refusedUntil(refusal, endOfServiceDay(addDays(last, KEEP_DAYS - 1)), tx.now);
  }

  /** Tries that a subject has left today; whoever has just spent one reads it in the same transaction. */
  async left(tx: Tx, subject: string): Promise<number> {
    const row = await tx.manager.findOneBy(RealNameTries, { subject, day: serviceDate(tx.now) });
    return TRIES_PER_DAY - (row?.tries ?? 0);
  }

  /** Gives a try back that guessed nothing: the authority did not answer, or the answer was right. */
  async giveBack(tx: Tx, subjects: readonly string[]): Promise<void> {
    const day = serviceDate(tx.now);
    for (const subject of [...subjects].sort()) {
      await tx.manager
        .createQueryBuilder()
        .update(RealNameTries)
        .set({ tries: () => 'tries - 1' })
        .where('subject = :subject AND day = :day AND tries > 0', { subject, day })
        .execute();
    }
  }

  private async makeRow(tx: Tx, subject: string, day: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(RealNameTries)
      .values({ subject, day, tries: 0 })
      .updateEntity(false)
      .orIgnore()
      .execute();
  }
}
