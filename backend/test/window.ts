import type { OfflineUse } from '@talent-card/shared/uses/schema';
import type { EntityManager } from 'typeorm';
import type { ManualClock } from '../src/platform/clock/clock.js';
import { ReadDatabase } from '../src/platform/database/database.module.js';
import type { TestChannel } from './booking-fixtures.js';
import { type Answer, call } from './card-fixtures.js';
import { enrolPhone, type Holder, signInHolder, type TestPhone } from './code-fixtures.js';
import { createTestApp, TEST_NOW, type TestApp } from './harness.js';
import { type SignedInStaff, signInPerson, signInStaff } from './sign-in.js';
import { enrolClerk, signedUse, sync, type TestClerk, useOnce } from './window-fixtures.js';

interface Caller {
  readonly headers: Record<string, string>;
}

/**
 * A clerk with an enrolled phone at a window, before them somebody who shows a card, and the office behind them.
 */
export class TestWindow {
  test: TestApp;
  clerk: TestClerk;
  holder: Holder;
  phone: TestPhone;

  get clock(): ManualClock {
    return this.test.clock;
  }

  get rows(): EntityManager {
    return this.test.app.get(ReadDatabase).manager;
  }

  /** The holder signed in anew: their token does not outlive a move of the clock. */
  async again(): Promise<Holder> {
    return { ...this.holder, ...(await signInPerson(this.test, this.holder.personId)) };
  }

  city(): Promise<SignedInStaff> {
    return signInStaff(this.test, 'city-reviewer');
  }

  get(path: string, by: Caller = this.holder): Promise<Answer> {
    return call(this.test, 'GET', path, by);
  }

  post(path: string, body: object = {}, by: Caller = this.holder): Promise<Answer> {
    return call(this.test, 'POST', path, by, body);
  }

  /** The code that the holder's phone shows now is looked at and used. */
  use(channel: TestChannel, companions = 0): Promise<Answer> {
    return useOnce(this.test, this.clerk, channel, this.phone.code(), companions);
  }

  /** Answers the use's id. */
  async used(channel: TestChannel, companions = 0): Promise<string> {
    const { status, body } = await this.use(channel, companions);
    if (status !== 200) throw new Error(`the use was refused: ${JSON.stringify(body)}`);
    return body.useId;
  }

  /** A use that the clerk's phone signs alone; now, and with the code of that moment, unless something else is said. */
  signed(
    channel: TestChannel,
    more: Partial<Omit<OfflineUse, 'signature'>> = {},
    by: TestClerk = this.clerk,
  ): OfflineUse {
    const at = more.at === undefined ? this.clock.now() : new Date(more.at);
    return signedUse(this.test, by, channel, this.phone.code(at), more);
  }

  /** What the clerk's phone signed alone comes in. */
  sync(uses: readonly OfflineUse[], by: TestClerk = this.clerk): Promise<Answer> {
    return sync(this.test, by, uses);
  }

  /** A use as staff see it; the city, where nobody is named. */
  async seen(useId: string, by?: SignedInStaff) {
    return (await call(this.test, 'GET', `/admin/uses/${useId}`, by ?? (await this.city()))).body;
  }

  /** Decides a use as it stands, unless `version` says how it was read. */
  async settle(useId: string, decision: 'count' | 'refuse', version?: number): Promise<Answer> {
    return this.decide(useId, 'settle', { decision, note: '现场核实', version });
  }

  async refund(useId: string, version?: number): Promise<Answer> {
    return this.decide(useId, 'refund', { reason: '扫错了人', version });
  }

  async answerDispute(useId: string, decision: 'keep' | 'refund', version?: number): Promise<Answer> {
    return this.decide(useId, 'dispute', { decision, answer: '已查实', version });
  }

  private async decide(
    useId: string,
    what: string,
    body: Record<string, string | number | undefined>,
  ): Promise<Answer> {
    const city = await this.city();
    const version = body.version ?? (await this.seen(useId, city)).version;
    return call(this.test, 'POST', `/admin/uses/${useId}/${what}`, city, { ...body, version });
  }

  /** What a channel has cost the holder: within its limit, and beyond. */
  async quota({ channelId }: Pick<TestChannel, 'channelId'>): Promise<{ used: number; excess: number }> {
    const { body } = await call(this.test, 'GET', `/entitlements/${channelId}`, await this.again());
    return { used: body.limits[0]?.used, excess: body.excess };
  }

  async spent(channel: Pick<TestChannel, 'channelId'>): Promise<number> {
    const { used, excess } = await this.quota(channel);
    return used + excess;
  }
}

/** What was made of each use that came in: outcome and verdict. */
export function outcomes({ status, body }: Answer): [outcome: string, verdict: string][] {
  if (status !== 200) throw new Error(`what was signed alone was refused: ${JSON.stringify(body)}`);
  return body.items.map((item: { outcome: string; verdict: string }) => [item.outcome, item.verdict]);
}

/** A service for the tests of a `describe`; each of them finds another clerk and another holder at this window. */
export function windowForEach(): TestWindow {
  const window = new TestWindow();
  beforeAll(async () => {
    window.test = await createTestApp();
  });
  afterAll(() => window.test.close());
  beforeEach(async () => {
    const { test } = window;
    test.clock.set(TEST_NOW);
    window.clerk = await enrolClerk(test);
    window.holder = await signInHolder(test);
    window.phone = await enrolPhone(test, window.holder);
  });
  return window;
}
