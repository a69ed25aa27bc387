import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, LessThan, MoreThan, Not } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { queryList } from '../database/many-rows.js';
import type { Tx } from '../database/tx.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DomainError } from '../errors/domain-error.js';
import { newId } from '../ids.js';
import { AccessTokens } from './access-tokens.js';
import { RefreshToken } from './refresh-token.entity.js';
import { type SessionEnd, type SessionKind, SessionRow } from './session.entity.js';
import { SessionTrust } from './session-trust.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long sessions of each kind live. Staff are idle after 30 minutes; their access is short so that this is exact. */
const LIFETIMES = {
  citizen: { access: 15 * MINUTE, idle: 30 * DAY, whole: 180 * DAY },
  staff: { access: 5 * MINUTE, idle: 30 * MINUTE, whole: 12 * 60 * MINUTE },
} as const satisfies Record<SessionKind, { access: number; idle: number; whole: number }>;

/** A client that lost the answer may send its old token again for so long, while the new one is unused. */
export const REPEAT_WINDOW_MS = MINUTE;
const KEPT_MS = 90 * DAY;
export const SUCCESSOR_PURPOSE = 'refresh-tokens.successor';

export interface SessionTokens {
  readonly sessionId: string;
  readonly ownerId: string;
  /** Moment of these tokens, of which lifetimes count. */
  readonly issuedAt: Date;
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

/** Who a citizen's session belongs to. */
export interface SessionCitizen {
  readonly accountId: string;
  readonly status: 'active' | 'erased';
  /** Null until the real name is proved. */
  readonly personId: string | null;
}

export type WindowSession = Pick<SessionTokens, 'sessionId' | 'accessToken' | 'accessTokenExpiresAt'>;

type Refreshed =
  | { outcome: 'rotated'; session: SessionRow; refreshToken: string }
  | { outcome: 'reused'; session: SessionRow };

/** Called in the transaction that ends a family because an old refresh token came back. */
export type ReuseListener = (tx: Tx, session: SessionRow) => Promise<void>;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url');
const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * Sessions of citizens and of staff. A refresh token is used once and answered with its successor. An old one that
 * comes back means that two hold it, and nobody can tell who is the thief: the whole session ends. The one exception
 * is the client whose answer was lost on the way: within 60 s, and only while the successor has not been used, it gets
 * that same successor again. Parallel refreshes of one client therefore all get the same answer.
 */
@Injectable()
export class Sessions {
  private readonly reuseListeners: ReuseListener[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly cipher: FieldCipher,
    private readonly accessTokens: AccessTokens,
    private readonly trust: SessionTrust,
  ) {}

  onReuse(listener: ReuseListener): void {
    this.reuseListeners.push(listener);
  }

  /** Starts a session inside the caller's transaction. */
  async start(tx: Tx, kind: SessionKind, ownerId: string, deviceLabel: string): Promise<SessionTokens> {
    const { idle, whole } = LIFETIMES[kind];
    const now = tx.now.getTime();
    const session: SessionRow = {
      id: newId(tx.now),
      kind,
      ownerId,
      deviceLabel,
      startedAt: tx.now,
      lastUsedAt: tx.now,
      idleUntil: new Date(now + idle),
      endsAt: new Date(now + whole),
      endedAt: null,
      endReason: null,
    };
    await tx.manager.insert(SessionRow, session);
    const token = newToken();
    await this.insertToken(tx, session.id, token);
    return this.tokens(session, token);
  }

  /**
   * Starts twelve hours of a member of staff at a window, on an enrolled device. There is no refresh token: the device
   * proves its key again.
   */
  async startAtWindow(
    tx: Tx,
    staffId: string,
    clerkDeviceId: string,
    deviceLabel: string,
  ): Promise<WindowSession> {
    const endsAt = new Date(tx.now.getTime() + LIFETIMES.staff.whole);
    const session: SessionRow = {
      id: newId(tx.now),
      kind: 'staff',
      ownerId: staffId,
      deviceLabel,
      startedAt: tx.now,
      lastUsedAt: tx.now,
      idleUntil: endsAt,
      endsAt,
      endedAt: null,
      endReason: null,
    };
    await tx.manager.insert(SessionRow, session);
    const claims = { kind: 'staff', ownerId: staffId, sessionId: session.id, clerkDeviceId } as const;
    return {
      sessionId: session.id,
      accessToken: await this.accessTokens.sign(claims, endsAt),
      accessTokenExpiresAt: endsAt,
    };
  }

