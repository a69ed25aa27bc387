import { BAD_GRADES, type CallBackState } from '@talent-card/shared/feedback/schema';
import type { UseState } from '@talent-card/shared/uses/use-state';

const DAY_MS = 86_400_000;
/** A use is rated within this time. */
const RATE_DAYS = 30;
/** An answer is appealed against within this time. */
const APPEAL_DAYS = 30;
/** 国办发〔2019〕51号 leaves the term to the office; fifteen working days is the city's. */
export const CALL_BACK_WORKING_DAYS = 15;

/** Given back or struck, there was no service; unsettled, nobody knows yet. */
const RATED_STATES: readonly UseState[] = ['used', 'disputed'];

export function mayRate(use: { readonly status: UseState; readonly at: Date }, now: Date): boolean {
  const age = now.getTime() - use.at.getTime();
  return RATED_STATES.includes(use.status) && age <= RATE_DAYS * DAY_MS;
}

export const asksForCallBack = (grade: number): boolean => (BAD_GRADES as readonly number[]).includes(grade);

/** Once, after an answer and within its time. */
export function mayAppeal(
  rating: { readonly callBack: CallBackState | null; readonly answeredAt: Date | null },
  now: Date,
): boolean {
  if (rating.callBack !== 'done' || rating.answeredAt === null) return false;
  return now.getTime() - rating.answeredAt.getTime() <= APPEAL_DAYS * DAY_MS;
}

/** Somebody still has to act, and the last day has passed in Weihai. */
export function isOverdue(
  rating: { readonly callBack: CallBackState | null; readonly dueOn: string | null },
  today: string,
): boolean {
  const waits = rating.callBack === 'open' || rating.callBack === 'appealed';
  return waits && rating.dueOn !== null && rating.dueOn < today;
}
