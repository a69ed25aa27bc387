import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { CardState } from '@talent-card/shared/cards/card-state';
import type { CardCategory, CardKind } from '@talent-card/shared/cards/categories';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A card. At most one valid of a kind for a person, held by the database. */
@Entity('cards')
export class CardRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  personId: string;

  @Column('varchar', { length: 10 })
  kind: CardKind;

  /** Sixteen digits that say nothing about the holder. */
  @Column('varchar', { length: 16 })
  number: string;

  @Column('varchar', { length: 10 })
  status: CardState;

  @Column('varchar', { length: 1, nullable: true })
  category: CardCategory | null;

  /** The class of today; its past is in `card_class_periods`. Null where the city runs one class only. */
  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  @Column('varchar', { length: 20 })
  zoneCode: ZoneCode;

  @Column('varchar', { length: 10 })
  validFrom: string;

  /** Last day. */
  @Column('varchar', { length: 10 })
  validUntil: string;

  @Column('datetime', { precision: 3 })
  issuedAt: Date;

  /** `YYYY-MM` in Asia/Shanghai; counted by the workbench from the index alone. */
  @Column('varchar', { length: 7 })
  issuedMonth: string;

  /** Why it is suspended or revoked, read by its holder. */
  @Column('text', { nullable: true })
  statusReason: string | null;

  @Column('varchar', { length: 26, nullable: true })
  caseId: string | null;

  @Column('varchar', { length: 26, nullable: true })
  rosterEntryId: string | null;

  @Column('boolean')
  demo: boolean;

  @Column('int')
  version: number;

  /** Made by the database: the holder while the card is valid. Unique with the kind. */
  @Column({
    type: 'varchar',
    length: 26,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN status IN ('active', 'suspended', 'lost') THEN personId END",
  })
  validPersonId: string | null;
}

/** What happened to a card, who did it and why. */
@Entity('card_events')
export class CardEventRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  cardId: string;

  @Column('datetime', { precision: 3 })
  at: Date;

  @Column('varchar', { length: 20 })
  action:
    | 'issued'
    | 'suspended'
    | 'reported-lost'
    | 'restored'
    | 'revoked'
    | 'expired'
    | 'class-changed'
    | 'renewed';

  @Column('varchar', { length: 40, nullable: true })
  fromValue: string | null;

  @Column('varchar', { length: 40, nullable: true })
  toValue: string | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('varchar', { length: 10 })
  actorType: 'citizen' | 'staff' | 'system' | 'anonymous';

  @Column('varchar', { length: 40, nullable: true })
  actorId: string | null;

  /** Null for the system and the holder. */
  @Column('varchar', { length: 60, nullable: true })
  actorName: string | null;
}

/** One class of a card from a day on, until the next begins. */
@Entity('card_class_periods')
export class CardClassPeriodRow {
  @PrimaryColumn('varchar', { length: 26 })
  cardId: string;

  @PrimaryColumn('varchar', { length: 10 })
  validFrom: string;

  @Column('varchar', { length: 10 })
  cardClass: string;

  /** Last day; null for the class of today. */
  @Column('varchar', { length: 10, nullable: true })
  validUntil: string | null;
}

/** A class that the city runs. Without any, all cards are of one class that nobody sees. */
@Entity('card_classes')
export class CardClassRow {
  @PrimaryColumn('varchar', { length: 10 })
  code: string;

  @Column('varchar', { length: 40 })
  nameZh: string;

  @Column('varchar', { length: 60 })
  nameEn: string;

  @Column('int')
  position: number;

  /** Given where neither roster nor clerk names a class. */
  @Column('boolean')
  isDefault: boolean;
}
