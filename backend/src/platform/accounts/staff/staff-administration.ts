import { Inject, Injectable } from '@nestjs/common';
import { CITY_ZONE, type ZoneCode } from '@talent-card/shared/accounts/districts';
import type { StaffRole } from '@talent-card/shared/accounts/permissions';
import { createStaffSchema, type StaffMember } from '@talent-card/shared/accounts/schema';
import type { CursorQuery, Page } from '@talent-card/shared/common/schema';
import { AuditTrail } from '../../audit/audit-trail.js';
import { Clock } from '../../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../../config/config.js';
import { FieldCipher } from '../../crypto/field-cipher.js';
import { ReadDatabase } from '../../database/database.module.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import { type PageKey, pageByKey } from '../../database/key-cursor.js';
import type { Tx } from '../../database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, fieldError } from '../../errors/domain-error.js';
import { fieldProblems } from '../../http/field-problems.js';
import { newId } from '../../ids.js';
import { type Principal, type StaffPrincipal, system } from '../principal.js';
import { Sessions } from '../sessions.js';
import { hashPassword, newOneTimePassword, passwordMatches } from './passwords.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SignInThrottles } from './sign-in-throttles.js';
import { StaffAccessReset } from './staff-access.entities.js';
import { StaffDevices } from './staff-devices.js';
import { StaffGuard } from './staff-guard.entity.js';
import { StaffRow, type StaffStatus } from './staff-member.entity.js';
import { TOTP_PURPOSE } from './staff-sign-in.js';
import { StaffVenues, sameVenues } from './staff-venues.js';

const BY_USERNAME: PageKey<StaffRow> = { column: 'username', order: 'ASC', form: /^[a-z][a-z0-9._-]{2,49}$/ };
const ONE_TIME_PASSWORD_MS = 7 * 86_400_000;

export interface NewStaff {
  readonly username: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly zoneCode: ZoneCode;
  /** Where a venue role is posted to. */
  readonly venueIds?: readonly string[];
}
export interface SeededStaff extends NewStaff {
  readonly password: string;
  /** Base32. */
  readonly totpSecret: string;
}
export interface StaffChange {
  readonly version: number;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly zoneCode: ZoneCode;
  readonly venueIds?: readonly string[];
  readonly status: StaffStatus;
}
export type StaffQuery = CursorQuery & { q?: string; role?: string; status?: string };
export interface OneTimeAccess {
  readonly staff: StaffMember;
  readonly oneTimePassword: string;
}

const isActiveAdministrator = (staff: Pick<StaffRow, 'role' | 'status'>): boolean =>
  staff.role === 'system-administrator' && staff.status === 'active';

