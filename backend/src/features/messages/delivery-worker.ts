import { randomInt } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { In, LessThanOrEqual } from 'typeorm';
import { Contacts } from '../../platform/accounts/contacts.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { type Lease, LeaseLostError } from '../../platform/jobs/lease.js';
import { LOGGER } from '../../platform/observability/logger.js';
import type { SendOutcome } from '../../platform/outside/send-outcome.js';
import { type ShortMessage, SmsSender } from '../../platform/sms/sms-sender.js';
import { type SubscriptionMessage, WechatClient } from '../../platform/wechat/wechat-client.js';
import { Deliveries, SEND_JOB } from './deliveries.js';
import { DeliveryRow } from './delivery.entity.js';
import { afterQuietHours, afterTry, isNobodys } from './delivery.rules.js';
import { MessageRow } from './message.entity.js';
import { OUTSIDE } from './message-kinds.js';
import { fillTemplate, type MessageParams, type MessageValues, valuesOf } from './message-words.js';
import { SubscriptionTemplates } from './subscription-templates.js';
import { Subscriptions } from './subscriptions.js';

/** Sent side by side, and at most so many are left unknown by a crash. */
const AT_ONCE = 8;
/** A way that does not answer is left alone for so long: each message it swallows is one that nobody knows of. */
const REST_MS = 60_000;
/** The message centre is in the main package, so the page exists in every released version. */
export const MESSAGE_PAGE = 'pages/messages/index';

/** A message in the worker's hands, ready to go. */
type Envelope =
  | { readonly delivery: DeliveryRow; readonly way: 'wechat'; readonly message: SubscriptionMessage }
  | { readonly delivery: DeliveryRow; readonly way: 'sms'; readonly message: ShortMessage };
/** A message whose try has begun. */
type Begun = Envelope & { readonly begunAt: Date };
type Skip = { readonly skip: string };

