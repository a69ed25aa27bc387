import { lookOffline, verifyOffline } from '@talent-card/shared/card-code/verify';
import type { LocalizedText } from '@talent-card/shared/common/schema';
import { windowRoutes } from '@talent-card/shared/uses/routes';
import type { Due, Looked, Use } from '@talent-card/shared/uses/schema';
import { LETS_IN, type Verdict } from '@talent-card/shared/uses/verdicts';
import { useRef, useState } from 'react';
import { ApiError, isOutcomeUnknown } from '@/platform/api-error';
import { callAs } from '@/platform/request';
import { serverNow } from '@/platform/server-time';
import { useAction } from '@/platform/use-action';
import { useSubmit } from '@/platform/use-submit';
import { asClerk } from '../clerk';
import { fetchKit, isKitWorthFetching, offlineChecks } from '../kit';
import { queueUse, syncNow, useQueue } from '../queue';

/** Nothing of ours is longer, and the service does not look at it. */
const LONGEST_CODE = 2000;
const NO_CODE = { online: false, verdict: 'not-a-code', holder: null, lookId: null } as const;
/** How long a scan stands, with network and without. */
const LOOK_LIFE_MS = 120_000;
/** Somebody is waiting: after this long the phone decides alone. */
const PATIENCE_MS = 4000;

/** One channel that could be used here, as far as it is known. */
export interface Choice {
  channelId: string;
  name: LocalizedText;
  verdict: Verdict;
  companions: number;
  bookingRequired: boolean;
  /** Null offline: what is left, and for whom it is booked, is known to the service only. */
  due: Due | null;
}
export interface Seen {
  online: boolean;
  code: string;
  /** When it was scanned: what is decided later is decided for this moment. */
  at: string;
  /** What is said large: of the code, or of the only thing that it could be used for. */
  verdict: Verdict;
  holder: {
    maskedName: string;
    cardClass: string | null;
    cardKind: 'talent' | 'youth';
    tail: string | null;
    validUntil: string | null;
  } | null;
  lookId: string | null;
  choices: Choice[];
}
export interface LetIn {
  maskedName: string;
  name: LocalizedText;
  party: number;
  /** What the service recorded; null where it is still to be sent. */
  use: Use | null;
}
export type Step =
  | { kind: 'ready' }
  | { kind: 'looking' }
  | { kind: 'seen'; seen: Seen }
  | { kind: 'done'; letIn: LetIn }
  | { kind: 'failed'; error: unknown };

export const letsIn = (verdict: Verdict): boolean => (LETS_IN as readonly Verdict[]).includes(verdict);

/** A code may be good and still open nothing here: then that is what the clerk must read. */
function headline(verdict: Verdict, choices: Choice[]): Verdict {
  if (!letsIn(verdict) || choices.some((choice) => letsIn(choice.verdict))) return verdict;
  const [only] = choices;
  return only && choices.length === 1 ? only.verdict : 'not-entitled';
}

function seenOnline(code: string, at: string, looked: Looked): Seen {
  const choices = looked.dues.map((due) => ({
    channelId: due.channelId,
    name: due.name,
    verdict: due.verdict,
    companions: due.companions,
    bookingRequired: due.bookingRequired,
    due,
  }));
  const { holder } = looked;
  return {
    online: true,
    code,
    at,
    verdict: headline(looked.verdict, choices),
    holder: holder && {
      maskedName: holder.maskedName,
      cardClass: holder.cardClass,
      cardKind: holder.cardKind,
      tail: holder.cardNumberTail,
      validUntil: holder.validUntil,
    },
    lookId: looked.lookId,
    choices,
  };
}

/** Decided on the phone; null while it was never given the means to. */
function seenOffline(code: string, at: string, venueId: string): Seen | null {
  const checks = offlineChecks(venueId);
  if (!checks) return null;
  const { verdict, holder, dues } = lookOffline(code, { ...checks, now: Date.parse(at) });
  const choices = dues.map((due) => ({ ...due, due: null }));
  return {
    online: false,
    code,
    at,
    verdict: headline(verdict, choices),
    holder: holder && { ...holder, tail: null, validUntil: null },
    lookId: null,
    choices,
  };
}

const isUnreachable = (failure: unknown) =>
  failure instanceof ApiError && (failure.status === 0 || failure.status >= 502);

