import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { OVERDUE_JOB } from '../core/casework/overdue-cases.js';
import { Cards } from '../features/cards/cards.service.js';
import { EXPIRE_JOB } from '../features/cards/expire-cards.js';
import { SEAL_JOB } from '../platform/audit/audit-sealer.js';
import { ManualClock } from '../platform/clock/clock.js';
import type { AppConfig } from '../platform/config/config.js';
import { ReadDatabase } from '../platform/database/database.module.js';
import type { Tx } from '../platform/database/tx.js';
import { DELIVER_JOB } from '../platform/outbox/outbox.worker.js';
import { bookingDeeds } from './channels/booking-story.js';
import { openChannels } from './channels/open-channels.js';
import { useDeeds } from './channels/use-story.js';
import { DEMO_STAFF, DEMO_VENUE_STAFF } from './demo-staff.js';
import { DemoStep } from './demo-step.entity.js';
import { DemoWorld } from './demo-world.js';
import { cardDeeds, type Deed, personaDeeds, windowDeeds } from './history.js';
import { messageDeeds } from './message-story.js';
import { importFirstRoster, importLaterRoster, leaveDryRun } from './roster.js';

const DAY_MS = 86_400_000;
const FIRST_DAY_BACK = 2260;

/** 人才层次 A–E of the demo; a city with one class needs none of them. */
const CLASSES = ['A', 'B', 'C', 'D', 'E'].map((code) => ({
  code,
  nameZh: `${code} 类英才`,
  nameEn: `Class ${code}`,
  isDefault: code === 'D',
}));

/**
 * Fills an empty installation with made-up people once, through the same services as real ones and with a clock that
 * walks through the years. Loading that was cut off goes on at the next start.
 *
 * @param now the real time, where the story ends
 * @param say one line for the terminal
 */
export async function loadDemoData(config: AppConfig, now: Date, say: (line: string) => void): Promise<void> {
  if (config.DEMO_DATA === 'none') return;
  const clock = new ManualClock(new Date(now.getTime() - FIRST_DAY_BACK * DAY_MS));
  // As in tests, jobs have no timers (they run when the story says so) and a power cut may cost the last commits.
  const untimed: AppConfig = { ...config, APP_ENV: 'test' };
  const context = await NestFactory.createApplicationContext(AppModule.forRoot(untimed, clock), {
    logger: false,
    abortOnError: false,
  });
  try {
    const world = new DemoWorld(context, clock);
    await world.hire(DEMO_STAFF);
    await onceInOne(world, 'classes', (tx) =>
      world.get(Cards).defineClasses(tx, world.office('city-reviewer'), CLASSES),
    );
    await onceInOne(world, 'channels', (tx) => openChannels(world, tx));
    await world.hire(DEMO_VENUE_STAFF);
    if (config.DEMO_DATA !== 'load') return;
    await once(world, 'people', async () => {
      say('Loading demo data: made-up people, their roster, cards and applications …');
      await tell(world, storyUntil(now), now);
    });
  } finally {
    await context.close();
  }
}

async function once(world: DemoWorld, name: string, load: () => Promise<void>): Promise<void> {
  if (await world.get(ReadDatabase).manager.existsBy(DemoStep, { name })) return;
  await load();
  await world.write((tx) => tx.manager.insert(DemoStep, { name, doneAt: tx.now }));
}

/** The same in one transaction: cut off, nothing of it is there. */
async function onceInOne(world: DemoWorld, name: string, load: (tx: Tx) => Promise<void>): Promise<void> {
  if (await world.get(ReadDatabase).manager.existsBy(DemoStep, { name })) return;
  await world.write(async (tx) => {
    await load(tx);
    await tx.manager.insert(DemoStep, { name, doneAt: tx.now });
  });
}

function storyUntil(now: Date): Deed[] {
  const back = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const deeds: Deed[] = [
    { at: back(FIRST_DAY_BACK - 1), what: importFirstRoster },
    { at: back(31), what: importLaterRoster },
    ...cardDeeds(now),
    ...windowDeeds(now),
    ...personaDeeds(now),
    ...bookingDeeds(now),
    ...useDeeds(now),
    ...messageDeeds(now),
    { at: back(0.05), what: leaveDryRun },
  ];
  return deeds.filter(({ at }) => at < now).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Lets everything happen in its order; at each turn of a month, messages go out and the audit is sealed. */
async function tell(world: DemoWorld, deeds: readonly Deed[], now: Date): Promise<void> {
  const bookkeeping = async (): Promise<void> => {
    for (const job of [DELIVER_JOB, SEAL_JOB, EXPIRE_JOB, OVERDUE_JOB]) await world.runJob(job);
  };
  let month = '';
  for (const { at, what } of deeds) {
    world.clock.set(at);
    const current = at.toISOString().slice(0, 7);
    if (current !== month) await bookkeeping();
    month = current;
    await what(world);
  }
  world.clock.set(now);
  await bookkeeping();
}
