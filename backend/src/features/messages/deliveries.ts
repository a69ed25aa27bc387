import { Injectable } from '@nestjs/common';
import { insertRows } from '../../platform/database/many-rows.js';
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

interface NewMessage {
  readonly message: MessageRow;
  /** False keeps it in the app, for what the person knows already. */
  readonly outside: boolean;
  readonly usefulUntil: Date | null;
}

const COLUMNS = [
  'id',
  'messageId',
  'channel',
  'kind',
  'personId',
  'accountId',
  'state',
  'attempts',
  'attemptLimit',
  'createdAt',
  'availableAt',
  'usefulUntil',
  'epoch',
  'spentAccountId',
  'spentTemplateId',
  'errorCode',
  'reason',
  'finishedAt',
] as const;

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

  /** Opens the ways of messages that were just written, by few statements. */
  async open(tx: Tx, messages: readonly NewMessage[]): Promise<void> {
    const rows = messages.flatMap((message) => this.waysOf(tx, message));
    if (rows.some(({ state }) => state === 'pending')) this.opened.add(tx);
    await insertRows(tx, 'message_deliveries', COLUMNS, rows);
  }

  private waysOf(tx: Tx, { message, outside, usefulUntil }: NewMessage): DeliveryRow[] {
    const row = (channel: DeliveryChannel) => rowOf(tx, message, channel, usefulUntil);
    const inApp: DeliveryRow = { ...row('in-app'), state: 'sent', attempts: 1, finishedAt: tx.now };
    const ways = OUTSIDE[message.kind];
    if (!outside || !ways) return [inApp];
    if (this.templates.find(ways.topic)) return [inApp, row('wechat')];
    return isUrgent(message.kind) ? [inApp, audible(tx, row('sms'))] : [inApp];
  }

  /** WeChat did not reach the person: what cannot wait goes by text message. */
  async fallBack(tx: Tx, delivery: DeliveryRow): Promise<void> {
    if (delivery.channel !== 'wechat') return;
    const { messageId, kind, personId, accountId, usefulUntil } = delivery;
    // An operator's resend may have brought it here before.
    if (await tx.manager.existsBy(DeliveryRow, { messageId, channel: 'sms' })) return;
    if (!isUrgent(kind)) return;
    this.opened.add(tx);
    const row = rowOf(tx, { id: messageId, kind, personId, accountId }, 'sms', usefulUntil);
    await tx.manager.insert(DeliveryRow, audible(tx, row));
  }
}

/** A phone rings: not in the quiet hours. */
const audible = (tx: Tx, row: DeliveryRow): DeliveryRow => ({ ...row, availableAt: afterQuietHours(tx.now) });

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
