import { Entity, PrimaryColumn } from 'typeorm';

/** A venue that a member of staff with a venue role is posted to. */
@Entity('staff_venues')
export class StaffVenue {
  @PrimaryColumn('varchar', { length: 26 })
  staffId: string;

  @PrimaryColumn('varchar', { length: 26 })
  venueId: string;
}
