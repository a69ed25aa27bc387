import { Module } from '@nestjs/common';
import { RosterNumbers } from '../../core/people/roster/roster-numbers.js';
import { AuditAge } from '../../platform/audit/audit-age.js';
import { CardsModule } from '../cards/cards.module.js';
import { WorkbenchController } from './workbench.controller.js';
import { WorkbenchService } from './workbench.service.js';

@Module({
  imports: [CardsModule],
  controllers: [WorkbenchController],
  providers: [WorkbenchService, RosterNumbers, AuditAge],
})
export class WorkbenchModule {}
