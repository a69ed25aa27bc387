import { Injectable } from '@nestjs/common';
import type { ZoneCode } from '@talent-card/shared/accounts/districts';
import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import type { Persona } from '@talent-card/shared/accounts/schema';

/** A member of staff of the demo data, with what a visitor needs to sign in as them. */
export interface SandboxStaff {
  readonly username: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly zoneCode: ZoneCode;
  readonly password: string;
  /** Base32. */
  readonly totpSecret: string;
}

/**
 * Made-up people to sign in as, shown in the sandbox only. Core and the demo data fill it when they start; the
 * platform invents nobody.
 */
@Injectable()
export class SandboxPersonas {
  private citizens: readonly Persona[] = [];
  private members: readonly SandboxStaff[] = [];

  /** Each persona's `code` is `sandbox:<lower-case letters, digits, hyphens>`. */
  registerCitizens(personas: readonly Persona[]): void {
    this.citizens = [...this.citizens, ...personas];
  }

  registerStaff(members: readonly SandboxStaff[]): void {
    this.members = [...this.members, ...members];
  }

  listCitizens(): readonly Persona[] {
    return this.citizens;
  }

  listStaff(): readonly SandboxStaff[] {
    return this.members;
  }
}
