import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import { StaffVenue } from '../src/platform/accounts/staff/staff-venue.entity.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import type { TestApp } from './harness.js';
import { type SignedInStaff, signInStaff } from './sign-in.js';

/**
 * A member of staff posted to venues, with a running session; the same role and venue are the same member. Sign in
 * anew after the clock has moved.
 */
export async function signInVenueStaff(
  test: TestApp,
  role: Extract<StaffRole, 'channel-editor' | 'venue-manager' | 'venue-clerk'>,
  ...venueIds: string[]
): Promise<SignedInStaff> {
  const staff = await signInStaff(
    test,
    role,
    '371000',
    `${role}-${venueIds.join('-').toLowerCase()}`.slice(0, 50),
  );
  await test.app.get(UnitOfWork).run(async (tx) => {
    await tx.manager.delete(StaffVenue, { staffId: staff.staffId });
    await tx.manager.insert(
      StaffVenue,
      venueIds.map((venueId) => ({ staffId: staff.staffId, venueId })),
    );
  });
  return staff;
}
