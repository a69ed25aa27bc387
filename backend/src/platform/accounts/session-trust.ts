import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import type { Principal } from './principal.js';

/** How long a session found standing is believed without looking: the longest that an end on another node goes unseen. */
const TRUST_MS = 2_000;
/** How long an owner whose rights have just changed is looked up at each call; longer than any transaction lasts. */
const DISTRUST_MS = 30_000;
const MOST = 20_000;

/**
 * Spares the look at the session row at each call. Whoever changes a session or the rights behind it calls
 * `distrust` with the owner, inside the transaction: from then on this node asks the database again, so that it can
 * keep neither the old state nor one read between the change and its commit.
 */
@Injectable()
export class SessionTrust {
  private readonly trusted = new Map<string, { principal: Principal; until: number }>();
  private readonly distrusted = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  find(sessionId: string, ownerId: string): Principal | null {
    const kept = this.trusted.get(sessionId);
    if (!kept) return null;
    const now = this.clock.now().getTime();
    if (kept.until > now && !this.isDistrusted(ownerId, now)) return kept.principal;
    this.trusted.delete(sessionId);
    return null;
  }

  keep(sessionId: string, ownerId: string, principal: Principal): void {
    const now = this.clock.now().getTime();
    if (this.isDistrusted(ownerId, now)) return;
    if (this.trusted.size >= MOST) this.trusted.clear();
    this.trusted.set(sessionId, { principal, until: now + TRUST_MS });
  }

  distrust(ownerId: string): void {
    const now = this.clock.now().getTime();
    if (this.distrusted.size >= MOST) {
      for (const [id, until] of this.distrusted) if (until <= now) this.distrusted.delete(id);
    }
    this.distrusted.set(ownerId, now + DISTRUST_MS);
  }

  private isDistrusted(ownerId: string, now: number): boolean {
    const until = this.distrusted.get(ownerId);
    if (until === undefined) return false;
    if (until > now) return true;
    this.distrusted.delete(ownerId);
    return false;
  }
}
