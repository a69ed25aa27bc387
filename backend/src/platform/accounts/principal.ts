import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { Actor, StaffRole } from '@talent-card/shared/accounts/permissions';

/** A citizen signed in by WeChat; `personId` is null until the real name is proved. */
export interface CitizenPrincipal {
  readonly type: 'citizen';
  readonly accountId: string;
  readonly sessionId: string;
  readonly personId: string | null;
}
/** A citizen with a proven real name. */
export interface PersonPrincipal extends CitizenPrincipal {
  readonly personId: string;
}
export interface StaffPrincipal {
  readonly type: 'staff';
  readonly staffId: string;
  readonly sessionId: string;
  readonly role: StaffRole;
  readonly zoneCode: ZoneCode;
  /** Venues that a venue role is posted to; empty for roles of offices. */
  readonly venueIds: readonly string[];
  readonly displayName: string;
  /** Set in a session of an enrolled clerk device, which opens the routes of the window and no others. */
  readonly clerkDeviceId?: string;
}
/** The service itself: jobs, outbox handlers, the command line. */
export interface SystemPrincipal {
  readonly type: 'system';
  readonly name: string;
}
export interface AnonymousPrincipal {
  readonly type: 'anonymous';
}
/** Who is behind a call. */
export type Principal = CitizenPrincipal | StaffPrincipal | SystemPrincipal | AnonymousPrincipal;

export const ANONYMOUS: AnonymousPrincipal = { type: 'anonymous' };
export const system = (name: string): SystemPrincipal => ({ type: 'system', name });

/** The row of the permission table that a caller stands in. */
export function actorOf(principal: Principal): Actor {
  switch (principal.type) {
    case 'staff':
      return principal.role;
    case 'citizen':
      return principal.personId === null ? 'citizen' : 'person';
    default:
      return 'anonymous';
  }
}
