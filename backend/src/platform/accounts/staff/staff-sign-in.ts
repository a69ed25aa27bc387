import { Injectable } from '@nestjs/common';
import type { StaffChallenge } from '@talent-card/shared/accounts/schema';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { AuditTrail } from '../../audit/audit-trail.js';
import { Clock } from '../../clock/clock.js';
import { FieldCipher } from '../../crypto/field-cipher.js';
import { ReadDatabase } from '../../database/database.module.js';
import type { Tx } from '../../database/tx.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { newId } from '../../ids.js';
import { AccessTokens } from '../access-tokens.js';
import { ANONYMOUS } from '../principal.js';
import { Sessions, type SessionTokens } from '../sessions.js';
import { passwordMatches } from './passwords.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SignInThrottles, type ThrottleSubject } from './sign-in-throttles.js';
import { StaffChallengeRow } from './staff-access.entities.js';
import { StaffDevices } from './staff-devices.js';
import { StaffRow } from './staff-member.entity.js';
import { newTotpSecret, otpauthUri, totpStepOf } from './totp.js';

const CHALLENGE_MS = 5 * 60_000;
const TRIES_PER_CHALLENGE = 5;
export const TOTP_PURPOSE = 'staff.totp-secret';

export interface StaffOrigin {
  readonly address: string;
  /** Value of the known-device cookie, if the browser sent one. */
  readonly deviceToken: string | undefined;
  readonly deviceLabel: string;
}

export interface StaffSignedIn {
  readonly tokens: SessionTokens;
  /** New value of the known-device cookie; null when the browser was known. */
  readonly deviceToken: string | null;
  /** Set when the authenticator was enrolled in this sign-in. */
  readonly recoveryCodes: string[] | null;
}

type Confirmed =
  | { outcome: 'signed-in'; signedIn: StaffSignedIn }
  | { outcome: 'refused'; refusal: DomainError };

/** Password, then authenticator. Neither answer tells whether a user name exists. */
@Injectable()
export class StaffSignIn {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly tokens: AccessTokens,
    private readonly sessions: Sessions,
    private readonly throttles: SignInThrottles,
    private readonly devices: StaffDevices,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * The first step. A right password is answered with a challenge; with the secret to enrol, if there is no
   * authenticator yet.
   * @throws DomainError STAFF_CREDENTIALS_WRONG, STAFF_LOCKED, and STAFF_DISABLED after the right password only
   */
  async checkPassword(username: string, password: string, origin: StaffOrigin): Promise<StaffChallenge> {
    const name = username.toLowerCase();
    const { manager } = this.database;
    const staff = await manager.findOneBy(StaffRow, { username: name });
    const deviceId = staff
      ? await this.devices.find(manager, origin.deviceToken, staff.id, this.clock.now())
      : null;
    const subjects = this.throttles.ofPassword({ username: name, address: origin.address, deviceId });
    const exhausted = await this.unitOfWork.run((tx) => this.throttles.admit(tx, subjects));

    const right = await passwordMatches(staff?.passwordHash ?? null, password);
    const expired = staff?.passwordExpiresAt ? staff.passwordExpiresAt <= this.clock.now() : false;
    if (!staff || !right || expired) {
      await this.noteFailure(staff, exhausted ? 'staff.lock-out' : 'staff.sign-in-failed');
      throw new DomainError('STAFF_CREDENTIALS_WRONG');
    }
    if (staff.status !== 'active') throw new DomainError('STAFF_DISABLED');
    return this.unitOfWork.run((tx) => this.challenge(tx, staff, subjects));
  }

  /**
   * The second step: six digits, or a recovery code.
   * @throws DomainError TOTP_WRONG, TOTP_CHALLENGE_EXPIRED (also after five tries), STAFF_LOCKED, STAFF_DISABLED,
   *   TOTP_ENROLMENT_REQUIRED for a recovery code before there is an authenticator
   */
  async confirm(challenge: string, code: string, origin: StaffOrigin): Promise<StaffSignedIn> {
    const { challengeId, staffId } = await this.tokens.verifyChallenge(challenge);
    const confirmed = await this.unitOfWork.run((tx) =>
      this.confirmIn(tx, challengeId, staffId, code, origin),
    );
    // Thrown only here: inside, it would take the count of the try back.
    if (confirmed.outcome === 'refused') throw confirmed.refusal;
    return confirmed.signedIn;
  }

  /** @throws DomainError REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED, STAFF_DISABLED */
  refresh(refreshToken: string): Promise<SessionTokens> {
    return this.sessions.refresh('staff', refreshToken, async (tx, staffId) => {
      if (!(await tx.manager.existsBy(StaffRow, { id: staffId, status: 'active' })))
        throw new DomainError('STAFF_DISABLED');
    });
  }

  /** Forgets challenges and devices whose time is over; a job calls it. */
  async forget(tx: Tx): Promise<void> {
    await tx.manager.delete(StaffChallengeRow, { expiresAt: LessThan(tx.now) });
    await this.devices.forgetOld(tx);
    await this.throttles.forget(tx);
  }

  private async noteFailure(staff: StaffRow | null, action: string): Promise<void> {
    await this.unitOfWork.run((tx) =>
      this.audit.record(tx, ANONYMOUS, { action, objectType: 'staff', objectId: staff?.id ?? null }),
    );
  }

