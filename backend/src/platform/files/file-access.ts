import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StaffPrincipal } from '../accounts/principal.js';

/** Says whether a member of staff may see what hangs on this object; false also when there is none. */
export type StaffMaySee = (
  manager: EntityManager,
  staff: StaffPrincipal,
  objectId: string,
) => Promise<boolean>;

/** Files know nothing of cases: whoever attaches files to its objects says who among staff may see them. */
@Injectable()
export class FileAccess {
  private readonly rules = new Map<string, StaffMaySee>();

  /** @param objectType as given to `Files.attach`, such as `case` */
  register(objectType: string, rule: StaffMaySee): void {
    this.rules.set(objectType, rule);
  }

  async staffMaySee(
    manager: EntityManager,
    staff: StaffPrincipal,
    objectType: string,
    objectId: string,
  ): Promise<boolean> {
    return (await this.rules.get(objectType)?.(manager, staff, objectId)) ?? false;
  }
}
