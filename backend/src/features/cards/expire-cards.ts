import { Injectable, type OnModuleInit } from '@nestjs/common';
import { system } from '../../platform/accounts/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { Lease } from '../../platform/jobs/lease.js';
import { CardsRepository } from './cards.repository.js';
import { Cards } from './cards.service.js';

export const EXPIRE_JOB = 'cards.expire';
const UNIT = 100;

/** Expires the cards whose last day has passed in Weihai. */
@Injectable()
export class ExpireCards implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly cards: Cards,
    private readonly repository: CardsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: EXPIRE_JOB, everySeconds: 600, run: (lease) => this.expire(lease) });
  }

  private async expire(lease: Lease): Promise<void> {
    const today = serviceDate(this.clock.now());
    for (;;) {
      const lapsed = await this.repository.lapsed(this.database.manager, today, UNIT);
      if (lapsed.length === 0) return;
      try {
        await this.unitOfWork.run(async (tx) => {
          await lease.assertHeld(tx);
          for (const card of lapsed) {
            const { id, version } = card;
            await this.cards.move(tx, system(EXPIRE_JOB), id, 'expire', { version, reason: null });
          }
        });
      } catch (error) {
        // One of them was moved by somebody since it was read: the whole unit is read anew.
        if (!(error instanceof DomainError)) throw error;
      }
      if (lapsed.length < UNIT) return;
    }
  }
}
