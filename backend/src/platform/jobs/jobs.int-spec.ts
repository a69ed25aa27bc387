import { createPlatformContext, type PlatformContext } from '../../../test/platform-context.js';
import { ReadDatabase } from '../database/database.module.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LOGGER } from '../observability/logger.js';
import { Outbox } from '../outbox/outbox.js';
import { OutboxMessage } from '../outbox/outbox-message.entity.js';
import { JobLease } from './job-lease.entity.js';
import { Jobs } from './jobs.js';
import { LEASE_MS, type Lease, LeaseLostError } from './lease.js';

describe('jobs under a lease', () => {
  let test: PlatformContext;
  let units: UnitOfWork;
  beforeAll(async () => {
    test = await createPlatformContext();
    units = test.app.get(UnitOfWork);
  });
  afterAll(() => test.close());

  /** The jobs of another process on the same database. */
  const process = (): Jobs => new Jobs(units, test.clock, test.config, test.app.get(LOGGER));
  const effects = (topic: string): Promise<number> =>
    test.app.get(ReadDatabase).manager.countBy(OutboxMessage, { topic });

  it('run on one process only, until its lease has run out', async () => {
    const [one, two] = [process(), process()];
    const runs: string[] = [];
    one.register({ name: 'shared', everySeconds: 1, run: async () => void runs.push('one') });
    two.register({ name: 'shared', everySeconds: 1, run: async () => void runs.push('two') });
    expect(await one.runNow('shared')).toBe(true);
    expect(await two.runNow('shared')).toBe(false);
    test.clock.advance(LEASE_MS - 1);
    expect(await one.runNow('shared')).toBe(true);
    test.clock.advance(LEASE_MS - 1);
    expect(await two.runNow('shared')).toBe(false);
    test.clock.advance(2);
    expect(await two.runNow('shared')).toBe(true);
    expect(await one.runNow('shared')).toBe(false);
    expect(runs).toEqual(['one', 'one', 'two']);
    expect(
      await test.app.get(ReadDatabase).manager.findOneByOrFail(JobLease, { name: 'shared' }),
    ).toMatchObject({ epoch: 2 });
  });

  it('cannot write after they were taken over, whatever they still hold in hand', async () => {
    const [slow, next] = [process(), process()];
    let proceed: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    let seen: unknown;
    const write = async (lease: Lease, topic: string, fenced: boolean): Promise<void> => {
      await units.run(async (tx) => {
        if (fenced) await lease.assertHeld(tx);
        await test.app.get(Outbox).publish(tx, topic, {});
      });
    };
    slow.register({
      name: 'stalls',
      everySeconds: 1,
      run: async (lease) => {
        await paused;
        await write(lease, 'unfenced', false);
        await write(lease, 'fenced', true).catch((error: unknown) => {
          seen = error;
          throw error;
        });
      },
    });
    next.register({ name: 'stalls', everySeconds: 1, run: (lease) => write(lease, 'next', true) });
    const stalled = slow.runNow('stalls');
    // Its lease is in hand by the time the other finds it taken.
    while (!(await test.app.get(ReadDatabase).manager.existsBy(JobLease, { name: 'stalls' }))) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    test.clock.advance(LEASE_MS + 1);
    expect(await next.runNow('stalls')).toBe(true);
    proceed();
    expect(await stalled).toBe(false);
    expect(seen).toBeInstanceOf(LeaseLostError);
    expect(await effects('next')).toBe(1);
    expect(await effects('fenced')).toBe(0);
    // The control: without the fence the late write is there.
    expect(await effects('unfenced')).toBe(1);
  });

  it('keep the lease by writing', async () => {
    const [one, two] = [process(), process()];
    one.register({
      name: 'long',
      everySeconds: 1,
      run: async (lease) => {
        for (let unit = 0; unit < 3; unit += 1) {
          test.clock.advance(LEASE_MS - 1000);
          await units.run((tx) => lease.assertHeld(tx));
          expect(await two.runNow('long')).toBe(false);
        }
      },
    });
    two.register({ name: 'long', everySeconds: 1, run: async () => undefined });
    expect(await one.runNow('long')).toBe(true);
  });

  it('go over to another process at once when theirs stops in an orderly way', async () => {
    const [one, two] = [process(), process()];
    for (const jobs of [one, two])
      jobs.register({ name: 'handed', everySeconds: 1, run: async () => undefined });
    expect(await one.runNow('handed')).toBe(true);
    expect(await two.runNow('handed')).toBe(false);
    await one.stop();
    expect(await two.runNow('handed')).toBe(true);
  });

  it('start in one place only when all start at once', async () => {
    const all = Array.from({ length: 8 }, process);
    let running = 0;
    for (const jobs of all) {
      jobs.register({
        name: 'race',
        everySeconds: 1,
        run: async () => {
          running += 1;
        },
      });
    }
    const took = await Promise.all(all.map((jobs) => jobs.runNow('race')));
    expect(took.filter(Boolean)).toHaveLength(1);
    expect(running).toBe(1);
  });

  it('never overlap within one process', async () => {
    const jobs = process();
    let now = 0;
    let most = 0;
    jobs.register({
      name: 'slow',
      everySeconds: 1,
      run: async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
        now -= 1;
      },
    });
    await Promise.all([jobs.runNow('slow'), jobs.runNow('slow'), jobs.runNow('slow')]);
    expect(most).toBe(1);
  });

  it('tell the one who asked when they fail', async () => {
    const jobs = process();
    jobs.register({ name: 'fails', everySeconds: 1, run: () => Promise.reject(new Error('no paper')) });
    await expect(jobs.runNow('fails')).rejects.toThrow('no paper');
    await expect(jobs.runNow('unheard-of')).rejects.toThrow('there is no job');
    expect(() => jobs.register({ name: 'fails', everySeconds: 1, run: async () => undefined })).toThrow(
      'twice',
    );
  });

  it('run by themselves where timers are on: soon after the start, when nudged, and no more once stopped', async () => {
    const config = { ...test.config, APP_ENV: 'development' as const };
    const jobs = new Jobs(units, test.clock, config, test.app.get(LOGGER));
    let runs = 0;
    jobs.register({
      name: 'timed',
      everySeconds: 0.05,
      run: async () => {
        runs += 1;
      },
    });
    const runsReach = async (wanted: number): Promise<void> => {
      while (runs < wanted) {
        await new Promise((resolve) => {
          setTimeout(resolve, 10);
        });
      }
    };
    jobs.onApplicationBootstrap();
    await runsReach(3);
    jobs.nudge('timed');
    await runsReach(4);
    await jobs.stop();
    const atStop = runs;
    jobs.nudge('timed');
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    expect(runs).toBe(atStop);
  });
});
