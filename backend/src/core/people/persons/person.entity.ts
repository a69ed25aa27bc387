import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { IdentityType } from '@talent-card/shared/validators/identity-document';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Somebody whose identity document was checked. Made by the real-name proof only; one row for each document, held by
 * a unique key over type and blind index.
 */
@Entity('persons')
export class Person {
  @PrimaryColumn('varchar', { length: 26 })
  id: string;

  /** As the identity document has it. After erasure `已删除`. */
  @Column('varchar', { length: 60 })
  name: string;

  @Column('varchar', { length: 20 })
  identityType: IdentityType;

  /** Encrypted, purpose `persons.identity-number`. Null after erasure only. */
  @Column('varchar', { length: 255, nullable: true })
  identityNumber: string | null;

  /** Blind index, purpose `identity:<type>`, shared with the talent roster. Null after erasure only. */
  @Column('varchar', { length: 43, nullable: true })
  identityIndex: string | null;

  @Column('varchar', { length: 10, nullable: true })
  birthDate: string | null;

  /** Null where the document does not carry it. */
  @Column('varchar', { length: 6, nullable: true })
  sex: 'male' | 'female' | null;

  /** ISO 3166-1 alpha-3; `CHN` for resident identity cards. */
  @Column('varchar', { length: 3, nullable: true })
  nationality: string | null;

  /** Encrypted, purpose `persons.phone`: the number given for being reached, written by an application. */
  @Column('varchar', { length: 255, nullable: true })
  phone: string | null;

  /** Where the person works, from employment, roster or application; null is seen by the city only. */
  @Column('varchar', { length: 20, nullable: true })
  zoneCode: ZoneCode | null;

  @Column('datetime', { precision: 3, nullable: true })
  verifiedAt: Date | null;

  @Column('datetime', { precision: 3, nullable: true })
  erasedAt: Date | null;

  @Column('datetime', { precision: 3 })
  createdAt: Date;

  @Column('datetime', { precision: 3 })
  updatedAt: Date;
}
