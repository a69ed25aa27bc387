import { createHmac } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock/clock.js';
import { hasNotArrived } from '../outside/has-not-arrived.js';
import type { SendOutcome } from '../outside/send-outcome.js';
import { type ShortMessage, SmsSender } from './sms-sender.js';

export interface HttpSmsOptions {
  readonly url: string;
  readonly secret: string;
  readonly timeoutMs: number;
}

const answerSchema = z.object({
  result: z.enum(['sent', 'unwanted', 'refused', 'later']),
  code: z.string().max(40).optional(),
});

/**
 * Gives messages to a gateway over HTTPS. Each operator's interface differs, so this is the shape that a small adapter
 * in front of it offers:
 *
 *     POST <SMS_GATEWAY_URL>   X-Timestamp: <Unix seconds>
 *                              X-Signature: hex(HMAC-SHA256(SMS_GATEWAY_SECRET, timestamp + "\n" + body))
 *     { "id", "phone", "template", "values": { … } }
 *     200 { "result": "sent" | "unwanted" | "refused" | "later", "code"?: the operator's own code }
 *
 * The adapter refuses a timestamp older than five minutes and sends an `id` once. `later` promises that nothing was
 * sent. Any other answer, and silence, leave it open whether the message went.
 */
export class HttpSmsSender extends SmsSender {
  readonly available = true;

  constructor(
    private readonly options: HttpSmsOptions,
    private readonly clock: Clock,
  ) {
    super();
  }

  async send({ id, phone, template, values }: ShortMessage): Promise<SendOutcome> {
    const body = JSON.stringify({ id, phone, template, values });
    const timestamp = String(Math.floor(this.clock.now().getTime() / 1000));
    const signature = createHmac('sha256', this.options.secret).update(`${timestamp}\n${body}`).digest('hex');
    try {
      const response = await fetch(this.options.url, {
        method: 'POST',
        redirect: 'error',
        headers: {
          'content-type': 'application/json',
          'x-timestamp': timestamp,
          'x-signature': signature,
        },
        body,
        signal: AbortSignal.timeout(this.options.timeoutMs),
      });
      return await readAnswer(response);
    } catch (error) {
      return hasNotArrived(error)
        ? { result: 'not-sent', code: 'UNREACHABLE' }
        : { result: 'uncertain', code: 'NO_ANSWER' };
    }
  }
}

async function readAnswer(response: Response): Promise<SendOutcome> {
  if (response.status !== 200) {
    await response.body?.cancel();
    // Refused before it was looked at: signature, time, or a limit of the adapter.
    if (response.status === 401 || response.status === 403 || response.status === 429)
      return { result: 'not-sent', code: `HTTP_${response.status}` };
    return { result: 'uncertain', code: `HTTP_${response.status}` };
  }
  const answer = answerSchema.safeParse(await response.json());
  if (!answer.success) return { result: 'uncertain', code: 'UNKNOWN_ANSWER' };
  const { result, code = 'GATEWAY' } = answer.data;
  if (result === 'sent') return { result };
  return { result: result === 'later' ? 'not-sent' : result, code };
}
