import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A day that the operator set by hand: a holiday announced late, or one of Weihai alone. */
@Entity('calendar_overrides')
export class CalendarOverride {
  @PrimaryColumn('varchar', { length: 10 })
  date: string;

  @Column('varchar', { length: 20 })
  kind: 'holiday' | 'workday' | 'make-up-workday';

  @Column('varchar', { length: 50, nullable: true })
  name: string | null;

  /** Staff id. */
  @Column('varchar', { length: 26 })
  overriddenBy: string;

  @Column('datetime', { precision: 3 })
  overriddenAt: Date;
}
