import type { SendOutcome } from '../outside/send-outcome.js';

/** A text for one mobile phone. */
export interface ShortMessage {
  /** Stable over all tries: a gateway that sees it twice sends once. */
  readonly id: string;
  /** Mainland number, eleven digits. */
  readonly phone: string;
  /** Which text, as it is registered with the operator of the gateway (短信模板报备). */
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The way to a phone where WeChat does not reach. Never call it inside a unit of work. */
export abstract class SmsSender {
  /** False where no gateway is configured: nothing is tried then. */
  abstract readonly available: boolean;

  /** Never throws for what the gateway answers or leaves unanswered. */
  abstract send(message: ShortMessage): Promise<SendOutcome>;
}

/** No gateway. */
export class AbsentSmsSender extends SmsSender {
  readonly available = false;

  async send(): Promise<SendOutcome> {
    return { result: 'refused', code: 'NO_GATEWAY' };
  }
}