/** What is fetched and sent behind a scan that reached the service. */
function catchUp(): void {
  if (isKitWorthFetching()) void fetchKit().catch(() => undefined);
  if (useQueue.getState().unsent.length > 0) void syncNow();
}

export interface AtWindow {
  step: Step;
  look: (code: string) => void;
  reset: () => void;
  /** Lets the holder in: at the service, or signed on the phone where it was seen without network. */
  letIn: (choice: Choice, companions: number) => void;
  /** After a use whose answer never came: signs it on the phone instead. */
  letInOffline: (choice: Choice, companions: number) => void;
  pending: boolean;
  error: unknown;
  /** Whether it is open if the use was recorded. */
  unanswered: boolean;
}

/** From a scan to a use, with and without network. */
export function useWindow(venueId: string): AtWindow {
  const [step, setStep] = useState<Step>({ kind: 'ready' });
  const round = useRef(0);

  const record = useSubmit(
    async (input: { lookId: string; channelId: string; companions: number }, idempotencyKey) =>
      asClerk((token) => callAs(token, windowRoutes.record, { body: { ...input, venueId }, idempotencyKey })),
  );
  const sign = useAction(async (input: { seen: Seen; choice: Choice; companions: number }) => {
    const { seen, choice, companions } = input;
    const { channelId } = choice;
    const checks = offlineChecks(venueId);
    if (!checks) throw new ApiError('NETWORK_UNREACHABLE');
    const scannedAt = Date.parse(seen.at);
    if (checks.now - scannedAt > LOOK_LIFE_MS) return { verdict: 'code-expired' as const };
    const atScan = { ...checks, now: scannedAt };
    const { codeId } = lookOffline(seen.code, atScan);
    const verdict = verifyOffline(seen.code, { channelId, companions }, atScan);
    if (!letsIn(verdict) || codeId === null) return { verdict };
    const words = {
      maskedName: seen.holder?.maskedName ?? '',
      cardClass: seen.holder?.cardClass ?? null,
      channel: choice.name,
    };
    await queueUse({ venueId, channelId, companions, code: seen.code, at: seen.at }, codeId, words);
    return { verdict };
  });

  const reset = () => {
    round.current += 1;
    record.reset();
    sign.reset();
    setStep({ kind: 'ready' });
  };

  const look = async (code: string) => {
    reset();
    const mine = round.current;
    setStep({ kind: 'looking' });
    const at = serverNow().toISOString();
    if (code.length > LONGEST_CODE) {
      setStep({ kind: 'seen', seen: { ...NO_CODE, choices: [], code: '', at } });
      return;
    }
    let next: Step;
    try {
      const looked = await asClerk((token) =>
        callAs(token, windowRoutes.look, { body: { venueId, code }, timeoutMs: PATIENCE_MS }),
      );
      next = { kind: 'seen', seen: seenOnline(code, at, looked) };
      catchUp();
    } catch (error) {
      const seen = isUnreachable(error) ? seenOffline(code, at, venueId) : null;
      next = seen ? { kind: 'seen', seen } : { kind: 'failed', error };
    }
    if (mine === round.current) setStep(next);
  };

  const seen = step.kind === 'seen' ? step.seen : null;
  const done = (choice: Choice, companions: number, use: Use | null) =>
    setStep({
      kind: 'done',
      letIn: { maskedName: seen?.holder?.maskedName ?? '', name: choice.name, party: 1 + companions, use },
    });

  const letInOffline = async (choice: Choice, companions: number) => {
    if (!seen) return;
    const signed = await sign.run({ seen, choice, companions });
    if (!signed) return;
    if (letsIn(signed.verdict)) done(choice, companions, null);
    else setStep({ kind: 'seen', seen: { ...seen, verdict: signed.verdict, choices: [] } });
  };
  const letIn = async (choice: Choice, companions: number) => {
    if (!seen) return;
    if (!seen.online || seen.lookId === null) return letInOffline(choice, companions);
    const { lookId } = seen;
    const use = await record.submit({ lookId, channelId: choice.channelId, companions });
    if (use) done(choice, companions, use);
  };

  return {
    step,
    look: (code) => void look(code),
    reset,
    letIn: (choice, companions) => void letIn(choice, companions),
    letInOffline: (choice, companions) => void letInOffline(choice, companions),
    pending: record.pending || sign.pending,
    error: sign.error ?? record.error,
    unanswered: record.error !== null && isOutcomeUnknown(record.error),
  };
}
