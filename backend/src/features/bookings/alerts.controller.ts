import { Body, Controller, Param } from '@nestjs/common';
import { waitingRoutes } from '@talent-card/shared/bookings/routes';
import { setAlertSchema, type VacancyAlert, vacancyAlertSchema } from '@talent-card/shared/bookings/schema';
import * as z from 'zod';
import { CitizenUnits } from '../../platform/accounts/citizen-units.js';
import type { PersonPrincipal } from '../../platform/accounts/principal.js';
import type { IdempotencyContext } from '../../platform/database/unit-of-work.js';
import { Endpoint } from '../../platform/http/endpoint.decorator.js';
import { Idempotency, Person } from '../../platform/http/parameters.js';
import { VacancyAlerts } from './alerts.service.js';

@Controller()
export class AlertsController {
  constructor(
    private readonly alerts: VacancyAlerts,
    private readonly units: CitizenUnits,
  ) {}

  @Endpoint(waitingRoutes.alerts, {
    summary: 'What the caller asked to be told of',
    response: z.object({ items: z.array(vacancyAlertSchema) }),
  })
  async mine(@Person() person: PersonPrincipal): Promise<{ items: VacancyAlert[] }> {
    return { items: await this.alerts.mine(person.personId) };
  }

  @Endpoint(waitingRoutes.setAlert, {
    summary: 'Be told once when a place becomes free; one wish for each channel and venue',
    response: vacancyAlertSchema,
  })
  set(
    @Person() person: PersonPrincipal,
    @Body({ schema: setAlertSchema }) wish: z.output<typeof setAlertSchema>,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<VacancyAlert> {
    return this.alerts.set(person, wish, idempotency);
  }

  @Endpoint(waitingRoutes.removeAlert, { summary: 'No longer be told' })
  async remove(
    @Person() person: PersonPrincipal,
    @Param('alertId') alertId: string,
    @Idempotency() idempotency: IdempotencyContext,
  ): Promise<void> {
    await this.units.run(
      person,
      async (tx) => {
        await this.alerts.remove(tx, person, alertId);
        return null;
      },
      { idempotency },
    );
  }
}
