import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isVenueRole, mayUse } from '@talent-card/shared/accounts/permissions';
import type { ClerkDevice, ClerkInvitation, ClerkSession } from '@talent-card/shared/card-code/schema';
import { clerkSessionMessage } from '@talent-card/shared/card-code/signed-texts';
import type { EntityManager } from 'typeorm';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { CitizenPrincipal, StaffPrincipal } from '../../platform/accounts/principal.js';
import { Sessions } from '../../platform/accounts/sessions.js';
import { StaffPrincipals } from '../../platform/accounts/staff/staff-principals.js';
import { StaffVenues } from '../../platform/accounts/staff/staff-venues.js';
import { AuditTrail } from '../../platform/audit/audit-trail.js';
import { FieldCipher } from '../../platform/crypto/field-cipher.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import type { Tx } from '../../platform/database/tx.js';
import { type IdempotencyContext, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { DomainError, fieldError } from '../../platform/errors/domain-error.js';
import { newId } from '../../platform/ids.js';
import { ClerkDevicesRepository } from './clerk-devices.repository.js';
import type { ClerkDeviceRow } from './code.entity.js';
import { assertClock } from './code-devices.js';
import { signedBy } from './ed25519.js';

const INVITATION_MS = 15 * 60_000;
const FORGET_INVITATIONS_MS = 86_400_000;
const ENROLMENT_INDEX = 'clerk-devices.enrolment';
/** No 0 and O, no 1, I and L: the code is read from one screen and typed on another. */
const READABLE = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

const newEnrolmentCode = (): string =>
  Array.from({ length: 10 }, () => READABLE.charAt(randomInt(READABLE.length))).join('');
const withoutParting = (code: string): string => code.toUpperCase().replace(/[^A-Z0-9]/g, '');

const clerkDeviceOf = (row: ClerkDeviceRow): ClerkDevice => ({
  deviceId: row.id,
  staffId: row.staffId,
  staffName: row.staffName,
  label: row.label,
  status: row.status,
  invitedAt: row.invitedAt.toISOString(),
  enrolledAt: row.enrolledAt?.toISOString() ?? null,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  revokedAt: row.revokedAt?.toISOString() ?? null,
});

/** A clerk's device whose key may sign uses made without network. */
export interface KnownClerkDevice {
  readonly deviceId: string;
  readonly staffId: string;
  readonly publicKey: string;
}

/** A phone that hands in what it signed, whether or not it is a clerk's any more. */
export interface HandingDevice extends KnownClerkDevice {
  /** As it was when the phone was invited. */
  readonly staffName: string;
  /** What was signed from then on is nobody's. Null where the phone was not revoked. */
  readonly revokedAt: Date | null;
}

/** Phones of clerks: invited by an administrator, bound to a WeChat account, a staff account and a key. */
@Injectable()
export class ClerkDevices {
  constructor(
    private readonly repository: ClerkDevicesRepository,
    private readonly staff: StaffPrincipals,
    private readonly staffVenues: StaffVenues,
    private readonly sessions: Sessions,
    private readonly cipher: FieldCipher,
    private readonly unitOfWork: UnitOfWork,
    private readonly units: CitizenUnits,
    private readonly database: ReadDatabase,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest first; a venue role sees those of people posted to its venues. */
  async list(principal: StaffPrincipal): Promise<ClerkDevice[]> {
    const { manager } = this.database;
    const rows = await this.repository.list(manager);
    if (!isVenueRole(principal.role)) return rows.map(clerkDeviceOf);
    const postings = await this.staffVenues.ofMany(
      manager,
      rows.map((row) => row.staffId),
    );
    return rows
      .filter(({ staffId }) => postings.get(staffId)?.some((venueId) => principal.venueIds.includes(venueId)))
      .map(clerkDeviceOf);
  }

  /**
   * Invites a device of somebody who may work at a window. The code is told this once.
   * @throws DomainError VALIDATION_FAILED at `staffId`
   */
  async invite(
    principal: StaffPrincipal,
    staffId: string,
    idempotency: IdempotencyContext,
  ): Promise<ClerkInvitation> {
    const code = newEnrolmentCode();
    return this.unitOfWork.run(
      async (tx) => {
        const clerk = await this.staff.find(tx.manager, staffId, '');
        if (!clerk || !mayUse('uses.record', clerk.role))
          throw fieldError({ path: 'staffId', code: 'NOT_ALLOWED' });
        const expiresAt = new Date(tx.now.getTime() + INVITATION_MS);
        const device: ClerkDeviceRow = {
          id: newId(tx.now),
          staffId,
          staffName: clerk.displayName,
          accountId: null,
          sessionId: null,
          label: '',
          publicKey: null,
          status: 'invited',
          enrolmentIndex: this.cipher.blindIndex(ENROLMENT_INDEX, code),
          enrolmentUntil: expiresAt,
          invitedByStaffId: principal.staffId,
          invitedAt: tx.now,
          enrolledAt: null,
          lastSignedAt: null,
          lastSeenAt: null,
          revokedAt: null,
          revokeReason: null,
        };
        await this.repository.add(tx, device);
        await this.note(tx, principal, 'clerk-devices.invite', device.id);
        return {
          device: clerkDeviceOf(device),
          enrolmentCode: `${code.slice(0, 5)}-${code.slice(5)}`,
          expiresAt: expiresAt.toISOString(),
        };
      },
      { idempotency },
    );
  }

  /** Binds the phone and begins its first twelve hours. @throws DomainError CLERK_CODE_INVALID */
  async enrol(
    citizen: CitizenPrincipal,
    { enrolmentCode, publicKey }: { enrolmentCode: string; publicKey: string },
    label: string,
    idempotency: IdempotencyContext,
  ): Promise<ClerkSession> {
    const index = this.cipher.blindIndex(ENROLMENT_INDEX, withoutParting(enrolmentCode));
    return this.units.run(
      citizen,
      async (tx) => {
        const device = await this.repository.invitation(tx.manager, index, tx.now);
        const clerk = device && (await this.working(tx.manager, device.staffId));
        if (!device || !clerk) throw new DomainError('CLERK_CODE_INVALID');
        const enrolled = await this.repository.change(tx, device.id, 'invited', {
          status: 'active',
          accountId: citizen.accountId,
          publicKey,
          label,
          enrolmentIndex: null,
          enrolmentUntil: null,
          enrolledAt: tx.now,
        });
        if (!enrolled) throw new DomainError('CLERK_CODE_INVALID');
        await this.note(tx, citizen, 'clerk-devices.enrol', device.id);
        return this.begin(tx, { ...device, label }, clerk);
      },
      { idempotency },
    );
  }

  /**
   * Twelve hours at the window for the account that enrolled the phone.
   * @throws DomainError CLERK_DEVICE_REVOKED also for a device of another account, CODE_CLOCK_WRONG,
   *   CODE_DEVICE_SIGNATURE also for a signature that was used before, STAFF_DISABLED, ACCOUNT_ERASED
   */
  async signIn(
    citizen: CitizenPrincipal,
    { deviceId, at, signature }: { deviceId: string; at: string; signature: string },
  ): Promise<ClerkSession> {
    return this.units.run(citizen, async (tx) => {
      const device = await this.repository.lockActive(tx, deviceId);
      const { publicKey, accountId } = device ?? { publicKey: null, accountId: null };
      if (!device || publicKey === null || accountId !== citizen.accountId)
        throw new DomainError('CLERK_DEVICE_REVOKED');
      assertClock(at, tx.now);
      const repeated = device.lastSignedAt !== null && Date.parse(at) <= device.lastSignedAt.getTime();
      if (repeated || !signedBy(publicKey, clerkSessionMessage(deviceId, at), signature))
        throw new DomainError('CODE_DEVICE_SIGNATURE');
      const clerk = await this.working(tx.manager, device.staffId);
      if (!clerk) throw new DomainError('STAFF_DISABLED');
      if (device.sessionId) await this.sessions.end(tx, device.staffId, device.sessionId, 'ended-elsewhere');
      await this.change(tx, deviceId, { lastSignedAt: new Date(at) });
      return this.begin(tx, device, clerk);
    });
  }

  /** Ends its session with it. @throws DomainError NOT_FOUND */
  async revoke(
    principal: StaffPrincipal,
    deviceId: string,
    reason: string,
    idempotency: IdempotencyContext,
  ): Promise<ClerkDevice> {
    return this.unitOfWork.run(
      async (tx) => {
        const device = await this.repository.find(tx.manager, deviceId);
        if (!device) throw new DomainError('NOT_FOUND');
        await this.end(tx, deviceId, reason);
        await this.note(tx, principal, 'clerk-devices.revoke', deviceId);
        const revoked = await this.repository.find(tx.manager, deviceId);
        return clerkDeviceOf(revoked ?? device);
      },
      { idempotency },
    );
  }

  /** The device, if it is active and this member of staff's. */
  async known(manager: EntityManager, deviceId: string, staffId: string): Promise<KnownClerkDevice | null> {
    const device = await this.repository.find(manager, deviceId);
    if (device?.status !== 'active' || device.staffId !== staffId || device.publicKey === null) return null;
    return { deviceId, staffId, publicKey: device.publicKey };
  }

  /**
   * For whoever is at the window with a phone: that the phone still is a clerk's. Its session ends with it, but a
   * session is believed for a moment. A desk of the console has no phone.
   * @throws DomainError CLERK_DEVICE_REVOKED
   */
  async assertWorking(
    manager: EntityManager,
    { clerkDeviceId, staffId }: Pick<StaffPrincipal, 'clerkDeviceId' | 'staffId'>,
  ): Promise<void> {
    if (clerkDeviceId === undefined) return;
    if (!(await this.known(manager, clerkDeviceId, staffId))) throw new DomainError('CLERK_DEVICE_REVOKED');
  }

  /**
   * The phone that an account enrolled, in whatever state: its key still tells what it signed before.
   * @throws DomainError CLERK_DEVICE_REVOKED for a phone of another account, or one that was never enrolled
   */
  async handing(manager: EntityManager, accountId: string, deviceId: string): Promise<HandingDevice> {
    const device = await this.repository.find(manager, deviceId);
    if (!device || device.accountId !== accountId || device.publicKey === null)
      throw new DomainError('CLERK_DEVICE_REVOKED');
    const { staffId, staffName, publicKey, revokedAt } = device;
    return { deviceId, staffId, staffName, publicKey, revokedAt };
  }

  /** Since when phones are revoked; those that are not are left out. */
  async revokedSince(manager: EntityManager, deviceIds: readonly string[]): Promise<Map<string, Date>> {
    const rows = await this.repository.findMany(manager, deviceIds);
    return new Map(rows.flatMap(({ id, revokedAt }) => (revokedAt ? [[id, revokedAt] as const] : [])));
  }

  /** Also of a phone that was revoked: that it was heard of since is worth knowing. */
  async noteSeen(tx: Tx, deviceId: string): Promise<void> {
    await this.repository.noteSeen(tx, deviceId);
  }

  /** Those that an account enrolled, in whatever state, newest first. */
  async ofAccount(manager: EntityManager, accountId: string): Promise<ClerkDevice[]> {
    return (await this.repository.ofAccount(manager, accountId)).map(clerkDeviceOf);
  }

  /** Somebody whose WeChat account goes can no longer sign in with it. */
  async erase(tx: Tx, accountId: string): Promise<void> {
    for (const device of await this.repository.ofAccount(tx.manager, accountId)) {
      await this.end(tx, device.id, null);
      await this.repository.change(tx, device.id, 'revoked', { accountId: null, label: '' });
    }
  }

  async forgetInvitations(tx: Tx): Promise<void> {
    await this.repository.forgetInvitations(tx, new Date(tx.now.getTime() - FORGET_INVITATIONS_MS));
  }

  /** Its session is the one that it has once nobody signs in with it any more, not the one that was seen before. */
  private async end(tx: Tx, deviceId: string, revokeReason: string | null): Promise<void> {
    const device = await this.repository.revoke(tx, deviceId, revokeReason);
    if (device?.sessionId) await this.sessions.end(tx, device.staffId, device.sessionId, 'device-revoked');
  }

  /** Changes an active device. @throws DomainError CLERK_DEVICE_REVOKED when somebody was faster to revoke it */
  private async change(tx: Tx, deviceId: string, change: Partial<ClerkDeviceRow>): Promise<void> {
    if (!(await this.repository.change(tx, deviceId, 'active', change)))
      throw new DomainError('CLERK_DEVICE_REVOKED');
  }

  private async begin(tx: Tx, device: ClerkDeviceRow, clerk: StaffPrincipal): Promise<ClerkSession> {
    const session = await this.sessions.startAtWindow(tx, device.staffId, device.id, device.label);
    const { sessionId } = session;
    await this.change(tx, device.id, { sessionId, lastSeenAt: tx.now });
    const { staffId, displayName, venueIds } = clerk;
    return {
      deviceId: device.id,
      accessToken: session.accessToken,
      accessTokenExpiresAt: session.accessTokenExpiresAt.toISOString(),
      staff: { staffId, displayName, venueIds: [...venueIds] },
      serverTime: tx.now.toISOString(),
    };
  }

  private async working(manager: EntityManager, staffId: string): Promise<StaffPrincipal | null> {
    const clerk = await this.staff.find(manager, staffId, '');
    return clerk && mayUse('uses.record', clerk.role) ? clerk : null;
  }

  private async note(
    tx: Tx,
    principal: CitizenPrincipal | StaffPrincipal,
    action: string,
    deviceId: string,
  ): Promise<void> {
    await this.audit.record(tx, principal, { action, objectType: 'clerk-device', objectId: deviceId });
  }
}
