import type { Message, MessageKind } from '@talent-card/shared/messages/schema';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A message in the app. It belongs to a person, who keeps it when they sign in anew, or to an account alone. */
@Entity('messages')
export class MessageRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** Exactly one of this and `accountId` is set. */
  @Column('varchar', { length: 26, nullable: true })
  personId: string | null;

  @Column('varchar', { length: 26, nullable: true })
  accountId: string | null;

  @Column('varchar', { length: 40 })
  kind: MessageKind;

  /** JSON object that fills the words of the kind. */
  @Column('text')
  params: string;

  @Column('varchar', { length: 20, nullable: true })
  linkType: NonNullable<Message['link']>['type'] | null;

  @Column('varchar', { length: 26, nullable: true })
  linkId: string | null;

  /** The outbox message that caused it; unique, so that a repeated delivery writes nothing. */
  @Column('varchar', { length: 26, nullable: true })
  sourceId: string | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  readAt: Date | null;
}
