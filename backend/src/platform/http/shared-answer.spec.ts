import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { AppRequest } from './request.js';
import { ANSWERED, SharedAnswers } from './shared-answer.js';

const schema = z.object({ count: z.number() });

interface Sent {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A reply that keeps what it was told. */
function replying(): { reply: FastifyReply; sent: Sent } {
  const sent: Sent = { status: 0, headers: {}, body: '' };
  const reply = {
    header: (name: string, value: string) => {
      sent.headers[name] = value;
      return reply;
    },
    status: (status: number) => {
      sent.status = status;
      return reply;
    },
    send: (body?: Buffer) => {
      sent.body = body?.toString() ?? '';
      return Promise.resolve();
    },
  };
  return { reply: reply as unknown as FastifyReply, sent };
}

describe('an answer that everybody gets alike', () => {
  let answers: SharedAnswers;
  /** Ends the readings under way, first begun first. */
  let readings: { begunAt: number; finish: (failure?: Error) => void }[];
  /** What the database would say; a write raises it. */
  let count: number;
  beforeEach(() => {
    answers = new SharedAnswers();
    readings = [];
    count = 0;
  });

  /** Sees what is committed when it begins and answers later, as a database does. */
  const read = (): Promise<object> => {
    const seen = { count, secret: 'never leaves' };
    return new Promise((resolve, reject) => {
      readings.push({ begunAt: count, finish: (failure) => (failure ? reject(failure) : resolve(seen)) });
    });
  };
  const ask = (headers: Record<string, string> = {}, key = 'key') => {
    const { reply, sent } = replying();
    const request = { headers } as unknown as AppRequest;
    return answers.answer(request, reply, key, read, schema).then((value) => {
      expect(value).toBe(ANSWERED);
      return sent;
    });
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve, 2));
  const countOf = ({ body }: Sent): number => (JSON.parse(body) as { count: number }).count;

  it('is read once for all who come together', async () => {
    const all = Promise.all(Array.from({ length: 50 }, () => ask()));
    await turn();
    expect(readings).toHaveLength(1);
    readings[0]?.finish();
    expect((await all).map(({ body }) => body)).toEqual(new Array(50).fill('{"count":0}'));
  });

  it('is never older than the call: who comes during a reading waits for the next', async () => {
    const first = ask();
    await turn();
    count = 1;
    const second = ask();
    const third = ask();
    await turn();
    // One under way, and nobody has joined it.
    expect(readings).toHaveLength(1);
    readings[0]?.finish();
    expect(countOf(await first)).toBe(0);
    await turn();
    readings[1]?.finish();
    expect([countOf(await second), countOf(await third)]).toEqual([1, 1]);
    expect(readings).toHaveLength(2);
  });

  it('is never older than the call, whatever the order of calls, writes and readings', async () => {
    const told: Promise<void>[] = [];
    for (let i = 0; i < 300; i += 1) {
      const known = count;
      told.push(
        ask().then((sent) => {
          expect(countOf(sent)).toBeGreaterThanOrEqual(known);
        }),
      );
      if (i % 3 === 0) count += 1;
      if (i % 7 === 0) await turn();
      if (i % 11 === 0) readings.shift()?.finish();
    }
    const ended = Promise.all(told);
    let over = false;
    void ended.then(() => {
      over = true;
    });
    while (!over) {
      readings.shift()?.finish();
      await turn();
    }
    await ended;
  });

  it('tells a failure to all who waited for it, and to nobody after', async () => {
    const all = Promise.allSettled([ask(), ask()]);
    await turn();
    const later = ask();
    readings[0]?.finish(new Error('database'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await turn();
    readings[1]?.finish();
    expect(countOf(await later)).toBe(0);
  });

  it('is kept apart by key', async () => {
    const both = [ask({}, 'a'), ask({}, 'b')];
    await turn();
    expect(readings).toHaveLength(2);
    for (const reading of readings) reading.finish();
    await Promise.all(both);
  });

  it('is not sent again to who has it', async () => {
    const asking = ask();
    await turn();
    readings[0]?.finish();
    const { headers } = await asking;
    const etag = headers.etag ?? '';
    for (const tag of [etag, `W/${etag}`, '*', `"other", ${etag}`]) {
      const again = ask({ 'if-none-match': tag });
      await turn();
      readings.at(-1)?.finish();
      expect(await again).toMatchObject({ status: 304, body: '' });
    }
    count = 1;
    const changed = ask({ 'if-none-match': etag });
    await turn();
    readings.at(-1)?.finish();
    expect(await changed).toMatchObject({ status: 200, body: '{"count":1}' });
  });
});
