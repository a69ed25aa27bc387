import type { SendOutcome } from '../outside/send-outcome.js';
import { type ShortMessage, SmsSender } from './sms-sender.js';

const KEPT = 100;

/** For development: keeps the latest messages in memory, oldest first. Nothing leaves. */
export class SandboxSmsSender extends SmsSender {
  readonly available = true;
  readonly sent: ShortMessage[] = [];

  async send(message: ShortMessage): Promise<SendOutcome> {
    this.sent.push(message);
    if (this.sent.length > KEPT) this.sent.shift();
    return { result: 'sent', note: 'sandbox' };
  }
}
