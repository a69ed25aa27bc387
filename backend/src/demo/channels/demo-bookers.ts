import { SANDBOX_PERSONAS } from '../../core/people/sandbox/personas.js';
import { ChannelRow } from '../../features/channels/channel.entity.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import { addDays, serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { DemoWorld } from '../demo-world.js';
import { listedHolders } from '../history.js';

/** Holders who book and come; their cards were issued more than a year ago. */
const FIRST_BOOKER = 320;
export const BOOKERS = 48;
let bookers: ReturnType<typeof listedHolders> | undefined;

/** A moment of the service day that lies so many days back, `HH:mm` in Shanghai. */
export function momentOf(now: Date, daysBack: number, time: string): Date {
  return new Date(`${addDays(serviceDate(now), -daysBack)}T${time}:00+08:00`);
}

export function booker(world: DemoWorld, nth: number): Promise<PersonPrincipal> {
  bookers ??= listedHolders(FIRST_BOOKER + BOOKERS).slice(FIRST_BOOKER);
  const holder = bookers[nth % BOOKERS];
  if (!holder) throw new Error('too few demo holders');
  const { index, person } = holder;
  return world.citizen(`demo-${index}`, person);
}

/** The persona with two years of the card. */
export function gaoYuanfan(world: DemoWorld): Promise<PersonPrincipal> {
  const persona = SANDBOX_PERSONAS.find(({ key }) => key === 'gao-yuanfan');
  if (!persona) throw new Error('the persona is gone');
  return world.citizen(persona.key, persona);
}

export async function channelId(world: DemoWorld, number: number): Promise<string> {
  return (await world.get(ReadDatabase).manager.findOneByOrFail(ChannelRow, { number })).id;
}

/** Somebody asks twice after a load that was cut off, or may not; the story goes on without it. */
export async function unlessRefused<T>(deed: () => Promise<T>): Promise<T | undefined> {
  try {
    return await deed();
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
}
