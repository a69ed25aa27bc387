import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One refresh token ever given out; the token itself is never stored. */
@Entity('refresh_tokens')
export class RefreshToken {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  @Column('varchar', { length: 26 })
  sessionId: string;

  /** SHA-256 of the token, base64url. The token is 256 random bits, so a plain digest is enough. */
  @Column('varchar', { length: 64 })
  tokenHash: string;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3, nullable: true })
  usedAt: Date | null;

  @Column('varchar', { length: 26, nullable: true })
  successorId: string | null;

  /** The successor, encrypted, for a client that lost the answer; emptied when the successor is used. */
  @Column('text', { nullable: true })
  successorSealed: string | null;
}
