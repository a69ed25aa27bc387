import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThan, MoreThan } from 'typeorm';
import { FieldCipher } from '../../crypto/field-cipher.js';
import { isUniqueViolation } from '../../database/database-errors.js';
import type { Tx } from '../../database/tx.js';
import { DomainError } from '../../errors/domain-error.js';
import { SignInThrottle } from './staff-access.entities.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

interface Policy {
  /** Tries are remembered so long after the last. */
  readonly window: number;
  /** How long the subject waits after its n-th try within the window; 0 to go on. */
  block(failures: number): number;
}

const POLICIES = {
  /** Five tries, then 15 minutes, for this one pair of user name and address (or known device) alone. */
  pair: { window: 15 * MINUTE, block: (failures) => (failures >= 5 ? 15 * MINUTE : 0) },
  /** A user name over all addresses: 20 tries, then waits of 5 s, 10 s, … never above five minutes. */
  username: {
    window: 60 * MINUTE,
    block: (failures) => (failures < 20 ? 0 : Math.min(5 * SECOND * 2 ** (failures - 20), 5 * MINUTE)),
  },
  /** Codes of an authenticator over all challenges of one device, or of all unknown devices together. */
  totp: { window: 15 * MINUTE, block: (failures) => (failures >= 8 ? 5 * MINUTE : 0) },
  /** The present password, asked for when changing it. */
  password: { window: 15 * MINUTE, block: (failures) => (failures >= 5 ? 5 * MINUTE : 0) },
} as const satisfies Record<string, Policy>;

type Kind = keyof typeof POLICIES;

export interface ThrottleSubject {
  readonly kind: Kind;
  readonly subject: string;
  readonly usernameIndex: string;
}

/** Where a try comes from. */
export interface TryOrigin {
  readonly username: string;
  readonly address: string;
  /** Set when the browser holds a cookie of an earlier, completed sign-in of this very user name. */
  readonly deviceId: string | null;
}

const lockedFor = (milliseconds: number): DomainError =>
  new DomainError('STAFF_LOCKED', { retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / SECOND)) });

/** One household or office of IPv6 owns a whole /64: a single machine there has as many addresses as it likes. */
function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array<string>(8 - left.length - right.length).fill('0') : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

/**
 * Slows guessing down without letting anybody lock somebody else out. A try is counted before the password is looked
 * at, in a committed transaction, so that a hundred at once do not all slip in before the first is counted; success
 * takes the count away. Tries refused here are not counted: hammering does not prolong a wait.
 *
 * A known device counts by itself alone. Whoever hammers a user name, even from the same address, does not hold up
 * its owner at their usual desk; on a new device the owner waits five minutes at the most for a turn.
 */
@Injectable()
export class SignInThrottles {
  constructor(private readonly cipher: FieldCipher) {}

  ofPassword(origin: TryOrigin): ThrottleSubject[] {
    const { username, address, deviceId } = origin;
    if (deviceId !== null) return [this.subject('pair', username, `device ${deviceId}`)];
    return [
      this.subject('pair', username, `address ${addressBlock(address)}`),
      this.subject('username', username, ''),
    ];
  }

  ofTotp(username: string, deviceId: string | null): ThrottleSubject[] {
    return [this.subject('totp', username, deviceId === null ? 'new' : `device ${deviceId}`)];
  }

  ofPasswordChange(username: string): ThrottleSubject[] {
    return [this.subject('password', username, '')];
  }

  /**
   * Counts one try against each subject.
   * @returns true when this try used up what a subject has
   * @throws DomainError STAFF_LOCKED with retryAfterSeconds; then nothing is counted
   */
  async admit(tx: Tx, subjects: readonly ThrottleSubject[]): Promise<boolean> {
    let exhausted = false;
    for (const subject of subjects) exhausted = (await this.count(tx, subject)) || exhausted;
    return exhausted;
  }

  /** A right answer takes the tries away. */
  async clear(tx: Tx, subjects: readonly ThrottleSubject[]): Promise<void> {
    for (const { subject } of subjects) await tx.manager.delete(SignInThrottle, { subject });
  }

  /** Lifts everything that holds a user name up, on all addresses. */
  async clearAll(tx: Tx, username: string): Promise<void> {
    await tx.manager.delete(SignInThrottle, { usernameIndex: this.usernameIndex(username) });
  }

  /** Until when some try for each of the user names is refused somewhere; absent when none is. */
  async lockedUntil(
    manager: EntityManager,
    usernames: readonly string[],
    now: Date,
  ): Promise<Map<string, Date>> {
    const locked = new Map<string, Date>();
    for (const username of usernames) {
      const row = await manager.findOne(SignInThrottle, {
        where: { usernameIndex: this.usernameIndex(username), blockedUntil: MoreThan(now) },
        order: { blockedUntil: 'DESC' },
      });
      if (row?.blockedUntil) locked.set(username, row.blockedUntil);
    }
    return locked;
  }

  /** Forgets what is over; a job calls it. */
  async forget(tx: Tx): Promise<void> {
    await tx.manager.delete(SignInThrottle, { windowEndsAt: LessThan(tx.now) });
  }

  private async count(tx: Tx, { kind, subject, usernameIndex }: ThrottleSubject): Promise<boolean> {
    const { window, block } = POLICIES[kind];
    const windowEndsAt = new Date(tx.now.getTime() + window);
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(SignInThrottle)
      .set({ failures: () => 'CASE WHEN windowEndsAt > :now THEN failures + 1 ELSE 1 END' })
      .where('subject = :subject AND (blockedUntil IS NULL OR blockedUntil <= :now)', { subject })
      .setParameter('now', tx.now)
      .execute();
    if (affected !== 1) {
      const row = await tx.manager.findOneBy(SignInThrottle, { subject });
      if (row?.blockedUntil) throw lockedFor(row.blockedUntil.getTime() - tx.now.getTime());
      return this.countFirst(tx, { kind, subject, usernameIndex }, windowEndsAt);
    }
    const { failures } = await tx.manager.findOneByOrFail(SignInThrottle, { subject });
    const wait = block(failures);
    const blockedUntil = wait > 0 ? new Date(tx.now.getTime() + wait) : null;
    await tx.manager.update(SignInThrottle, { subject }, { windowEndsAt, blockedUntil });
    return wait > 0;
  }

  private async countFirst(tx: Tx, counted: ThrottleSubject, windowEndsAt: Date): Promise<boolean> {
    const { subject, usernameIndex } = counted;
    try {
      await tx.manager.insert(SignInThrottle, {
        subject,
        usernameIndex,
        failures: 1,
        windowEndsAt,
        blockedUntil: null,
      });
      return false;
    } catch (error) {
      // Two first tries at once: the other's row is committed by now, and this one is the second.
      if (isUniqueViolation(error)) return this.count(tx, counted);
      throw error;
    }
  }

  private subject(kind: Kind, username: string, rest: string): ThrottleSubject {
    const digest = this.cipher.blindIndex('staff.sign-in-throttle', `${username}\0${rest}`);
    return { kind, subject: `${kind}:${digest}`, usernameIndex: this.usernameIndex(username) };
  }

  private usernameIndex(username: string): string {
    return this.cipher.blindIndex('staff.sign-in-throttle', username);
  }
}
