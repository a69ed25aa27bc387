import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ZodType } from 'zod';
import type { AppRequest } from './request.js';

/** What a handler returns that has sent its reply itself, by the contract: nothing is left to serialise. */
export const ANSWERED = Symbol('answered');

type Encoding = 'br' | 'gzip' | 'identity';

/** Below it, compression costs more than it saves; as `@fastify/compress` is set. */
const WORTH_COMPRESSING = 1024;

/** One answer, serialised and hashed once, compressed once for each encoding that is asked for. */
class ReadyAnswer {
  private readonly encoded = new Map<Encoding, Promise<Buffer>>();
  private readonly hash: string;

  constructor(private readonly bytes: Buffer) {
    this.hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  }

  encodingFor(accepted: string | undefined): Encoding {
    if (accepted === undefined || this.bytes.length < WORTH_COMPRESSING) return 'identity';
    if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted)) return 'br';
    return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(accepted) ? 'gzip' : 'identity';
  }

  /** Strong: two encodings are two sequences of bytes, so each has its own. */
  etag(encoding: Encoding): string {
    return encoding === 'identity' ? `"${this.hash}"` : `"${this.hash}-${encoding}"`;
  }

  async body(encoding: Encoding): Promise<Buffer> {
    if (encoding === 'identity') return this.bytes;
    const known = this.encoded.get(encoding);
    if (known) return known;
    const made = encoding === 'br' ? brotli(this.bytes) : promisify(gzip)(this.bytes);
    this.encoded.set(encoding, made);
    return made;
  }
}

/** Quality 4 is as fast as gzip and smaller. */
const brotli = (bytes: Buffer): Promise<Buffer> =>
  promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });

/** Whether a client's `If-None-Match` names the answer. Weak comparison, as RFC 9110 §13.1.2 wants it here. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => {
    const tag = part.trim();
    return tag === '*' || tag === etag || tag === `W/${etag}`;
  });
}

/** The readings of one answer: at most one under way, and at most one that has not begun. */
interface Readings {
  /** Began before anybody who arrives now. */
  underWay: Promise<unknown>;
  /** Has not begun: whoever arrives may join. Null once it has. */
  ahead: Promise<ReadyAnswer> | null;
}

/**
 * Answers that everybody gets alike. Who arrives while one is read waits for the next reading, together with all
 * others who do: a reading that began before a call arrived may miss a write that the caller has already seen
 * answered, so nobody joins one that is under way. Nothing is kept beyond that, so that nothing can be stale.
 *
 * A reading begins one turn of the event loop after it was asked for. SQLite answers without leaving the turn: begun at
 * once, it would be over before the calls that came in together with the first had even been looked at.
 */
@Injectable()
export class SharedAnswers {
  private readonly readings = new Map<string, Readings>();

  /**
   * Sends the answer with a strong ETag, or 304 where the client has it. The handler returns what this returns and
   * takes the reply by `@Res()`.
   *
   * @param key one for each answer: route and parameters
   * @param read what the answer says now; it reads the database itself
   * @param schema of the contract; what it does not name never leaves
   */
  async answer(
    request: AppRequest,
    reply: FastifyReply,
    key: string,
    read: () => Promise<object>,
    schema: ZodType,
  ): Promise<typeof ANSWERED> {
    const answer = await this.share(key, async () => {
      return new ReadyAnswer(Buffer.from(JSON.stringify(schema.parse(await read()))));
    });
    const encoding = answer.encodingFor(request.headers['accept-encoding']);
    const etag = answer.etag(encoding);
    // Everybody may keep it, nobody may show it without asking.
    reply.header('cache-control', 'public, no-cache').header('etag', etag).header('vary', 'accept-encoding');
    if (matches(request.headers['if-none-match'], etag)) {
      await reply.status(304).send();
      return ANSWERED;
    }
    if (encoding !== 'identity') reply.header('content-encoding', encoding);
    await reply
      .status(200)
      .header('content-type', 'application/json; charset=utf-8')
      .send(await answer.body(encoding));
    return ANSWERED;
  }

  private share(key: string, read: () => Promise<ReadyAnswer>): Promise<ReadyAnswer> {
    const readings = this.readings.get(key) ?? { underWay: Promise.resolve(), ahead: null };
    if (readings.ahead) return readings.ahead;
    this.readings.set(key, readings);
    const ahead = readings.underWay
      .then(() => nextTurn())
      .then(() => {
        readings.ahead = null;
        const reading = read();
        // Whoever waits for the end of it does so whichever way it ends.
        readings.underWay = reading.then(
          () => this.over(key, readings),
          () => this.over(key, readings),
        );
        return reading;
      });
    readings.ahead = ahead;
    return ahead;
  }

  /** Keeps nothing of answers that nobody waits for. */
  private over(key: string, readings: Readings): void {
    if (readings.ahead === null) this.readings.delete(key);
  }
}