/** Who may work with the console. */
@Injectable()
export class StaffAdministration {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly sessions: Sessions,
    private readonly throttles: SignInThrottles,
    private readonly devices: StaffDevices,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly venues: StaffVenues,
    private readonly audit: AuditTrail,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** By user name. `q` is looked for in user name and display name. */
  async list(query: StaffQuery): Promise<Page<StaffMember>> {
    const found = this.database.manager.createQueryBuilder(StaffRow, 'staff');
    if (query.role) found.andWhere('staff.role = :role', { role: query.role });
    if (query.status) found.andWhere('staff.status = :status', { status: query.status });
    if (query.q) {
      const q = `%${query.q.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
      found.andWhere("(staff.username LIKE :q ESCAPE '!' OR LOWER(staff.displayName) LIKE :q ESCAPE '!')", {
        q,
      });
    }
    const total = await found.getCount();
    const { cursor, limit } = query;
    const page = await pageByKey(found, BY_USERNAME, { cursor, limit: Number(limit ?? 20) });
    return {
      items: await this.describe(page.items),
      nextCursor: page.nextCursor,
      total,
    };
  }

  /**
   * Makes a member of staff with a one-time password, which is told this once.
   * @throws DomainError STAFF_USERNAME_TAKEN; VALIDATION_FAILED at `venueIds`
   */
  async create(
    principal: Principal,
    member: NewStaff,
    idempotency?: IdempotencyContext,
  ): Promise<OneTimeAccess> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await hashPassword(oneTimePassword);
    const { venueIds = [] } = member;
    return this.unitOfWork.run(
      async (tx) => {
        await this.venues.assertFit(tx.manager, member.role, venueIds);
        const staff: StaffRow = {
          id: newId(tx.now),
          ...pick(member),
          status: 'active',
          passwordHash,
          mustChangePassword: true,
          passwordExpiresAt: new Date(tx.now.getTime() + ONE_TIME_PASSWORD_MS),
          totpSealed: null,
          totpLastStep: null,
          lastSignInAt: null,
          createdAt: tx.now,
          version: 1,
        };
        await this.insert(tx, staff, venueIds);
        await this.note(tx, principal, 'staff.create', staff.id);
        return { staff: await this.answer(tx, staff.id), oneTimePassword };
      },
      { idempotency },
    );
  }

  /**
   * Demo data and tests: a member of staff with a known password and an enrolled authenticator. One who exists
   * already stays as they are.
   * @throws Error in production
   */
  async createSeeded(member: SeededStaff): Promise<string> {
    if (this.config.APP_ENV === 'production') throw new Error('seeded staff are refused in production');
    const known = await this.database.manager.findOneBy(StaffRow, { username: member.username });
    if (known) return known.id;
    const passwordHash = await hashPassword(member.password);
    return this.unitOfWork.run(async (tx) => {
      const staff: StaffRow = {
        id: newId(tx.now),
        ...pick(member),
        status: 'active',
        passwordHash,
        mustChangePassword: false,
        passwordExpiresAt: null,
        totpSealed: this.cipher.encrypt(TOTP_PURPOSE, member.totpSecret),
        totpLastStep: null,
        lastSignInAt: null,
        createdAt: tx.now,
        version: 1,
      };
      await this.insert(tx, staff, member.venueIds ?? []);
      await this.note(tx, system('demo-data'), 'staff.create', staff.id);
      return staff.id;
    });
  }

  /** User names among `members` who may sign in with the password or the authenticator they were seeded with. */
  async stillSeeded(members: readonly SeededStaff[]): Promise<string[]> {
    const found: string[] = [];
    for (const { username, password, totpSecret } of members) {
      const staff = await this.database.manager.findOneBy(StaffRow, { username, status: 'active' });
      if (!staff) continue;
      const same =
        (staff.totpSealed !== null && this.cipher.decrypt(TOTP_PURPOSE, staff.totpSealed) === totpSecret) ||
        (await passwordMatches(staff.passwordHash, password));
      if (same) found.push(username);
    }
    return found;
  }

  /**
   * Changes name, role, zone, venues or status. Any change but that of the name ends the member's sessions at once.
   * @throws DomainError NOT_FOUND, STALE_VERSION, STAFF_SELF_CHANGE for one's own role, zone, venues or status,
   *   STAFF_LAST_ADMINISTRATOR; VALIDATION_FAILED at `venueIds`
   */
  update(
    principal: StaffPrincipal,
    staffId: string,
    change: StaffChange,
    idempotency?: IdempotencyContext,
  ): Promise<StaffMember> {
    return this.unitOfWork.run(
      async (tx) => {
        const before = await this.require(tx, staffId);
        const { version, venueIds = [], ...next } = change;
        const fields: string[] = (['displayName', 'role', 'zoneCode', 'status'] as const).filter(
          (field) => before[field] !== next[field],
        );
        const moved = !sameVenues(await this.venues.of(tx.manager, staffId), venueIds);
        if (moved) fields.push('venueIds');
        const onlyName = fields.every((field) => field === 'displayName');
        if (staffId === principal.staffId && !onlyName) throw new DomainError('STAFF_SELF_CHANGE');
        const losesAdministrator = isActiveAdministrator(before) && !isActiveAdministrator(next);
        if (losesAdministrator) await this.guardLastAdministrator(tx, staffId);
        if (moved || fields.includes('role')) await this.venues.assertFit(tx.manager, next.role, venueIds);
        await this.set(tx, staffId, version, next);
        if (moved) await this.venues.replace(tx, staffId, venueIds);
        if (!onlyName) await this.sessions.endAll(tx, staffId, 'staff-changed');
        await this.note(tx, principal, 'staff.update', staffId, fields);
        return this.answer(tx, staffId);
      },
      { idempotency },
    );
  }

  /**
   * For somebody who lost password or authenticator: a new one-time password, no authenticator, no sessions. The
   * reason is kept beside the audit entry.
   * @throws DomainError NOT_FOUND, STAFF_SELF_CHANGE
   */
  async resetAccess(
    principal: StaffPrincipal,
    staffId: string,
    reason: string,
    idempotency?: IdempotencyContext,
  ): Promise<OneTimeAccess> {
    const oneTimePassword = newOneTimePassword();
    const passwordHash = await hashPassword(oneTimePassword);
    return this.unitOfWork.run(
      async (tx) => {
        const staff = await this.require(tx, staffId);
        if (staffId === principal.staffId) throw new DomainError('STAFF_SELF_CHANGE');
        await this.set(tx, staffId, staff.version, {
          passwordHash,
          mustChangePassword: true,
          passwordExpiresAt: new Date(tx.now.getTime() + ONE_TIME_PASSWORD_MS),
          totpSealed: null,
          totpLastStep: null,
        });
        await this.recoveryCodes.removeAll(tx, staffId);
        await this.devices.forgetAll(tx, staffId);
        await this.sessions.endAll(tx, staffId, 'access-reset');
        await this.throttles.clearAll(tx, staff.username);
        await tx.manager.insert(StaffAccessReset, {
          id: newId(tx.now),
          staffId,
          byStaffId: principal.staffId,
          reason,
          at: tx.now,
        });
        await this.note(tx, principal, 'staff.reset-access', staffId);
        return { staff: await this.answer(tx, staffId), oneTimePassword };
      },
      { idempotency },
    );
  }

  /** Lifts the lock-outs that wrong tries caused, on every address. @throws DomainError NOT_FOUND */
  unlock(principal: StaffPrincipal, staffId: string, idempotency?: IdempotencyContext): Promise<StaffMember> {
    return this.unitOfWork.run(
      async (tx) => {
        const staff = await this.require(tx, staffId);
        await this.throttles.clearAll(tx, staff.username);
        await this.note(tx, principal, 'staff.unlock', staffId);
        return this.answer(tx, staffId);
      },
      { idempotency },
    );
  }

  /**
   * Refuses to take the last active system administrator away. Two administrators who disable each other at the same
   * moment change different rows, so neither sees the other: both change the guard's row first, which makes them come
   * one after the other on every engine (on Galera, where row locks do not reach other nodes, as a conflict).
   */
  private async guardLastAdministrator(tx: Tx, staffId: string): Promise<void> {
    await tx.manager.update(StaffGuard, { name: 'administrators' }, { changes: () => 'changes + 1' });
    const administrators = await tx.manager.findBy(StaffRow, {
      role: 'system-administrator',
      status: 'active',
    });
    if (!administrators.some((other) => other.id !== staffId))
      throw new DomainError('STAFF_LAST_ADMINISTRATOR');
  }

  private async set(tx: Tx, staffId: string, version: number, change: Partial<StaffRow>): Promise<void> {
    const { affected } = await tx.manager.update(
      StaffRow,
      { id: staffId, version },
      { ...change, version: version + 1 },
    );
    if (affected !== 1) throw new DomainError('STALE_VERSION');
  }

  private async insert(tx: Tx, staff: StaffRow, venueIds: readonly string[]): Promise<void> {
    try {
      await tx.manager.insert(StaffRow, staff);
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('STAFF_USERNAME_TAKEN');
      throw error;
    }
    await this.venues.add(tx, staff.id, venueIds);
  }

  private async require(tx: Tx, staffId: string): Promise<StaffRow> {
    const staff = await tx.manager.findOneBy(StaffRow, { id: staffId });
    if (!staff) throw new DomainError('NOT_FOUND');
    return staff;
  }

  private note(
    tx: Tx,
    principal: Principal,
    action: string,
    staffId: string,
    fields: string[] = [],
  ): Promise<void> {
    return this.audit.record(tx, principal, { action, objectType: 'staff', objectId: staffId, fields });
  }

  private async answer(tx: Tx, staffId: string): Promise<StaffMember> {
    const staff = await this.require(tx, staffId);
    const locked = await this.throttles.lockedUntil(tx.manager, [staff.username], tx.now);
    return memberOf(staff, await this.venues.of(tx.manager, staffId), locked.get(staff.username));
  }

  private async describe(rows: readonly StaffRow[]): Promise<StaffMember[]> {
    const usernames = rows.map((row) => row.username);
    const { manager } = this.database;
    const locked = await this.throttles.lockedUntil(manager, usernames, this.clock.now());
    const venues = await this.venues.ofMany(
      manager,
      rows.map((row) => row.id),
    );
    return rows.map((row) => memberOf(row, venues.get(row.id) ?? [], locked.get(row.username)));
  }
}

const pick = ({ username, displayName, role, zoneCode }: NewStaff) => ({
  username,
  displayName,
  role,
  zoneCode,
});

function memberOf(staff: StaffRow, venueIds: string[], lockedUntil: Date | undefined): StaffMember {
  return {
    staffId: staff.id,
    username: staff.username,
    displayName: staff.displayName,
    role: staff.role,
    zoneCode: staff.zoneCode,
    venueIds,
    status: staff.status,
    totpEnrolled: staff.totpSealed !== null,
    lockedUntil: lockedUntil?.toISOString() ?? null,
    lastSignInAt: staff.lastSignInAt?.toISOString() ?? null,
    createdAt: staff.createdAt.toISOString(),
    version: staff.version,
  };
}

/**
 * The command `staff create-admin`: with it a new installation begins, and gets back in when every administrator has
 * lost access. Whoever may run it holds the database already.
 * @returns the one-time password, told this once
 * @throws DomainError VALIDATION_FAILED with fields, STAFF_USERNAME_TAKEN
 */
export async function createFirstAdministrator(
  administration: StaffAdministration,
  { username, displayName }: Pick<NewStaff, 'username' | 'displayName'>,
): Promise<string> {
  const member = createStaffSchema.safeParse({
    username,
    displayName,
    role: 'system-administrator',
    zoneCode: CITY_ZONE,
  });
  if (!member.success) throw fieldError(...fieldProblems(member.error.issues));
  const { oneTimePassword } = await administration.create(system('command-line'), member.data);
  return oneTimePassword;
}
