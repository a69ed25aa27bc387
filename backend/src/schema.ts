import { CreateOperations20261122000100 } from '../migrations/20261122000100-create-operations.js';
import { CreateJobLeases20261122001000 } from '../migrations/20261122001000-create-job-leases.js';
import { CreateOutbox20261122001100 } from '../migrations/20261122001100-create-outbox.js';
import { CreateAudit20261122001200 } from '../migrations/20261122001200-create-audit.js';
import { CreateMessages20261122001300 } from '../migrations/20261122001300-create-messages.js';
import { CreateAccounts20261122002100 } from '../migrations/20261122002100-create-accounts.js';
import { CreateStaff20261122002200 } from '../migrations/20261122002200-create-staff.js';
import { CreateWechatTokens20261122002300 } from '../migrations/20261122002300-create-wechat-tokens.js';
import { CreateStaffAccessResets20261122002400 } from '../migrations/20261122002400-create-staff-access-resets.js';
import { CreateCalendarOverrides20261122003100 } from '../migrations/20261122003100-create-calendar-overrides.js';
import { CreateFiles20261122003200 } from '../migrations/20261122003200-create-files.js';
import { CreatePeople20261122004001 } from '../migrations/20261122004001-create-people.js';
import { CreateRoster20261122004002 } from '../migrations/20261122004002-create-roster.js';
import { CreateStaffReasons20261122004003 } from '../migrations/20261122004003-create-staff-reasons.js';
import { CreateCases20261122005001 } from '../migrations/20261122005001-create-cases.js';
import { CreateCards20261122005002 } from '../migrations/20261122005002-create-cards.js';
import { CreateDemoSteps20261122009000 } from '../migrations/20261122009000-create-demo-steps.js';
import { CreateCapacity20261122010001 } from '../migrations/20261122010001-create-capacity.js';
import { CreateQuota20261122011001 } from '../migrations/20261122011001-create-quota.js';
import { CreateChannels20261122011002 } from '../migrations/20261122011002-create-channels.js';
import { CreateStaffVenues20261122012001 } from '../migrations/20261122012001-create-staff-venues.js';
import { CreateVenues20261122012002 } from '../migrations/20261122012002-create-venues.js';
import { CreateVacancyAlerts20261122012003 } from '../migrations/20261122012003-create-vacancy-alerts.js';
import { CreateCodes20261122013001 } from '../migrations/20261122013001-create-codes.js';
import { CreateUses20261122013002 } from '../migrations/20261122013002-create-uses.js';
import { CreateDeliveries20261122014001 } from '../migrations/20261122014001-create-deliveries.js';
import { CreateRatings20261122014002 } from '../migrations/20261122014002-create-ratings.js';
import { CreateExports20261122015001 } from '../migrations/20261122015001-create-exports.js';
import { CreateBookings20261122016001 } from '../migrations/20261122016001-create-bookings.js';
import { IndexBookingsOfVenues20261122017001 } from '../migrations/20261122017001-index-bookings-of-venues.js';
import { DropSinceOfCodeCards20261122030101 } from '../migrations/20261122030101-drop-since-of-code-cards.js';
import { KeepPhoneOfLooks20261122030102 } from '../migrations/20261122030102-keep-phone-of-looks.js';
import { KeepPlacesForParties20261122030201 } from '../migrations/20261122030201-keep-places-for-parties.js';
import { CloseText20261122030301 } from '../migrations/20261122030301-close-text.js';
import { CreateDeliveryDecisions20261122030302 } from '../migrations/20261122030302-create-delivery-decisions.js';
import { LimitExports20261122030303 } from '../migrations/20261122030303-limit-exports.js';
import { IndexUsesByCode20261123040001 } from '../migrations/20261123040001-index-uses-by-code.js';
import { TakeTurnsOfAccounts20261123040101 } from '../migrations/20261123040101-take-turns-of-accounts.js';
import { PassOverInLine20261123040201 } from '../migrations/20261123040201-pass-over-in-line.js';
import { KeyRequestDigests20261123050101 } from '../migrations/20261123050101-key-request-digests.js';
import { ClaimRow, ClassLimitRow, PoolRow, WaiterRow } from './core/capacity/capacity.entity.js';
import {
  CaseDocumentRow,
  CaseEventRow,
  CaseNumberRow,
  CaseRow,
  CaseStepRow,
} from './core/casework/case.entity.js';
import { PersonFact } from './core/people/facts/person-fact.entity.js';
import { Person } from './core/people/persons/person.entity.js';
import { StaffReason } from './core/people/persons/staff-reason.entity.js';
import { RealNameTries } from './core/people/real-name/real-name-tries.entity.js';
import { RosterBatch } from './core/people/roster/import/roster-batch.entity.js';
import { RosterProblem, RosterRow } from './core/people/roster/import/roster-row.entity.js';
import { RosterEntryRow } from './core/people/roster/roster-entry.entity.js';
import { QuotaCounterRow, QuotaEntryRow } from './core/quota/quota.entity.js';
import { DemoStep } from './demo/demo-step.entity.js';
import { BookingReminderRow, VacancyAlertRow } from './features/bookings/alerts.entity.js';
import { BookingPersonRow, BookingRow, WaitingRow } from './features/bookings/booking.entity.js';
import { CardClassPeriodRow, CardClassRow, CardEventRow, CardRow } from './features/cards/card.entity.js';
import { ChannelRow, ChannelTermsRow, ChannelVenueRow } from './features/channels/channel.entity.js';
import {
  ClerkDeviceRow,
  CodeCardRow,
  CodeDeviceRow,
  IssuerKeyRow,
  StatusListRow,
} from './features/codes/code.entity.js';
import { ExportRow } from './features/exports/export.entity.js';
import { RatingRow } from './features/feedback/rating.entity.js';
import {
  DeliveryDecisionRow,
  DeliveryRow,
  SubscriptionPermissionRow,
} from './features/messages/delivery.entity.js';
import { MessageRow } from './features/messages/message.entity.js';
import { LookRow, UseRow } from './features/uses/use.entity.js';
import { ExceptionRow, ScheduleRow } from './features/venues/schedule.entity.js';
import { SlotEntity } from './features/venues/slot.entity.js';
import { VenueRow } from './features/venues/venue.entity.js';
import { Account } from './platform/accounts/account.entity.js';
import { ConsentRow } from './platform/accounts/consent.entity.js';
import { RefreshToken } from './platform/accounts/refresh-token.entity.js';
import { SessionRow } from './platform/accounts/session.entity.js';
import {
  RecoveryCode,
  SignInThrottle,
  StaffAccessReset,
  StaffChallengeRow,
  StaffDevice,
} from './platform/accounts/staff/staff-access.entities.js';
import { StaffGuard } from './platform/accounts/staff/staff-guard.entity.js';
import { StaffRow } from './platform/accounts/staff/staff-member.entity.js';
import { StaffVenue } from './platform/accounts/staff/staff-venue.entity.js';
import { AuditEntry } from './platform/audit/audit-entry.entity.js';
import { AuditSeal } from './platform/audit/audit-seal.entity.js';
import { AuditVerification } from './platform/audit/audit-verification.entity.js';
import { CalendarOverride } from './platform/calendar/calendar-override.entity.js';
import { ClosedColumn } from './platform/crypto/closed-column.entity.js';
import type { SchemaParts } from './platform/database/data-sources.js';
import { IdempotencyRecord } from './platform/database/idempotency-record.entity.js';
import { Operation } from './platform/database/operations.entity.js';
import { FileRecord } from './platform/files/file.entity.js';
import { JobLease } from './platform/jobs/job-lease.entity.js';
import { OutboxMessage } from './platform/outbox/outbox-message.entity.js';
import { WechatToken } from './platform/wechat/wechat-token.entity.js';

