import { Injectable } from '@nestjs/common';
import { Between, type EntityManager, In } from 'typeorm';
import { SlotEntity } from './slot.entity.js';

/** The only SQL of slots. */
@Injectable()
export class SlotsRepository {
  findMany(manager: EntityManager, slotIds: readonly string[]): Promise<SlotEntity[]> {
    if (slotIds.length === 0) return Promise.resolve([]);
    return manager.findBy(SlotEntity, { id: In([...new Set(slotIds)]) });
  }

  /** Slots of a venue between two days, both included, by their start. */
  ofVenue(
    manager: EntityManager,
    venueId: string,
    from: string,
    to: string,
    channelId?: string,
  ): Promise<SlotEntity[]> {
    return manager.find(SlotEntity, {
      where: { venueId, serviceDate: Between(from, to), ...(channelId ? { channelId } : {}) },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
  }
}
