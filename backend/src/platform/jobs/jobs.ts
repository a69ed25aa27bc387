import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { LessThan } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { isUniqueViolation } from '../database/database-errors.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { newId } from '../ids.js';
import { LOGGER } from '../observability/logger.js';
import { JobLease } from './job-lease.entity.js';
import { LEASE_MS, Lease, LeaseLostError } from './lease.js';

export interface JobDefinition {
  /** Unique, such as `audit.seal`; at most 60 characters. */
  readonly name: string;
  /** Time from run to run; the first one is a few seconds after the start. */
  readonly everySeconds: number;
  /** Each write calls `lease.assertHeld(tx)` in its own transaction. Long work is cut into units of ≤ 500 rows. */
  run(lease: Lease): Promise<void>;
}

const FIRST_RUN_SECONDS = 5;

interface ScheduledJob {
  readonly definition: JobDefinition;
  timer?: NodeJS.Timeout;
  /** The run under way, so that two never overlap in one process. */
  running?: Promise<boolean>;
  /** Asked for again while it ran. */
  again?: boolean;
  held?: { lease: Lease; until: number };
}

/**
 * Work that repeats, on whichever node holds the job's lease row. Timers run outside tests only; there `runNow`
 * takes their place.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly jobs = new Map<string, ScheduledJob>();
  private readonly succeeded = new Map<string, Date>();
  private readonly holder: string;
  private readonly timersOn: boolean;
  private readonly stopping = new AbortController();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(APP_CONFIG) config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.holder = newId(clock.now());
    this.timersOn = config.APP_ENV !== 'test';
  }

  register(definition: JobDefinition): void {
    if (this.jobs.has(definition.name)) throw new Error(`job ${definition.name} is registered twice`);
    this.jobs.set(definition.name, { definition });
  }

  /**
   * Runs the job once, here, if this node holds or gets its lease. Waits for a run that is already under way first.
   *
   * @returns false when another node holds the lease
   * @throws whatever the job throws
   */
  async runNow(name: string): Promise<boolean> {
    const job = this.jobs.get(name);
    if (!job) throw new Error(`there is no job ${name}`);
    while (job.running) await job.running.catch(() => undefined);
    job.running = this.runOnce(job).finally(() => {
      delete job.running;
    });
    return job.running;
  }

  /** When each job last ended well on this node; a metric. */
  lastSuccesses(): ReadonlyMap<string, Date> {
    return this.succeeded;
  }

  /** Asks for a run soon, after something made work for the job. Never throws, and several become one. */
  nudge(name: string): void {
    const job = this.jobs.get(name);
    if (!job || !this.timersOn || this.stopping.signal.aborted) return;
    if (job.running) {
      job.again = true;
      return;
    }
    setImmediate(() => void this.tick(job));
  }

  onApplicationBootstrap(): void {
    if (!this.timersOn) return;
    for (const job of this.jobs.values()) {
      const { everySeconds } = job.definition;
      const tick = () => void this.tick(job);
      // Soon after the start too: a job of once a day would never run in a service that is restarted every night.
      job.timer = setTimeout(() => {
        job.timer = setInterval(tick, everySeconds * 1000).unref();
        tick();
      }, Math.min(everySeconds, FIRST_RUN_SECONDS) * 1000).unref();
    }
  }

  /** Before the database closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** Starts nothing more, waits for what runs, and lets other nodes take over at once. */
  async stop(): Promise<void> {
    if (this.stopping.signal.aborted) return;
    this.stopping.abort();
    const jobs = [...this.jobs.values()];
    for (const job of jobs) clearTimeout(job.timer);
    await Promise.allSettled(jobs.map((job) => job.running));
    if (!jobs.some((job) => job.held)) return;
    try {
      await this.unitOfWork.run((tx) =>
        tx.manager.update(JobLease, { holder: this.holder }, { expiresAt: new Date(tx.now.getTime() - 1) }),
      );
    } catch (error) {
      // Without a database there is nothing to hand over: the leases run out by themselves.
      this.logger.warn({ err: error }, 'leases were not given back');
    }
  }

  private async tick(job: ScheduledJob): Promise<void> {
    if (job.running || this.stopping.signal.aborted) return;
    try {
      await this.runNow(job.definition.name);
    } catch (error) {
      this.logger.error({ err: error, job: job.definition.name }, 'job failed');
    }
    if (!job.again) return;
    job.again = false;
    setImmediate(() => void this.tick(job));
  }

  private async runOnce(job: ScheduledJob): Promise<boolean> {
    const lease = await this.leaseFor(job);
    if (!lease) return false;
    try {
      await job.definition.run(lease);
      this.succeeded.set(job.definition.name, this.clock.now());
      return true;
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      delete job.held;
      return false;
    }
  }

  /** The lease in hand while more than half of it is left, else a prolonged or newly taken one. */
  private async leaseFor(job: ScheduledJob): Promise<Lease | null> {
    const now = this.clock.now().getTime();
    if (job.held && job.held.until - now > LEASE_MS / 2) return job.held.lease;
    const lease = await this.acquire(job.definition.name);
    if (lease) job.held = { lease, until: now + LEASE_MS };
    else delete job.held;
    return lease;
  }

  private async acquire(name: string): Promise<Lease | null> {
    try {
      return await this.unitOfWork.run((tx) => this.take(tx, name));
    } catch (error) {
      // Two nodes made the row of a new job at the same moment.
      if (isUniqueViolation(error)) return null;
      throw error;
    }
  }

  private async take(tx: Tx, name: string): Promise<Lease | null> {
    const row = await tx.manager.findOneBy(JobLease, { name });
    const expiresAt = new Date(tx.now.getTime() + LEASE_MS);
    if (!row) {
      await tx.manager.insert(JobLease, { name, holder: this.holder, epoch: 1, expiresAt });
      return this.lease(name, 1);
    }
    if (row.holder === this.holder) {
      const lease = this.lease(name, row.epoch);
      await lease.assertHeld(tx);
      return lease;
    }
    const taken = await tx.manager.update(
      JobLease,
      { name, epoch: row.epoch, expiresAt: LessThan(tx.now) },
      { holder: this.holder, epoch: row.epoch + 1, expiresAt },
    );
    return taken.affected === 1 ? this.lease(name, row.epoch + 1) : null;
  }

  private lease(name: string, epoch: number): Lease {
    return new Lease(name, this.holder, epoch, this.stopping.signal);
  }
}