  /**
   * The next tokens for a refresh token.
   * @param mayGoOn asked in the same transaction; throws a DomainError when the owner may not sign in any more
   * @throws DomainError REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED (the session has ended), ACCOUNT_ERASED
   */
  async refresh(
    kind: SessionKind,
    token: string,
    mayGoOn: (tx: Tx, ownerId: string) => Promise<void>,
  ): Promise<SessionTokens> {
    const refreshed = await this.unitOfWork.run((tx) => this.rotate(tx, kind, token, mayGoOn));
    // Thrown only here: inside, it would roll the end of the session back.
    if (refreshed.outcome === 'reused') throw new DomainError('REFRESH_TOKEN_REUSED');
    return this.tokens(refreshed.session, refreshed.refreshToken);
  }

  /** A session that stands now, or null. */
  findStanding(manager: EntityManager, sessionId: string): Promise<SessionRow | null> {
    const now = this.clock.now();
    return manager.findOneBy(SessionRow, {
      id: sessionId,
      endedAt: IsNull(),
      idleUntil: MoreThan(now),
      endsAt: MoreThan(now),
    });
  }

  /** The accounts behind standing sessions of citizens, by session; one statement however many. */
  async citizensOf(
    manager: EntityManager,
    sessionIds: readonly string[],
  ): Promise<Map<string, SessionCitizen>> {
    const now = this.clock.now();
    const rows = await queryList<SessionCitizen & { sessionId: string }>(
      manager,
      `SELECT s.id AS sessionId, a.id AS accountId, a.status AS status, a.personId AS personId
         FROM sessions s JOIN accounts a ON a.id = s.ownerId
        WHERE s.kind = 'citizen' AND s.endedAt IS NULL AND s.idleUntil > ? AND s.endsAt > ? AND s.id IN (:list)`,
      [now, now],
      sessionIds,
    );
    return new Map(rows.map((row) => [row.sessionId, row]));
  }

  findAny(manager: EntityManager, sessionId: string): Promise<SessionRow | null> {
    return manager.findOneBy(SessionRow, { id: sessionId });
  }

