import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Tries to prove a real name, counted for an account and for a document over all accounts. Kept 30 days. */
@Entity('real_name_tries')
export class RealNameTries {
  /** `a:<account id>` or `d:<blind index of the document>`. */
  @PrimaryColumn('varchar', { length: 60 })
  subject: string;

  /** Service day. */
  @PrimaryColumn('varchar', { length: 10 })
  day: string;

  @Column('int')
  tries: number;
}
