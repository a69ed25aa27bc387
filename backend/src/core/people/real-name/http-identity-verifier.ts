import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import * as z from 'zod';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { type ClaimedIdentity, type IdentityVerdict, IdentityVerifier } from './identity-verifier.js';

const answerSchema = z.object({ result: z.enum(['match', 'mismatch', 'not-found']) });
/** A person waits for this: two tries fit into the patience of a phone. */
const TIMEOUT_MS = 4_000;
const TRIES = 2;

export interface HttpVerifierOptions {
  readonly url: string;
  /** Sent as bearer token. */
  readonly token: string | undefined;
  readonly timeoutMs?: number;
}

/**
 * Asks an identity service over HTTPS. The city's gateway to the authority is not public, so this is the shape that a
 * small adapter in front of it offers:
 *
 *     POST <IDENTITY_VERIFIER_URL>   Authorization: Bearer <token>   X-Request-Id: <uuid>
 *     { "name", "identityType", "identityNumber", "birthDate": "YYYY-MM-DD" | null, "nationality": "DEU" | null }
 *     200 { "result": "match" | "mismatch" | "not-found" }
 *
 * Anything else (another status, another body, silence for four seconds) counts as not available. One try more is
 * made when the connection broke or the answer was 502, 503 or 504: asking has no effect there, so it may be repeated.
 */
export class HttpIdentityVerifier extends IdentityVerifier {
  constructor(
    private readonly options: HttpVerifierOptions,
    private readonly logger: Logger,
  ) {
    super();
  }

  async verify(identity: ClaimedIdentity): Promise<IdentityVerdict> {
    const requestId = randomUUID();
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.ask(identity, requestId);
      if (typeof outcome === 'string') return outcome;
      // Neither name nor number reaches the log.
      this.logger.warn({ requestId, attempt, failure: outcome.failure }, 'identity verifier did not answer');
      if (!outcome.repeatable || attempt >= TRIES) throw new DomainError('UPSTREAM_UNAVAILABLE');
    }
  }

  private async ask(
    identity: ClaimedIdentity,
    requestId: string,
  ): Promise<IdentityVerdict | { failure: string; repeatable: boolean }> {
    let response: Response;
    try {
      response = await fetch(this.options.url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'x-request-id': requestId,
          ...(this.options.token ? { authorization: `Bearer ${this.options.token}` } : {}),
        },
        body: JSON.stringify(identity),
        signal: AbortSignal.timeout(this.options.timeoutMs ?? TIMEOUT_MS),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        return {
          failure: `status ${response.status}`,
          repeatable: [502, 503, 504].includes(response.status),
        };
      }
      const answer = answerSchema.safeParse(await response.json());
      return answer.success ? answer.data.result : { failure: 'unknown answer', repeatable: false };
    } catch (error) {
      const { name } = error as { name?: string };
      const timedOut = name === 'TimeoutError';
      if (name === 'SyntaxError') return { failure: 'unknown answer', repeatable: false };
      return { failure: timedOut ? 'timeout' : 'connection', repeatable: !timedOut };
    }
  }
}