/** Every entity and every migration, in order. A new one is added at the end of its list. */
export const schema = {
  entities: [
    Operation,
    IdempotencyRecord,
    JobLease,
    OutboxMessage,
    AuditEntry,
    AuditSeal,
    AuditVerification,
    MessageRow,
    Account,
    SessionRow,
    RefreshToken,
    ConsentRow,
    StaffRow,
    RecoveryCode,
    StaffChallengeRow,
    StaffDevice,
    SignInThrottle,
    StaffGuard,
    StaffAccessReset,
    WechatToken,
    Person,
    PersonFact,
    RealNameTries,
    RosterBatch,
    RosterRow,
    RosterProblem,
    RosterEntryRow,
    StaffReason,
    CalendarOverride,
    FileRecord,
    CaseRow,
    CaseStepRow,
    CaseDocumentRow,
    CaseEventRow,
    CaseNumberRow,
    CardRow,
    CardEventRow,
    CardClassPeriodRow,
    CardClassRow,
    DemoStep,
    PoolRow,
    ClassLimitRow,
    ClaimRow,
    WaiterRow,
    BookingPersonRow,
    BookingRow,
    WaitingRow,
    StaffVenue,
    VenueRow,
    ScheduleRow,
    ExceptionRow,
    SlotEntity,
    VacancyAlertRow,
    BookingReminderRow,
    ExportRow,
    QuotaCounterRow,
    QuotaEntryRow,
    ChannelRow,
    ChannelVenueRow,
    ChannelTermsRow,
    DeliveryRow,
    SubscriptionPermissionRow,
    RatingRow,
    IssuerKeyRow,
    CodeCardRow,
    CodeDeviceRow,
    StatusListRow,
    ClerkDeviceRow,
    LookRow,
    UseRow,
    ClosedColumn,
    DeliveryDecisionRow,
  ],
  migrations: [
    CreateOperations20261122000100,
    CreateJobLeases20261122001000,
    CreateOutbox20261122001100,
    CreateAudit20261122001200,
    CreateMessages20261122001300,
    CreateAccounts20261122002100,
    CreateStaff20261122002200,
    CreateWechatTokens20261122002300,
    CreateStaffAccessResets20261122002400,
    CreatePeople20261122004001,
    CreateRoster20261122004002,
    CreateStaffReasons20261122004003,
    CreateCalendarOverrides20261122003100,
    CreateFiles20261122003200,
    CreateCases20261122005001,
    CreateCards20261122005002,
    CreateDemoSteps20261122009000,
    CreateCapacity20261122010001,
    CreateStaffVenues20261122012001,
    CreateVenues20261122012002,
    CreateVacancyAlerts20261122012003,
    CreateBookings20261122016001,
    CreateExports20261122015001,
    CreateQuota20261122011001,
    CreateChannels20261122011002,
    CreateDeliveries20261122014001,
    CreateCodes20261122013001,
    CreateUses20261122013002,
    CreateRatings20261122014002,
    IndexBookingsOfVenues20261122017001,
    CloseText20261122030301,
    CreateDeliveryDecisions20261122030302,
    LimitExports20261122030303,
    KeepPlacesForParties20261122030201,
    DropSinceOfCodeCards20261122030101,
    KeepPhoneOfLooks20261122030102,
    IndexUsesByCode20261123040001,
    TakeTurnsOfAccounts20261123040101,
    PassOverInLine20261123040201,
    KeyRequestDigests20261123050101,
  ],
} satisfies SchemaParts;
