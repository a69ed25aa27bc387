import { Controller, Query } from '@nestjs/common';
import { statisticsRoutes } from '@talent-card/shared/statistics/routes';
import {
  statisticsQuerySchema,
  type UseStatistics,
  useStatisticsSchema,
} from '@talent-card/shared/statistics/schema';
import type * as z from 'zod';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Staff } from '../../platform/http/parameters.js';
import { Statistics } from './statistics.service.js';

@Controller()
export class StatisticsController {
  constructor(
    private readonly statistics: Statistics,
    private readonly database: ReadDatabase,
  ) {}

  @Endpoint(statisticsRoutes.uses, {
    summary: 'Uses between two days by channel, district and month, of the zone or the venues of the caller',
    response: useStatisticsSchema,
  })
  uses(
    @Staff() staff: StaffPrincipal,
    @Query({ schema: statisticsQuerySchema }) query: z.output<typeof statisticsQuerySchema>,
  ): Promise<UseStatistics> {
    return this.statistics.ofUses(this.database.manager, staff, query);
  }
}
