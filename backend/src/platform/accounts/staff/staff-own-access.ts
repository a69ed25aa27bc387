import { Injectable } from '@nestjs/common';
import { mayUse, PERMISSIONS, type Permission } from '@talent-card/shared/accounts/permissions';
import type { StaffSelf } from '@talent-card/shared/accounts/schema';
import type { EntityManager } from 'typeorm';
import { AuditTrail } from '../../audit/audit-trail.js';
import { ReadDatabase } from '../../database/database.module.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import type { StaffPrincipal } from '../principal.js';
import { Sessions } from '../sessions.js';
import { hashPassword, passwordMatches, passwordProblem } from './passwords.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SignInThrottles } from './sign-in-throttles.js';
import { StaffRow } from './staff-member.entity.js';
import { StaffVenues } from './staff-venues.js';

const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

/** What members of staff do with their own access. */
@Injectable()
export class StaffOwnAccess {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly sessions: Sessions,
    private readonly throttles: SignInThrottles,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly venues: StaffVenues,
    private readonly audit: AuditTrail,
  ) {}

  async self(staffId: string, manager: EntityManager = this.database.manager): Promise<StaffSelf> {
    const staff = await manager.findOneByOrFail(StaffRow, { id: staffId });
    return {
      staffId,
      username: staff.username,
      displayName: staff.displayName,
      role: staff.role,
      zoneCode: staff.zoneCode,
      venueIds: await this.venues.of(manager, staffId),
      permissions: ALL_PERMISSIONS.filter((permission) => mayUse(permission, staff.role)),
      mustChangePassword: staff.mustChangePassword,
      recoveryCodesLeft: await this.recoveryCodes.left(manager, staffId),
    };
  }

  /**
   * Changes the password and ends the other sessions.
   * @throws DomainError STAFF_CREDENTIALS_WRONG, STAFF_LOCKED after five wrong ones, PASSWORD_TOO_WEAK with fields
   */
  async changePassword(principal: StaffPrincipal, current: string, next: string): Promise<void> {
    const staff = await this.database.manager.findOneByOrFail(StaffRow, { id: principal.staffId });
    const subjects = this.throttles.ofPasswordChange(staff.username);
    await this.unitOfWork.run((tx) => this.throttles.admit(tx, subjects));
    if (!(await passwordMatches(staff.passwordHash, current)))
      throw new DomainError('STAFF_CREDENTIALS_WRONG');
    const problem = current === next ? 'PASSWORD_TOO_COMMON' : passwordProblem(next, staff.username);
    if (problem) {
      throw new DomainError('PASSWORD_TOO_WEAK', { fields: [{ path: 'newPassword', code: problem }] });
    }
    const passwordHash = await hashPassword(next);
    await this.unitOfWork.run(async (tx) => {
      await this.throttles.clear(tx, subjects);
      const { affected } = await tx.manager.update(
        StaffRow,
        { id: staff.id, passwordHash: staff.passwordHash },
        { passwordHash, mustChangePassword: false, passwordExpiresAt: null },
      );
      // Reset or changed elsewhere since it was looked at: what was typed is not the present password any more.
      if (affected !== 1) throw new DomainError('STAFF_CREDENTIALS_WRONG');
      await this.sessions.endAll(tx, staff.id, 'password-changed', principal.sessionId);
      await this.audit.record(tx, principal, {
        action: 'staff.change-password',
        objectType: 'staff',
        objectId: staff.id,
        fields: ['password'],
      });
    });
  }

  renewRecoveryCodes(principal: StaffPrincipal): Promise<string[]> {
    return this.unitOfWork.run(async (tx) => {
      const codes = await this.recoveryCodes.renew(tx, principal.staffId);
      await this.audit.record(tx, principal, {
        action: 'staff.renew-recovery-codes',
        objectType: 'staff',
        objectId: principal.staffId,
      });
      return codes;
    });
  }
}
