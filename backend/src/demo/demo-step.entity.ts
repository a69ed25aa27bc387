import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A part of the demo data that is there, so that no start loads it twice. */
@Entity('demo_steps')
export class DemoStep {
  @PrimaryColumn('varchar', { length: 40 })
  name: string;

  @Column('datetime', { precision: 3 })
  doneAt: Date;
}
