import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type JWTPayload, SignJWT } from 'jose';
import { Clock } from '../clock/clock.js';
import { APP_CONFIG, type AppConfig } from '../config/config.js';
import { tokenSecrets } from '../config/token-secrets.js';
import { DomainError } from '../errors/domain-error.js';
import type { SessionKind } from './session.entity.js';

export interface AccessClaims {
  readonly kind: SessionKind;
  /** Account or member of staff. */
  readonly ownerId: string;
  readonly sessionId: string;
  /** Of a session at the window: the enrolled device. */
  readonly clerkDeviceId?: string | undefined;
}

/** Between the first and the second step of a staff sign-in. */
export interface ChallengeClaims {
  readonly challengeId: string;
  readonly staffId: string;
}

const ISSUER = 'talent-card';
const PROTECTED = { alg: 'HS256', typ: 'JWT' };
const HEADER = Buffer.from(JSON.stringify(PROTECTED)).toString('base64url');
const CHALLENGE = 'staff-challenge';
const SIGN_IN_AGAIN = (expired: boolean): DomainError =>
  new DomainError(expired ? 'SESSION_EXPIRED' : 'UNAUTHENTICATED');

/**
 * Short-lived signed tokens (JWT, HS256). They say only who claims to call: whether the session still stands is
 * looked up at each call. The first of the configured secrets signs, all of them verify.
 */
@Injectable()
export class AccessTokens {
  private readonly keys: readonly [Uint8Array, ...Uint8Array[]];

  constructor(
    private readonly clock: Clock,
    @Inject(APP_CONFIG) config: AppConfig,
  ) {
    const keyOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest();
    const [first, ...others] = tokenSecrets(config);
    this.keys = [keyOf(first), ...others.map(keyOf)];
  }

  sign({ kind, ownerId, sessionId, clerkDeviceId }: AccessClaims, expiresAt: Date): Promise<string> {
    return this.jwt(
      kind,
      ownerId,
      { sid: sessionId, ...(clerkDeviceId ? { dev: clerkDeviceId } : {}) },
      expiresAt,
    );
  }

  /** @throws DomainError SESSION_EXPIRED when its time is over, UNAUTHENTICATED when it is not one of ours */
  async verify(token: string): Promise<AccessClaims> {
    const { aud, sub, sid, dev } = this.claims(token, ['citizen', 'staff'], SIGN_IN_AGAIN);
    if (typeof sub !== 'string' || typeof sid !== 'string') throw new DomainError('UNAUTHENTICATED');
    return {
      kind: aud === 'staff' ? 'staff' : 'citizen',
      ownerId: sub,
      sessionId: sid,
      clerkDeviceId: typeof dev === 'string' ? dev : undefined,
    };
  }

  signChallenge({ challengeId, staffId }: ChallengeClaims, expiresAt: Date): Promise<string> {
    return this.jwt(CHALLENGE, staffId, { jti: challengeId }, expiresAt);
  }

  /** @throws DomainError TOTP_CHALLENGE_EXPIRED for anything but a challenge that runs */
  async verifyChallenge(token: string): Promise<ChallengeClaims> {
    const over = (): DomainError => new DomainError('TOTP_CHALLENGE_EXPIRED');
    const { sub, jti } = this.claims(token, [CHALLENGE], over);
    if (typeof sub !== 'string' || typeof jti !== 'string') throw over();
    return { challengeId: jti, staffId: sub };
  }

  private jwt(audience: string, subject: string, payload: JWTPayload, expiresAt: Date): Promise<string> {
    return new SignJWT(payload)
      .setProtectedHeader(PROTECTED)
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(this.clock.now())
      .setExpirationTime(expiresAt)
      .sign(this.keys[0]);
  }

  /**
   * Checked here, at once, instead of by the library, which goes through a thread for each token: this runs at every
   * call. Only what `jwt` above makes is taken: its one header, our issuer, one audience, a subject and an end.
   */
  private claims(
    token: string,
    audience: readonly string[],
    refusal: (expired: boolean) => DomainError,
  ): JWTPayload {
    const [header, payload, signature, ...more] = token.split('.');
    if (header !== HEADER || !payload || !signature || more.length > 0) throw refusal(false);
    const given = Buffer.from(signature, 'base64url');
    const genuine = this.keys.some((key) => {
      const made = createHmac('sha256', key).update(`${header}.${payload}`).digest();
      return made.length === given.length && timingSafeEqual(made, given);
    });
    if (!genuine) throw refusal(false);
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as JWTPayload;
    const { iss, aud, sub, exp } = claims;
    const ours = iss === ISSUER && typeof aud === 'string' && audience.includes(aud);
    if (!ours || typeof sub !== 'string' || typeof exp !== 'number') throw refusal(false);
    if (exp <= Math.floor(this.clock.now().getTime() / 1000)) throw refusal(true);
    return claims;
  }
}
