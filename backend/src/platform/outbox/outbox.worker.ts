import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { In, LessThan, LessThanOrEqual } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { ReadDatabase } from '../database/database.module.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Jobs } from '../jobs/jobs.js';
import type { Lease } from '../jobs/lease.js';
import { LOGGER } from '../observability/logger.js';
import { outcomeOf, stateAfter, type TryOutcome, waitAfter } from './delivery.rules.js';
import { Outbox } from './outbox.js';
import {
  type DeliveredMessage,
  type HandleMany,
  OutboxHandlers,
  type OutboxPayload,
} from './outbox-handlers.js';
import { OutboxMessage } from './outbox-message.entity.js';

export const DELIVER_JOB = 'outbox.deliver';
export const CLEAN_JOB = 'outbox.clean';
const BATCH = 100;
const HANDLER_MS = 20_000;
/** Results are written down at least this often, which also keeps the lease. */
const FLUSH_MS = 5_000;
/** Ten messages a second still leave during a rush that does not end. */
const LET_PASS_MS = 100;
const LET_PASS_STEP_MS = 20;
/** Sent messages are kept for looking back. Failed and unknown ones stay until somebody has dealt with them. */
const KEEP_SENT_MS = 30 * 86_400_000;
const CLEAN_ROWS = 500;
/** How long a topic without a handler is kept while nodes are being replaced by a newer version. */
const UNHEARD_MS = 600_000;

interface Try {
  readonly message: OutboxMessage;
  readonly outcome: TryOutcome;
  readonly error: string | null;
}

