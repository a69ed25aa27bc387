import type { Locale } from '@talent-card/shared/common/locale';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who signed in by WeChat at least once. An erased account keeps its row, empty, so that old tokens can be told. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 10 })
  status: 'active' | 'erased';

  /** WeChat's openid, encrypted; null once erased. */
  @Column('text', { nullable: true })
  openidSealed: string | null;

  /** Blind index of the openid, unique; null once erased, so that the next sign-in makes a fresh account. */
  @Column('varchar', { length: 64, nullable: true })
  openidIndex: string | null;

  /** The proven person; unique, so that a person has one living account. Written by `Accounts` alone. */
  @Column('varchar', { length: 26, nullable: true })
  personId: string | null;

  @Column('varchar', { length: 40, nullable: true })
  nickname: string | null;

  /** Mainland mobile number as WeChat verified it, encrypted. */
  @Column('text', { nullable: true })
  phoneSealed: string | null;

  /** Blind index of the number; not unique, since one number may serve two WeChat accounts. */
  @Column('varchar', { length: 64, nullable: true })
  phoneIndex: string | null;

  @Column('varchar', { length: 10 })
  locale: Locale;

  /** Counts the units that had the account's turn, see `Accounts.takeTurn`. */
  @Column('int', { default: 0 })
  turns: number;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  erasedAt: Date | null;
}
