import { Global, Module } from '@nestjs/common';
import { Capacity } from './capacity.service.js';
import { CapacityHandlers } from './capacity-handlers.js';
import { LapsePlaces } from './lapse-places.js';
import { PoolsRepository } from './pools.repository.js';

/** How many? Places that run out. */
@Global()
@Module({
  providers: [PoolsRepository, CapacityHandlers, Capacity, LapsePlaces],
  exports: [Capacity, CapacityHandlers],
})
export class CapacityModule {}
