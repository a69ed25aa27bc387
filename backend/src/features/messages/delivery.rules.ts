import type { MessageKind } from '@talent-card/shared/messages/schema';
import { addDays, serviceDate, startOfServiceDay } from '../../platform/clock/shanghai.js';
import { MAX_ATTEMPTS, waitAfter } from '../../platform/outbox/delivery.rules.js';
import type { SendOutcome } from '../../platform/outside/send-outcome.js';
import type { DeliveryRow } from './delivery.entity.js';
import { OUTSIDE } from './message-kinds.js';

const HOUR_MS = 3_600_000;
const QUIET_FROM_HOUR = 22;
const QUIET_TO_HOUR = 7;
/** Tries before what cannot wait goes another way; with the waits of the outbox that is under a minute. */
const URGENT_ATTEMPTS = 4;

export const isUrgent = (kind: MessageKind): boolean => OUTSIDE[kind]?.sms === true;

/** Whose message it was had their data erased. */
export const isNobodys = ({ personId, accountId }: Pick<DeliveryRow, 'personId' | 'accountId'>): boolean =>
  personId === null && accountId === null;

/** Tries before a delivery is given up. */
export const attemptsFor = (kind: MessageKind): number => (isUrgent(kind) ? URGENT_ATTEMPTS : MAX_ATTEMPTS);

/** The first moment from `moment` on at which a phone may ring: not between 22:00 and 7:00 in Weihai. */
export function afterQuietHours(moment: Date): Date {
  const today = serviceDate(moment);
  const hours = (moment.getTime() - startOfServiceDay(today).getTime()) / HOUR_MS;
  const morning = (date: string) => new Date(startOfServiceDay(date).getTime() + QUIET_TO_HOUR * HOUR_MS);
  if (hours < QUIET_TO_HOUR) return morning(today);
  return hours < QUIET_FROM_HOUR ? moment : morning(addDays(today, 1));
}

/** What a delivery becomes after a try. */
export interface AfterTry {
  readonly state: 'sent' | 'skipped' | 'failed' | 'unknown' | 'pending';
  readonly errorCode: string | null;
  readonly reason: string | null;
  /** Milliseconds until the next try; only with `pending`. */
  readonly wait?: number;
  /** WeChat sent nothing, so a one-time permission that was spent is still there. */
  readonly giveBack: boolean;
}

/** @param jitter from 0 to 1, so that what failed together does not return together */
export function afterTry(
  outcome: SendOutcome,
  { attempts, attemptLimit, kind }: Pick<DeliveryRow, 'attempts' | 'attemptLimit' | 'kind'>,
  jitter: number,
): AfterTry {
  const nothing = { errorCode: null, reason: null, giveBack: false };
  switch (outcome.result) {
    case 'sent':
      return { ...nothing, state: 'sent', reason: outcome.note ?? null };
    case 'unwanted':
      return { ...nothing, state: 'skipped', errorCode: outcome.code, reason: 'unwanted' };
    case 'refused':
      return {
        state: 'failed',
        errorCode: outcome.code,
        reason: outcome.detail ?? null,
        giveBack: true,
      };
    case 'uncertain':
      return { ...nothing, state: 'unknown', errorCode: outcome.code };
    case 'not-sent': {
      const failed = { errorCode: outcome.code, reason: null, giveBack: true };
      if (attempts >= attemptLimit) return { ...failed, state: 'failed' };
      const tries = attempts - (attemptLimit - attemptsFor(kind));
      return { ...failed, state: 'pending', wait: waitAfter(Math.max(tries, 1), jitter) };
    }
  }
}