/** The node that holds the lease sends what waits for WeChat and the phone. */
@Injectable()
export class DeliveryWorker implements OnModuleInit {
  private readonly restUntil = { wechat: 0, sms: 0 };

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly read: ReadDatabase,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly deliveries: Deliveries,
    private readonly subscriptions: Subscriptions,
    private readonly templates: SubscriptionTemplates,
    private readonly contacts: Contacts,
    private readonly wechat: WechatClient,
    private readonly sms: SmsSender,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: SEND_JOB, everySeconds: 5, run: (lease) => this.run(lease) });
  }

  private async run(lease: Lease): Promise<void> {
    await this.recover(lease);
    while (!lease.signal.aborted) {
      const due = await this.due();
      if (due.length === 0) return;
      const envelopes = await this.taken(lease, due);
      if (envelopes.length === 0) continue;
      const outcomes = await Promise.all(envelopes.map((envelope) => this.send(envelope)));
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        for (const [i, { delivery, begunAt }] of envelopes.entries())
          await this.finish(tx, delivery, outcomes[i] ?? { result: 'uncertain', code: 'LOST' }, begunAt);
      });
      for (const [i, { way }] of envelopes.entries()) {
        if (outcomes[i]?.result === 'uncertain') this.restUntil[way] = this.clock.now().getTime() + REST_MS;
      }
    }
  }

  /** What is `sending` when a run begins was left by one that died between sending and noting: nobody knows. */
  private async recover(lease: Lease): Promise<void> {
    if (!(await this.read.manager.existsBy(DeliveryRow, { state: 'sending' }))) return;
    await this.unitOfWork.run(async (tx) => {
      await lease.assertHeld(tx);
      const left = await tx.manager.findBy(DeliveryRow, { state: 'sending' });
      for (const delivery of left)
        await this.finish(tx, delivery, { result: 'uncertain', code: 'WORKER_DIED' });
    });
  }

  private due(): Promise<DeliveryRow[]> {
    const now = this.clock.now();
    const awake = (['wechat', 'sms'] as const).filter((way) => this.restUntil[way] <= now.getTime());
    return this.read.manager.find(DeliveryRow, {
      where: { state: 'pending', availableAt: LessThanOrEqual(now), channel: In(awake) },
      order: { availableAt: 'ASC', id: 'ASC' },
      take: AT_ONCE,
    });
  }

  /** One that cannot even be prepared must not stand in everybody's way: it is found alone, and has failed. */
  private async taken(lease: Lease, due: readonly DeliveryRow[]): Promise<Begun[]> {
    try {
      return await this.unitOfWork.run((tx) => this.take(tx, lease, due));
    } catch (error) {
      if (error instanceof LeaseLostError) throw error;
      const [first, ...others] = due;
      if (!first) throw error;
      // The others are taken by the next round.
      if (others.length > 0) return this.taken(lease, [first]);
      this.logger.error({ err: error, delivery: first.id }, 'a message could not be prepared');
      const failed = { state: 'failed', errorCode: 'FAULT', reason: null } as const;
      await this.unitOfWork.run(async (tx) => {
        await lease.assertHeld(tx);
        const waits = { id: first.id, state: 'pending' } as const;
        await tx.manager.update(DeliveryRow, waits, { ...failed, finishedAt: tx.now });
      });
      return [];
    }
  }

  /** Begins to send: spends the permissions and marks the rows, in one transaction, before anything leaves. */
  private async take(tx: Tx, lease: Lease, due: readonly DeliveryRow[]): Promise<Begun[]> {
    await lease.assertHeld(tx);
    // Read again: an operator or an erasure may have been here since.
    const rows = await tx.manager.findBy(DeliveryRow, { id: In(due.map(({ id }) => id)), state: 'pending' });
    const envelopes: Begun[] = [];
    for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const prepared = await this.prepare(tx, row);
      if (prepared === 'later') continue;
      if ('skip' in prepared) await this.skip(tx, row, prepared.skip);
      else {
        const begun = await this.begin(tx, lease, prepared);
        if (begun) envelopes.push(begun);
      }
    }
    return envelopes;
  }

  private async begin(tx: Tx, lease: Lease, envelope: Envelope): Promise<Begun | null> {
    const { spentAccountId, spentTemplateId, id } = envelope.delivery;
    const attempts = envelope.delivery.attempts + 1;
    const { affected } = await tx.manager.update(
      DeliveryRow,
      { id, state: 'pending' },
      { state: 'sending', epoch: lease.epoch, attempts, spentAccountId, spentTemplateId },
    );
    // An erasure was faster: nothing leaves, and the permission went with the account.
    if (affected !== 1) return null;
    return { ...envelope, delivery: { ...envelope.delivery, attempts }, begunAt: tx.now };
  }

  private async prepare(tx: Tx, row: DeliveryRow): Promise<Envelope | Skip | 'later'> {
    if (row.usefulUntil && row.usefulUntil <= tx.now) return { skip: 'too-late' };
    const message = await tx.manager.findOneBy(MessageRow, { id: row.messageId });
    const who = row.personId ? { personId: row.personId } : row.accountId && { accountId: row.accountId };
    if (!message || !who) return { skip: 'erased' };
    const contact = await this.contacts.of(tx.manager, who);
    if (!contact) return { skip: 'no-account' };
    const values = valuesOf(row.kind, JSON.parse(message.params) as MessageParams, message.createdAt);
    if (row.channel === 'sms') return this.prepareSms(tx, row, contact.phone, values);
    return this.prepareWechat(tx, row, contact, values);
  }

  private async prepareWechat(
    tx: Tx,
    row: DeliveryRow,
    contact: { accountId: string; openid: string | null; locale: string },
    values: MessageValues,
  ): Promise<Envelope | Skip> {
    const ways = OUTSIDE[row.kind];
    const template = ways && this.templates.find(ways.topic);
    if (!template) return { skip: 'no-template' };
    if (contact.openid === null) return { skip: 'no-account' };
    const filled = fillTemplate(template, values);
    if ('missing' in filled) return { skip: `no-value:${filled.missing}` };
    const { templateId } = template;
    const spent = await this.subscriptions.spend(tx, contact.accountId, templateId);
    if (!spent) return { skip: 'no-permission' };
    return {
      way: 'wechat',
      delivery: {
        ...row,
        spentAccountId: spent.counted ? contact.accountId : null,
        spentTemplateId: spent.counted ? templateId : null,
      },
      message: {
        openid: contact.openid,
        templateId,
        page: `${MESSAGE_PAGE}?open=${row.messageId}`,
        data: filled.data,
        lang: contact.locale === 'en' ? 'en_US' : 'zh_CN',
      },
    };
  }

  private async prepareSms(
    tx: Tx,
    row: DeliveryRow,
    phone: string | null,
    values: MessageValues,
  ): Promise<Envelope | Skip | 'later'> {
    if (!this.sms.available) return { skip: 'no-gateway' };
    if (phone === null) return { skip: 'no-phone' };
    const allowed = afterQuietHours(tx.now);
    if (allowed > tx.now) {
      await tx.manager.update(DeliveryRow, { id: row.id }, { availableAt: allowed });
      return 'later';
    }
    return {
      way: 'sms',
      delivery: row,
      message: { id: row.id, phone, template: row.kind, values: { ...values } },
    };
  }

  /** Whatever a sender throws against its word leaves open whether the message went. */
  private async send(envelope: Envelope): Promise<SendOutcome> {
    try {
      return envelope.way === 'wechat'
        ? await this.wechat.sendSubscription(envelope.message)
        : await this.sms.send(envelope.message);
    } catch (error) {
      this.logger.error({ err: error, delivery: envelope.delivery.id }, 'sending a message failed');
      return { result: 'uncertain', code: 'FAULT' };
    }
  }

  private async skip(tx: Tx, row: DeliveryRow, reason: string): Promise<void> {
    const skipped = { state: 'skipped', reason, errorCode: null, finishedAt: tx.now } as const;
    const noted = await tx.manager.update(DeliveryRow, { id: row.id, state: 'pending' }, skipped);
    // An erasure was faster.
    if (noted.affected !== 1) return;
    if (reason !== 'too-late' && reason !== 'erased') await this.deliveries.fallBack(tx, row);
  }

  private async finish(
    tx: Tx,
    row: DeliveryRow,
    outcome: SendOutcome,
    begunAt: Date | null = null,
  ): Promise<void> {
    const after = afterTry(outcome, row, randomInt(0, 1000) / 1000);
    const { state, errorCode, reason } = after;
    const noted = await tx.manager.update(
      DeliveryRow,
      { id: row.id, state: 'sending' },
      {
        state,
        errorCode,
        reason,
        spentAccountId: null,
        spentTemplateId: null,
        ...(after.wait === undefined
          ? { finishedAt: tx.now }
          : { availableAt: new Date(tx.now.getTime() + after.wait) }),
      },
    );
    if (noted.affected !== 1) return;
    await this.settleLedger(tx, row, outcome, { giveBack: after.giveBack, begunAt });
    if (state === 'failed' || state === 'unknown')
      this.logger.error(
        { delivery: row.id, channel: row.channel, code: errorCode, field: reason },
        `message ${state}`,
      );
    if (state === 'sent' || state === 'pending') return;
    // Whoever had their data erased while it was on its way is not led to another way, nor named by it.
    if (isNobodys(await tx.manager.findOneByOrFail(DeliveryRow, { id: row.id }))) {
      await tx.manager.update(DeliveryRow, { id: row.id }, { state: 'skipped', reason: 'erased' });
      return;
    }
    if (state !== 'unknown') await this.deliveries.fallBack(tx, row);
  }

  private async settleLedger(
    tx: Tx,
    row: DeliveryRow,
    outcome: SendOutcome,
    { giveBack, begunAt }: { readonly giveBack: boolean; readonly begunAt: Date | null },
  ): Promise<void> {
    if (row.channel !== 'wechat') return;
    const { spentAccountId, spentTemplateId } = row;
    if (giveBack && spentAccountId && spentTemplateId)
      await this.subscriptions.giveBack(tx, spentAccountId, spentTemplateId);
    if (outcome.result !== 'unwanted' || begunAt === null) return;
    const ways = OUTSIDE[row.kind];
    const templateId = spentTemplateId ?? (ways && this.templates.find(ways.topic)?.templateId);
    const who = row.personId ? { personId: row.personId } : row.accountId && { accountId: row.accountId };
    const contact = who && (await this.contacts.of(tx.manager, who));
    if (contact && templateId) await this.subscriptions.clear(tx, contact.accountId, templateId, begunAt);
  }
}
