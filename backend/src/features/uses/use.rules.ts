import type { Due } from '@talent-card/shared/uses/schema';
import type { Verdict } from '@talent-card/shared/uses/verdicts';
import type { QuotaStanding } from '../../core/quota/quota.service.js';
import { mayCheckIn } from '../bookings/check-in.rules.js';
import type { ChannelRules } from '../channels/channel.types.js';
import type { EntitlementDecision } from '../channels/entitlement.rules.js';
import type { UseRow } from './use.entity.js';

const DAY_MS = 86_400_000;
/** A use is questioned within this time. */
const DISPUTE_DAYS = 30;
/** A use without network that comes in later than this is looked at by somebody: a device works twelve hours alone. */
export const LATE_HOURS = 48;

/** What a window needs to know of a booking. */
export interface BookedVisit {
  readonly id: string;
  readonly number: string;
  readonly channelId: string;
  readonly status: string;
  readonly serviceDate: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly arriveUntil: Date;
  /** Null until it is checked in. */
  readonly arrivedAt: Date | null;
  readonly companions: number;
  readonly cardClass: string | null;
}

/** The booking of a channel that somebody may be checked in for at a moment: the earliest that is not over. */
export function visitAt(visits: readonly BookedVisit[], channelId: string, at: Date): BookedVisit | null {
  const open = visits.filter(
    (visit) =>
      visit.channelId === channelId &&
      (visit.status === 'booked' || visit.status === 'no-show') &&
      mayCheckIn(visit, at),
  );
  return [...open].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())[0] ?? null;
}

/** The booking of a channel that was checked in that day, by number or by an earlier code: the last that was. */
export function arrivedVisit(visits: readonly BookedVisit[], channelId: string): BookedVisit | null {
  const arrived = visits.filter((visit) => visit.channelId === channelId && visit.status === 'arrived');
  return arrived.reduce<BookedVisit | null>(
    (last, visit) => ((visit.arrivedAt ?? 0) > (last?.arrivedAt ?? 0) ? visit : last),
    arrived[0] ?? null,
  );
}

/** Codes are shown and bookings checked in at windows; the other channels have ways of their own. */
export const isUsedAtWindows = ({ use }: Pick<ChannelRules, 'use'>): boolean =>
  use === 'code' || use === 'book';

export interface DueQuestion {
  readonly channel: ChannelRules;
  readonly decision: EntitlementDecision;
  /** Null where not entitled. */
  readonly standing: QuotaStanding | null;
  readonly visit: BookedVisit | null;
  /** Where there is no visit to come: the one that has been checked in. */
  readonly arrived: BookedVisit | null;
}

function verdictOf({ channel, decision, standing, visit, arrived }: DueQuestion): Verdict {
  // What was booked was decided when it was booked, and its quota is spent already.
  if (visit) return 'ok';
  if (arrived) return 'already-arrived';
  if (!decision.ok || channel.booking) return 'not-entitled';
  if (standing?.fundedBy) return 'funded-elsewhere';
  return standing?.balances.some(({ window, left }) => window !== 'use' && left <= 0) ? 'quota-gone' : 'ok';
}

/** Most who may come along: by the matrix, and by what one use may count. */
function companionsOf({ decision, visit }: DueQuestion): number {
  if (visit) return visit.companions;
  if (!decision.ok) return 0;
  const parties = decision.cell.limits.filter(({ window }) => window === 'use').map(({ most }) => most - 1);
  return Math.max(0, Math.min(decision.companions, ...parties));
}

/** What a window sees of one channel. */
export function dueOf(question: DueQuestion): Due {
  const { channel, decision, standing, visit } = question;
  const balances = (standing?.balances ?? []).filter(({ window }) => window !== 'use');
  const [tightest] = [...balances].sort((a, b) => a.left - b.left);
  const booked = visit ?? question.arrived;
  return {
    channelId: channel.channelId,
    name: channel.name,
    verdict: verdictOf(question),
    conditions: booked ? [] : decision.conditions.filter(({ outcome }) => outcome !== 'met'),
    left: tightest?.left ?? null,
    leftWindow: tightest?.window ?? null,
    renewsOn: tightest?.renewsOn ?? null,
    companions: companionsOf(question),
    discountPercent: decision.ok ? decision.cell.discountPercent : null,
    booking: booked && {
      bookingId: booked.id,
      number: booked.number,
      startsAt: booked.startsAt.toISOString(),
      endsAt: booked.endsAt.toISOString(),
      companions: booked.companions,
      arrivedAt: booked.arrivedAt?.toISOString() ?? null,
    },
    bookingRequired: channel.booking !== null,
  };
}

/** The whole answer: something may be used, or why nothing may. */
export function overallVerdict(dues: readonly Pick<Due, 'verdict'>[]): Verdict {
  const said = dues.map(({ verdict }) => verdict);
  if (said.includes('ok')) return 'ok';
  // Whoever was let in today is not told that nothing is due to them.
  if (said.includes('already-arrived')) return 'already-arrived';
  return dues[0]?.verdict ?? 'wrong-venue';
}

export function mayDispute(use: Pick<UseRow, 'status' | 'disputeOpenedAt' | 'at'>, now: Date): boolean {
  if (use.status !== 'used' || use.disputeOpenedAt !== null) return false;
  return now.getTime() - use.at.getTime() <= DISPUTE_DAYS * DAY_MS;
}
