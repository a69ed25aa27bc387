import { Injectable } from '@nestjs/common';
import { endOfServiceDay, serviceDate } from '../../../platform/clock/shanghai.js';
import type { Tx } from '../../../platform/database/tx.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { RealNameTries } from './real-name-tries.entity.js';

/** Tries of one account a day, and of one document a day over all accounts. */
export const TRIES_PER_DAY = 5;

/**
 * Counts tries before the authority is asked, so that neither parallel calls nor a restart give more. The two counts
 * keep a thief from guessing names to a number, from one account or from many.
 */
@Injectable()
export class RealNameTryCounter {
  /**
   * Spends one try of each subject.
   *
   * @throws DomainError REAL_NAME_TOO_MANY_TRIES with `retryAfterSeconds` and `retryAt` (the next service day)
   */
  async spend(tx: Tx, subjects: readonly string[]): Promise<void> {
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
      const retryAt = endOfServiceDay(day);
      throw new DomainError('REAL_NAME_TOO_MANY_TRIES', {
        retryAt: retryAt.toISOString(),
        retryAfterSeconds: Math.ceil((retryAt.getTime() - tx.now.getTime()) / 1000),
      });
    }
  }

  /** Gives a try back that told nobody anything: the authority did not answer. */
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
