import { Injectable } from '@nestjs/common';
import { CITY_ZONE, DISTRICT_CODES, visibleZones } from '@talent-card/shared/accounts/districts';
import type { Workbench } from '@talent-card/shared/workbench/schema';
import { CaseQueue } from '../../core/casework/case-queue.js';
import { RosterNumbers } from '../../core/people/roster/roster-numbers.js';
import type { StaffPrincipal } from '../../platform/accounts/principal.js';
import { AuditAge } from '../../platform/audit/audit-age.js';
import { WorkingCalendar } from '../../platform/calendar/working-calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { serviceDate } from '../../platform/clock/shanghai.js';
import { ReadDatabase } from '../../platform/database/database.module.js';
import { CardNumbers } from '../cards/card-numbers.js';
import { lastMonths } from './months.js';

const MONTHS = 12;

/** The numbers that an office acts on, each asked of the feature that owns it. */
@Injectable()
export class WorkbenchService {
  constructor(
    private readonly cases: CaseQueue,
    private readonly cards: CardNumbers,
    private readonly roster: RosterNumbers,
    private readonly audit: AuditAge,
    private readonly calendar: WorkingCalendar,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  async numbers(staff: StaffPrincipal): Promise<Workbench> {
    const { manager } = this.database;
    const now = this.clock.now();
    const today = serviceDate(now);
    const months = lastMonths(today, MONTHS);
    const cases = await this.cases.counts(manager, staff);
    const cards = await this.cards.of(manager, staff, today, months[0] ?? today.slice(0, 7));
    const zones = staff.zoneCode === CITY_ZONE ? DISTRICT_CODES : visibleZones(staff.zoneCode);
    return {
      today,
      workingDay: this.calendar.isWorkingDay(today),
      ...cases,
      cardsActive: cards.active,
      cardsSuspended: cards.suspended,
      cardsExpiringIn90Days: cards.expiringIn90Days,
      issuedThisMonth: cards.issuedByMonth.get(today.slice(0, 7)) ?? 0,
      rosterEntries: await this.roster.entries(manager, staff.zoneCode),
      importsRunning: await this.roster.importsRunning(manager, staff.zoneCode),
      auditUnsealedSeconds: await this.audit.oldestUnsealedSeconds(manager, now),
      issuedByMonth: months.map((month) => ({ month, count: cards.issuedByMonth.get(month) ?? 0 })),
      cardsByZone: zones.map((zoneCode) => ({ zoneCode, count: cards.byZone.get(zoneCode) ?? 0 })),
    };
  }
}
