import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { type DeliveryChannel, DeliveryRow } from './delivery.entity.js';
import { afterQuietHours, attemptsFor, isUrgent } from './delivery.rules.js';
import type { MessageRow } from './message.entity.js';
import { OUTSIDE } from './message-kinds.js';
import { SubscriptionTemplates } from './subscription-templates.js';

export const SEND_JOB = 'messages.send';

/** Leads each message onto its ways: into the app at once, then to WeChat, and by text message where that fails. */
@Injectable()
export class Deliveries {
  private readonly opened = new WeakSet<Tx>();

  constructor(
    private readonly templates: SubscriptionTemplates,
    jobs: Jobs,
    unitOfWork: UnitOfWork,
  ) {
    unitOfWork.afterCommit((tx) => {
      if (this.opened.has(tx)) jobs.nudge(SEND_JOB);
    });
  }

  /**
   * Opens the ways of a message that was just written.
   * @param outside false keeps it in the app, for what the person knows already
   */
  async open(
    tx: Tx,
    message: MessageRow,
    { outside, usefulUntil }: { outside: boolean; usefulUntil: Date | null },
  ): Promise<void> {
    const row = (channel: DeliveryChannel) => rowOf(tx, message, channel, usefulUntil);
    await tx.manager.insert(DeliveryRow, {
      ...row('in-app'),
      state: 'sent',
      attempts: 1,
      finishedAt: tx.now,
    });
    const ways = OUTSIDE[message.kind];
    if (!outside || !ways) return;
    if (this.templates.find(ways.topic)) await this.insert(tx, row('wechat'));
    else await this.openSms(tx, row('sms'));
  }

  /** WeChat did not reach the person: what cannot wait goes by text message. */
  async fallBack(tx: Tx, delivery: DeliveryRow): Promise<void> {
    if (delivery.channel !== 'wechat') return;
    const { messageId, kind, personId, accountId, usefulUntil } = delivery;
    // An operator's resend may have brought it here before.
    if (await tx.manager.existsBy(DeliveryRow, { messageId, channel: 'sms' })) return;
    await this.openSms(tx, rowOf(tx, { id: messageId, kind, personId, accountId }, 'sms', usefulUntil));
  }

  private async openSms(tx: Tx, row: DeliveryRow): Promise<void> {
    if (!isUrgent(row.kind)) return;
    await this.insert(tx, { ...row, availableAt: afterQuietHours(tx.now) });
  }

  private async insert(tx: Tx, row: DeliveryRow): Promise<void> {
    this.opened.add(tx);
    await tx.manager.insert(DeliveryRow, row);
  }
}

function rowOf(
  tx: Tx,
  message: Pick<MessageRow, 'id' | 'kind' | 'personId' | 'accountId'>,
  channel: DeliveryChannel,
  usefulUntil: Date | null,
): DeliveryRow {
  return {
    id: newId(tx.now),
    messageId: message.id,
    channel,
    kind: message.kind,
    personId: message.personId,
    accountId: message.accountId,
    state: 'pending',
    attempts: 0,
    attemptLimit: attemptsFor(message.kind),
    createdAt: tx.now,
    availableAt: tx.now,
    usefulUntil,
    epoch: null,
    spentAccountId: null,
    spentTemplateId: null,
    errorCode: null,
    reason: null,
    finishedAt: null,
  };
}
