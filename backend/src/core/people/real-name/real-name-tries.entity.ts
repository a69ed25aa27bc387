import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Tries to prove a real name, counted for an account and for a document over all accounts; and tries of a person to name
 * the document that they proved it with. Kept 30 days.
 */
@Entity('real_name_tries')
export class RealNameTries {
  /** `a:<account id>`, `d:<blind index of the document>` or `p:<person id>`. */
  @PrimaryColumn('varchar', { length: 60 })
  subject: string;

  /** Service day. */
  @PrimaryColumn('varchar', { length: 10 })
  day: string;

  @Column('int')
  tries: number;
}
