import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** How many days ahead each channel's slots open; channels without bookings are left out. */
export type HorizonSource = (
  manager: EntityManager,
  channelIds: readonly string[],
) => Promise<ReadonlyMap<string, number>>;

/** Venues know no channels: whoever does says how far ahead slots are needed. */
@Injectable()
export class SlotHorizons {
  private source: HorizonSource = () => Promise.resolve(new Map());

  /** Call in `onModuleInit`. */
  register(source: HorizonSource): void {
    this.source = source;
  }

  of(manager: EntityManager, channelIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.source(manager, [...new Set(channelIds)]);
  }
}