/** The node that holds the lease hands committed messages to their handlers, oldest first. */
@Injectable()
export class OutboxWorker implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly handlers: OutboxHandlers,
    private readonly outbox: Outbox,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: DELIVER_JOB, everySeconds: 2, run: (lease) => this.deliver(lease) });
    this.jobs.register({ name: CLEAN_JOB, everySeconds: 3600, run: (lease) => this.clean(lease) });
    this.outbox.onPublished(() => this.jobs.nudge(DELIVER_JOB));
  }

  async deliver(lease: Lease): Promise<void> {
    await this.recover(lease);
    while (!lease.signal.aborted) {
      const batch = await this.claim(lease);
      if (batch.length === 0) return;
      await this.handOver(lease, batch);
    }
  }

  /** What is `sending` when a run begins was left behind by one that died: nobody knows how far it came. */
  private async recover(lease: Lease): Promise<void> {
    while (await this.read.manager.existsBy(OutboxMessage, { state: 'sending' })) {
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        const left = await tx.manager.find(OutboxMessage, { where: { state: 'sending' }, take: BATCH });
        const error = 'worker died';
        for (const message of left) await this.finish(tx, { message, outcome: 'uncertain', error });
      });
    }
  }

  /**
   * Takes what is due: many messages whose handlers may be called twice, or a single one whose handler may not, so
   * that a crash leaves at most one message unknown.
   */
  private async claim(lease: Lease): Promise<OutboxMessage[]> {
    const due = await this.due();
    if (due.length === 0) return [];
    const single = due.findIndex((message) => !this.isIdempotent(message));
    const batch = single === -1 ? due : due.slice(0, Math.max(single, 1));
    return this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      // The lease alone takes messages, so what was pending a moment ago still is.
      await tx.manager.update(
        OutboxMessage,
        { id: In(batch.map((message) => message.id)) },
        { state: 'sending', epoch: lease.epoch, attempts: () => 'attempts + 1' },
      );
      return batch.map((message) => ({ ...message, attempts: message.attempts + 1 }));
    });
  }

  private due(): Promise<OutboxMessage[]> {
    return this.read.manager.find(OutboxMessage, {
      where: { state: 'pending', availableAt: LessThanOrEqual(this.clock.now()) },
      order: { id: 'ASC' },
      take: BATCH,
    });
  }

  private isIdempotent(message: OutboxMessage): boolean {
    // Without a handler nothing can happen at all, so trying again does no harm: another version may know the topic.
    return this.handlers.find(message.topic)?.idempotent ?? true;
  }

  private async handOver(lease: Lease, batch: OutboxMessage[]): Promise<void> {
    let tries: Try[] = [];
    let began = performance.now();
    const flush = async (): Promise<void> => {
      const done = tries;
      tries = [];
      began = performance.now();
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        await this.finishDelivered(tx, done);
        for (const one of done) if (!isPlain(one)) await this.finish(tx, one);
      });
    };
    for (const group of this.groups(batch)) {
      if (await this.handleTogether(group)) {
        for (const message of group) tries.push({ message, outcome: 'delivered', error: null });
        if (performance.now() - began > FLUSH_MS) await flush();
        continue;
      }
      for (const message of group) {
        await this.letPass();
        tries.push(await this.handle(message));
        if (performance.now() - began > FLUSH_MS) await flush();
      }
    }
    if (tries.length > 0) await flush();
  }

  /** Neighbours that one function takes together, the others each by itself; in order. */
  private groups(batch: readonly OutboxMessage[]): OutboxMessage[][] {
    const groups: { together: HandleMany | undefined; messages: OutboxMessage[] }[] = [];
    for (const message of batch) {
      const together = this.handlers.find(message.topic)?.handleMany;
      const last = groups.at(-1);
      if (together && last?.together === together) last.messages.push(message);
      else groups.push({ together, messages: [message] });
    }
    return groups.map(({ messages }) => messages);
  }

  /** False when they have to be handled one by one: a single one, a rush, or a fault that only some may have. */
  private async handleTogether(group: readonly OutboxMessage[]): Promise<boolean> {
    const together = this.handlers.find(group[0]?.topic ?? '')?.handleMany;
    if (!together || group.length < 2 || this.unitOfWork.rushed) return false;
    try {
      await inTime(
        together(group.map((message) => ({ payload: payloadOf(message), message: describe(message) }))),
      );
      return true;
    } catch (error) {
      this.logger.warn({ err: error, count: group.length }, 'outbox messages are handled one by one');
      return false;
    }
  }

  /** While a slot opens, each message waits a little: whoever books is waiting, whoever is told is not. */
  private async letPass(): Promise<void> {
    for (let waited = 0; this.unitOfWork.rushed && waited < LET_PASS_MS; waited += LET_PASS_STEP_MS) {
      await delay(LET_PASS_STEP_MS);
    }
  }

  private async handle(message: OutboxMessage): Promise<Try> {
    const handler = this.handlers.find(message.topic);
    if (!handler) return this.unheard(message);
    const { id, topic, attempts } = message;
    try {
      await inTime(handler.handle(payloadOf(message), describe(message)));
      return { message, outcome: 'delivered', error: null };
    } catch (error) {
      this.logger.warn({ err: error, topic, message: id, attempt: attempts }, 'outbox delivery failed');
      return { message, outcome: outcomeOf(error), error: nameOf(error) };
    }
  }

  /** Nobody listens to the topic, or only a newer version of the program, which takes over within minutes. */
  private unheard(message: OutboxMessage): Try {
    const waited = this.clock.now().getTime() - message.createdAt.getTime();
    const outcome = waited < UNHEARD_MS ? 'not-delivered' : 'delivered';
    return { message, outcome, error: 'nobody listens' };
  }

  /** What simply went well, in one statement. */
  private async finishDelivered(tx: Tx, tries: readonly Try[]): Promise<void> {
    const ids = tries.filter(isPlain).map(({ message }) => message.id);
    if (ids.length === 0) return;
    const sent = { state: 'sent', lastError: null, finishedAt: tx.now } as const;
    await tx.manager.update(OutboxMessage, { id: In(ids), state: 'sending' }, sent);
  }

  private async finish(tx: Tx, { message, outcome, error }: Try): Promise<void> {
    const state = stateAfter(outcome, this.isIdempotent(message), message.attempts);
    const wait = waitAfter(message.attempts, randomInt(0, 1000) / 1000);
    if (state === 'unknown' || state === 'failed')
      this.logger.error(
        { topic: message.topic, message: message.id, fault: error },
        `outbox message ${state}`,
      );
    await tx.manager.update(
      OutboxMessage,
      { id: message.id, state: 'sending' },
      {
        state,
        lastError: error,
        ...(state === 'pending'
          ? { epoch: null, availableAt: new Date(tx.now.getTime() + wait) }
          : { finishedAt: tx.now }),
      },
    );
  }

  private async clean(lease: Lease): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEEP_SENT_MS);
    for (let removed = CLEAN_ROWS; removed === CLEAN_ROWS && !lease.signal.aborted; ) {
      removed = await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        const old = await tx.manager.find(OutboxMessage, {
          select: { id: true },
          where: { state: 'sent', finishedAt: LessThan(before) },
          take: CLEAN_ROWS,
        });
        if (old.length > 0) await tx.manager.delete(OutboxMessage, { id: In(old.map(({ id }) => id)) });
        return old.length;
      });
    }
  }
}

const isPlain = ({ outcome, error }: Try): boolean => outcome === 'delivered' && error === null;

const payloadOf = ({ payload }: OutboxMessage): OutboxPayload => JSON.parse(payload) as OutboxPayload;

const describe = ({ id, topic, attempts, createdAt }: OutboxMessage): DeliveredMessage => ({
  id,
  topic,
  attempt: attempts,
  createdAt,
});

/** Name and code of a fault. Not its message, which could quote personal data. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as { code?: unknown };
  return `${error.name}${code === undefined ? '' : ` ${String(code)}`}`.slice(0, 200);
}

/** Waits for a handler no longer than HANDLER_MS; what it does afterwards nobody hears of. */
async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('handler took too long')), HANDLER_MS);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
