import { Column, Entity, PrimaryColumn } from 'typeorm';

/** WeChat's access token, one row a mini-program, shared by all nodes. */
@Entity('wechat_tokens')
export class WechatToken {
  @PrimaryColumn('varchar', { length: 40 })
  appId: string;

  /** Encrypted: whoever holds it acts as the mini-program. */
  @Column('text')
  tokenSealed: string;

  /** Not used after that; two minutes before WeChat lets it run out. */
  @Column('datetime', { precision: 3 })
  goodUntil: Date;

  /** When a fresh one was last forced, which WeChat allows 20 times a day, 30 s apart. */
  @Column('datetime', { precision: 3, nullable: true })
  forcedAt: Date | null;
}