  private async challenge(
    tx: Tx,
    staff: StaffRow,
    subjects: readonly ThrottleSubject[],
  ): Promise<StaffChallenge> {
    await this.throttles.clear(tx, subjects);
    const secret = staff.totpSealed === null ? newTotpSecret() : null;
    const row: StaffChallengeRow = {
      id: newId(tx.now),
      staffId: staff.id,
      tries: 0,
      enrolmentSealed: secret === null ? null : this.cipher.encrypt(TOTP_PURPOSE, secret),
      expiresAt: new Date(tx.now.getTime() + CHALLENGE_MS),
      doneAt: null,
    };
    await tx.manager.insert(StaffChallengeRow, row);
    return {
      challenge: await this.tokens.signChallenge({ challengeId: row.id, staffId: staff.id }, row.expiresAt),
      expiresAt: row.expiresAt.toISOString(),
      enrolment: secret === null ? null : { secret, otpauthUri: otpauthUri(secret, staff.username) },
    };
  }

  private async confirmIn(
    tx: Tx,
    challengeId: string,
    staffId: string,
    code: string,
    origin: StaffOrigin,
  ): Promise<Confirmed> {
    const challenge = await this.takeTry(tx, challengeId);
    const staff = await tx.manager.findOneByOrFail(StaffRow, { id: staffId });
    if (staff.status !== 'active') throw new DomainError('STAFF_DISABLED');
    const deviceId = await this.devices.find(tx.manager, origin.deviceToken, staffId, tx.now);
    const subjects = this.throttles.ofTotp(staff.username, deviceId);
    const exhausted = await this.throttles.admit(tx, subjects);
    const refusal = await this.refusalOf(tx, staff, challenge, code);
    if (refusal) {
      await this.audit.record(tx, ANONYMOUS, {
        action: exhausted ? 'staff.lock-out' : 'staff.second-step-failed',
        objectType: 'staff',
        objectId: staff.id,
      });
      return { outcome: 'refused', refusal };
    }
    await this.throttles.clear(tx, subjects);
    await tx.manager.update(StaffChallengeRow, { id: challenge.id }, { doneAt: tx.now });
    return { outcome: 'signed-in', signedIn: await this.enter(tx, staff, challenge, deviceId, origin) };
  }

  private async takeTry(tx: Tx, challengeId: string): Promise<StaffChallengeRow> {
    const open = { id: challengeId, doneAt: IsNull(), expiresAt: MoreThan(tx.now) };
    const { affected } = await tx.manager.update(
      StaffChallengeRow,
      { ...open, tries: LessThan(TRIES_PER_CHALLENGE) },
      { tries: () => 'tries + 1' },
    );
    if (affected !== 1) throw new DomainError('TOTP_CHALLENGE_EXPIRED');
    return tx.manager.findOneByOrFail(StaffChallengeRow, { id: challengeId });
  }

  /** What is wrong with the code, or null when it is right and taken. */
  private async refusalOf(
    tx: Tx,
    staff: StaffRow,
    challenge: StaffChallengeRow,
    code: string,
  ): Promise<DomainError | null> {
    const digits = code.replace(/\s/g, '');
    const wrong = new DomainError('TOTP_WRONG');
    if (!/^\d{6}$/.test(digits)) {
      if (challenge.enrolmentSealed !== null) return new DomainError('TOTP_ENROLMENT_REQUIRED');
      return (await this.recoveryCodes.use(tx, staff.id, code)) ? null : wrong;
    }
    const sealed = challenge.enrolmentSealed ?? staff.totpSealed;
    if (sealed === null) return new DomainError('TOTP_CHALLENGE_EXPIRED');
    const step = totpStepOf(this.cipher.decrypt(TOTP_PURPOSE, sealed), digits, tx.now);
    if (step === null) return wrong;
    if (challenge.enrolmentSealed !== null) return this.enrol(tx, staff, challenge.enrolmentSealed, step);
    // Only a later step than the last one taken: a code that was looked at over a shoulder does not open twice.
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(StaffRow)
      .set({ totpLastStep: step })
      .where('id = :id AND (totpLastStep IS NULL OR totpLastStep < :step)', { id: staff.id, step })
      .execute();
    return affected === 1 ? null : wrong;
  }

  private async enrol(
    tx: Tx,
    staff: StaffRow,
    totpSealed: string,
    step: number,
  ): Promise<DomainError | null> {
    const { affected } = await tx.manager.update(
      StaffRow,
      { id: staff.id, totpSealed: IsNull() },
      { totpSealed, totpLastStep: step },
    );
    // Somebody enrolled another authenticator meanwhile: this one must not take its place.
    return affected === 1 ? null : new DomainError('TOTP_CHALLENGE_EXPIRED');
  }

  private async enter(
    tx: Tx,
    staff: StaffRow,
    challenge: StaffChallengeRow,
    deviceId: string | null,
    origin: StaffOrigin,
  ): Promise<StaffSignedIn> {
    const enrolled = challenge.enrolmentSealed !== null;
    const recoveryCodes = enrolled ? await this.recoveryCodes.renew(tx, staff.id) : null;
    await tx.manager.update(StaffRow, { id: staff.id }, { lastSignInAt: tx.now });
    const tokens = await this.sessions.start(tx, 'staff', staff.id, origin.deviceLabel);
    const deviceToken = deviceId === null ? await this.devices.remember(tx, staff.id) : null;
    const principal = {
      type: 'staff',
      staffId: staff.id,
      sessionId: tokens.sessionId,
      role: staff.role,
      zoneCode: staff.zoneCode,
      venueIds: [],
      displayName: staff.displayName,
    } as const;
    await this.audit.record(tx, principal, {
      action: enrolled ? 'staff.enrol-authenticator' : 'staff.sign-in',
      objectType: 'staff',
      objectId: staff.id,
    });
    return { tokens, deviceToken, recoveryCodes };
  }
}
