import type { DELIVERY_CHANNELS, DeliveryState, MessageKind } from '@talent-card/shared/messages/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** One message on one way out. Holds opaque ids and codes only; kept for six months. */
@Entity('message_deliveries')
export class DeliveryRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** Unique with the channel. */
  @Column('varchar', { length: 26 })
  messageId: string;

  @Column('varchar', { length: 10 })
  channel: DeliveryChannel;

  @Column('varchar', { length: 40 })
  kind: MessageKind;

  /** To whom, as the message says; both null once they had their data erased. */
  @Column('varchar', { length: 26, nullable: true })
  personId: string | null;

  @Column('varchar', { length: 26, nullable: true })
  accountId: string | null;

  /** `sending` is in a worker's hands; to the outside it looks `pending`. */
  @Column('varchar', { length: 10 })
  state: DeliveryState | 'sending';

  /** Tries begun. */
  @Column('int')
  attempts: number;

  /** Tries after which it is given up; an operator's resend moves it on. */
  @Column('int')
  attemptLimit: number;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  /** Not before this moment. */
  @Column('datetime', { precision: 3 })
  availableAt: Date;

  /** After this moment it would only mislead, so it is skipped. */
  @Column('datetime', { precision: 3, nullable: true })
  usefulUntil: Date | null;

  /** Lease epoch of the worker that took it last. */
  @Column('int', { nullable: true })
  epoch: number | null;

  /** Whose one-time permission the try under way has spent, to be given back if WeChat sent nothing. */
  @Column('varchar', { length: 26, nullable: true })
  spentAccountId: string | null;

  @Column('varchar', { length: 64, nullable: true })
  spentTemplateId: string | null;

  /** Of WeChat or the SMS gateway. */
  @Column('varchar', { length: 40, nullable: true })
  errorCode: string | null;

  /** Why it was skipped, or which field was wrong. */
  @Column('varchar', { length: 300, nullable: true })
  reason: string | null;

  @Column('datetime', { precision: 3, nullable: true })
  finishedAt: Date | null;
}

/** What an operator made of a delivery that failed or of which nobody knows; goes with it. */
@Entity('delivery_decisions')
export class DeliveryDecisionRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  deliveryId: string;

  @Column('varchar', { length: 10 })
  decision: 'resend' | 'drop';

  /** In the words of the operator; null once the person had their data erased. */
  @Column('text', { nullable: true })
  note: string | null;

  @Column('varchar', { length: 26 })
  staffId: string;

  /** As it was then. */
  @Column('varchar', { length: 60 })
  staffName: string;

  /** How it stood before. */
  @Column('varchar', { length: 10 })
  state: 'failed' | 'unknown';

  @Column('varchar', { length: 40, nullable: true })
  errorCode: string | null;

  @Column('datetime', { precision: 3 })
  decidedAt: Date;
}

/**
 * What an account has allowed for a template of WeChat. WeChat has no way to ask it, so it is kept from the answers of
 * `wx.requestSubscribeMessage` and corrected by what sending answers.
 */
@Entity('subscription_permissions')
export class SubscriptionPermissionRow {
  @PrimaryColumn('varchar', { length: 26 })
  accountId: string;

  @PrimaryColumn('varchar', { length: 64 })
  templateId: string;

  /** One-time permissions left; one message each. */
  @Column('int')
  oneTime: number;

  @Column('boolean')
  longTerm: boolean;

  /** WeChat banned the template for this mini-program. */
  @Column('boolean')
  blocked: boolean;

  @Column('datetime', { precision: 3 })
  updatedAt: Date;
}
