import type { CardKind } from '@talent-card/shared/cards/categories';
import type { ChannelGroup, ChannelUse } from '@talent-card/shared/channels/channel-groups';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A green channel as it stands in the service hall and on its page. Never deleted, only withdrawn. */
@Entity('channels')
export class ChannelRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** As the city counts its channels. */
  @Column('int')
  number: number;

  @Column('varchar', { length: 20 })
  channelGroup: ChannelGroup;

  @Column('varchar', { length: 10 })
  usedBy: ChannelUse;

  @Column('varchar', { length: 10 })
  status: 'draft' | 'published' | 'withdrawn';

  @Column('varchar', { length: 30 })
  nameZh: string;

  @Column('varchar', { length: 60 })
  nameEn: string;

  /** JSON: summary, provider, the five blocks and the companion rule, each in both languages. */
  @Column('text')
  texts: string;

  /** What a search looks through: names and provider, their full pinyin and its initials; lower case. */
  @Column('text')
  search: string;

  @Column('varchar', { length: 30 })
  hotline: string;

  @Column('varchar', { length: 300, nullable: true })
  officialLink: string | null;

  /** JSON; null where nothing is booked. */
  @Column('text', { nullable: true })
  booking: string | null;

  @Column('varchar', { length: 12 })
  offline: 'allowed' | 'online-only';

  @Column('varchar', { length: 10, nullable: true })
  sensitive: 'health' | 'minor' | null;

  @Column('boolean')
  provincialCard: boolean;

  @Column('boolean')
  foreignersOnly: boolean;

  @Column('varchar', { length: 40, nullable: true })
  fundingGroup: string | null;

  @Column('boolean')
  perVenue: boolean;

  @Column('varchar', { length: 60, nullable: true })
  documentNumber: string | null;

  @Column('boolean')
  demo: boolean;

  @Column('int')
  version: number;

  @Column('datetime', { precision: 3 })
  updatedAt: Date;
}

/** Where a channel is used, in the order in which its page shows the venues. */
@Entity('channel_venues')
export class ChannelVenueRow {
  @PrimaryColumn('varchar', { length: 26 })
  channelId: string;

  @PrimaryColumn('varchar', { length: 26 })
  venueId: string;

  @Column('int')
  position: number;
}

/** A cell of the class × quota matrix during some days. */
@Entity('channel_terms')
export class ChannelTermsRow {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  channelId: string;

  /** Place in the matrix as its editor wrote it. */
  @Column('int')
  position: number;

  @Column('varchar', { length: 10 })
  cardKind: CardKind;

  /** Null: every class without a cell of its own. */
  @Column('varchar', { length: 10, nullable: true })
  cardClass: string | null;

  @Column('varchar', { length: 10 })
  effectiveFrom: string;

  /** Last day; null: until further notice. */
  @Column('varchar', { length: 10, nullable: true })
  effectiveTo: string | null;

  /** JSON. */
  @Column('text')
  limits: string;

  @Column('int')
  companions: number;

  @Column('int', { nullable: true })
  discountPercent: number | null;

  @Column('int', { nullable: true })
  capCents: number | null;

  /** Made by the database: the class, empty for every class, so that a unique key counts null too. */
  @Column({
    type: 'varchar',
    length: 10,
    nullable: true,
    select: false,
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: "CASE WHEN cardClass IS NULL THEN '' ELSE cardClass END",
  })
  classKey: string | null;
}
