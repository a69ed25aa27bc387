import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ZodType } from 'zod';
import type { AppRequest } from './request.js';

/** Told to the response interceptor: the reply is sent, by the contract, and nothing is left to serialise. */
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

interface Reading {
  /** Under way: it began before anybody who arrives now. */
  current: Promise<ReadyAnswer>;
  /** Begins when the current one is over, for all who arrived meanwhile. */
  next: Promise<ReadyAnswer> | null;
}

/**
 * Answers that everybody gets alike. Who arrives while one is read waits for the next reading, together with all
 * others who do: a reading that began before a call arrived may miss a write that the caller has already seen
 * answered, so nobody joins one that is under way. Nothing is kept beyond that, so that nothing can be stale.
 */
@Injectable()
export class SharedAnswers {
  private readonly readings = new Map<string, Reading>();

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
    const reading = this.readings.get(key);
    if (!reading) return this.begin(key, read);
    reading.next ??= reading.current.catch(() => undefined).then(() => this.begin(key, read));
    return reading.next;
  }

  private begin(key: string, read: () => Promise<ReadyAnswer>): Promise<ReadyAnswer> {
    const current = read();
    const reading: Reading = { current, next: null };
    this.readings.set(key, reading);
    const over = () => {
      if (reading.next === null && this.readings.get(key) === reading) this.readings.delete(key);
    };
    current.then(over, over);
    return current;
  }
}