  /** Standing sessions of one owner, the last used first. */
  listStanding(manager: EntityManager, ownerId: string): Promise<SessionRow[]> {
    const now = this.clock.now();
    return manager.find(SessionRow, {
      where: { ownerId, endedAt: IsNull(), idleUntil: MoreThan(now), endsAt: MoreThan(now) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  /** Ends one session of its owner; false when there is none such standing. */
  async end(tx: Tx, ownerId: string, sessionId: string, reason: SessionEnd): Promise<boolean> {
    this.trust.distrust(ownerId);
    const { affected } = await tx.manager.update(
      SessionRow,
      { id: sessionId, ownerId, endedAt: IsNull() },
      { endedAt: tx.now, endReason: reason },
    );
    return affected === 1;
  }

  /** Ends all sessions of an owner, on every device but the one named. */
  async endAll(tx: Tx, ownerId: string, reason: SessionEnd, exceptSessionId?: string): Promise<void> {
    this.trust.distrust(ownerId);
    await tx.manager.update(
      SessionRow,
      { ownerId, endedAt: IsNull(), ...(exceptSessionId ? { id: Not(exceptSessionId) } : {}) },
      { endedAt: tx.now, endReason: reason },
    );
  }

  /**
   * Removes up to 500 sessions, with their tokens, that ended or ran out more than 90 days ago; until then an old
   * token can still be told from one that never was. True when there may be more.
   */
  async forgetOld(tx: Tx): Promise<boolean> {
    const before = new Date(tx.now.getTime() - KEPT_MS);
    const old = await tx.manager.find(SessionRow, {
      select: { id: true },
      where: [{ endsAt: LessThan(before) }, { endedAt: LessThan(before) }, { idleUntil: LessThan(before) }],
      take: 500,
    });
    if (old.length > 0) await tx.manager.delete(SessionRow, { id: In(old.map(({ id }) => id)) });
    return old.length === 500;
  }

  private async rotate(
    tx: Tx,
    kind: SessionKind,
    token: string,
    mayGoOn: (tx: Tx, ownerId: string) => Promise<void>,
  ): Promise<Refreshed> {
    const row = await tx.manager.findOneBy(RefreshToken, { tokenHash: hashOf(token) });
    if (!row) throw new DomainError('REFRESH_TOKEN_INVALID');
    const session = await tx.manager.findOneByOrFail(SessionRow, { id: row.sessionId });
    this.assertStanding(session, kind, tx.now);
    await mayGoOn(tx, session.ownerId);

    const successor = newToken();
    const successorId = newId(tx.now);
    // Of parallel calls one takes the token here; the others wait for its commit and come out with 0.
    const { affected } = await tx.manager.update(
      RefreshToken,
      { id: row.id, usedAt: IsNull() },
      { usedAt: tx.now, successorId, successorSealed: this.cipher.encrypt(SUCCESSOR_PURPOSE, successor) },
    );
    if (affected !== 1) return this.repeat(tx, session, row.id);

    await this.insertToken(tx, session.id, successor, successorId);
    // Whoever uses a token has its answer: the copy kept for a repeat is not needed any more.
    const before = { sessionId: session.id, successorId: row.id };
    await tx.manager.update(RefreshToken, before, { successorSealed: null });
    session.lastUsedAt = tx.now;
    session.idleUntil = this.idleUntil(session, tx.now);
    await tx.manager.update(
      SessionRow,
      { id: session.id },
      { lastUsedAt: session.lastUsedAt, idleUntil: session.idleUntil },
    );
    return { outcome: 'rotated', session, refreshToken: successor };
  }

  private async repeat(tx: Tx, session: SessionRow, tokenId: string): Promise<Refreshed> {
    const used = await tx.manager.findOneByOrFail(RefreshToken, { id: tokenId });
    const since = used.usedAt ? tx.now.getTime() - used.usedAt.getTime() : Number.POSITIVE_INFINITY;
    if (used.successorSealed !== null && since <= REPEAT_WINDOW_MS) {
      const refreshToken = this.cipher.decrypt(SUCCESSOR_PURPOSE, used.successorSealed);
      return { outcome: 'rotated', session, refreshToken };
    }
    if (await this.end(tx, session.ownerId, session.id, 'refresh-token-reused')) {
      for (const listener of this.reuseListeners) await listener(tx, session);
    }
    return { outcome: 'reused', session };
  }

  private assertStanding(session: SessionRow, kind: SessionKind, now: Date): void {
    if (session.endReason === 'account-erased') throw new DomainError('ACCOUNT_ERASED');
    if (session.endReason === 'refresh-token-reused') throw new DomainError('REFRESH_TOKEN_REUSED');
    if (
      session.kind !== kind ||
      session.endedAt !== null ||
      session.idleUntil <= now ||
      session.endsAt <= now
    )
      throw new DomainError('REFRESH_TOKEN_INVALID');
  }

  private idleUntil(session: SessionRow, now: Date): Date {
    return new Date(Math.min(now.getTime() + LIFETIMES[session.kind].idle, session.endsAt.getTime()));
  }

  private async insertToken(tx: Tx, sessionId: string, token: string, id = newId(tx.now)): Promise<void> {
    await tx.manager.insert(RefreshToken, {
      id,
      sessionId,
      tokenHash: hashOf(token),
      createdAt: tx.now,
      usedAt: null,
      successorId: null,
      successorSealed: null,
    });
  }

  private async tokens(session: SessionRow, refreshToken: string): Promise<SessionTokens> {
    const issuedAt = this.clock.now();
    const expiresAt = new Date(
      Math.min(issuedAt.getTime() + LIFETIMES[session.kind].access, session.endsAt.getTime()),
    );
    const claims = { kind: session.kind, ownerId: session.ownerId, sessionId: session.id };
    return {
      sessionId: session.id,
      ownerId: session.ownerId,
      issuedAt,
      accessToken: await this.accessTokens.sign(claims, expiresAt),
      accessTokenExpiresAt: expiresAt,
      refreshToken,
      refreshTokenExpiresAt: session.idleUntil,
    };
  }
}
