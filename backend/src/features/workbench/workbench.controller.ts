import { Controller } from '@nestjs/common';
import { workbenchRoutes } from '@talent-card/shared/workbench/routes';
import { type Workbench, workbenchSchema } from '@talent-card/shared/workbench/schema';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Staff } from '../../platform/http/parameters.js';
import { WorkbenchService } from './workbench.service.js';

@Controller()
export class WorkbenchController {
  constructor(private readonly workbench: WorkbenchService) {}

  @Endpoint(workbenchRoutes.numbers, {
    summary: "Numbers of the caller's zone: what waits, what is late, how many cards",
    response: workbenchSchema,
  })
  numbers(@Staff() staff: StaffPrincipal): Promise<Workbench> {
    return this.workbench.numbers(staff);
  }
}
