import { CITY_ZONE } from '@talent-card/shared/accounts/districts';
import type { Permission } from '@talent-card/shared/accounts/permissions';
import type { StaffSelf } from '@talent-card/shared/accounts/schema';
import { useSession } from './services/session.js';

/**
 * What is shown to whom. The list of permissions comes from the server with the session; hiding is courtesy, the
 * server decides each call anew.
 */
export function may(staff: StaffSelf | null, permission: Permission): boolean {
  return staff?.permissions.includes(permission) ?? false;
}

export function useMay(): (permission: Permission) => boolean {
  const staff = useSession((session) => session.staff);
  return (permission) => may(staff, permission);
}

/** Where somebody begins: offices at their workbench, staff of venues with whoever comes, editors with their channels. */
export function startOf(may: (permission: Permission) => boolean): string | null {
  if (may('workbench.read')) return null;
  if (may('bookings.check-in')) return '/arrivals';
  if (may('channels.edit')) return '/channels';
  return '/account';
}

/** Staff of a district see its rows only, so a choice of zone would be an empty promise to them. */
export function useSeesAllZones(): boolean {
  return useSession((session) => session.staff?.zoneCode === CITY_ZONE);
}
