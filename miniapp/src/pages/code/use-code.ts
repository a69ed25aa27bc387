import type { CodeDevice } from '@talent-card/shared/card-code/schema';
import { useDidHide, useDidShow } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/platform/api-error';
import { clock } from '@/platform/clock';
import {
  type CodeMaker,
  makeCode,
  onlineCode,
  renewQuietly,
  type Standing,
  standing,
  takeOver,
} from '@/services/card-code';

/** A code is made anew each minute; windows take it a minute and a half either way. */
const CODE_LIFE_SECONDS = 60;
const TICK_MS = 1000;

export interface ShownNow {
  kind: 'code';
  content: string;
  /** Of the phone's clock. */
  madeAt: number;
  until: number;
  /** Made by the service, because this browser keeps no key. */
  online: boolean;
  /** Last day of the credential where it could not be renewed for long. */
  endsAt: string | null;
}
/** Every state that the code of a card can be in on this phone. */
export type CodeState =
  | { kind: 'making' }
  | ShownNow
  | { kind: 'other-phone'; device: CodeDevice; pending: boolean }
  | Exclude<Standing, { kind: 'ready' | 'online' | 'other-phone' | 'no-network' }>
  /** `before`: this phone has shown the card already; `online`: it needs the network each time. */
  | { kind: 'no-network'; before: boolean; online: boolean }
  | { kind: 'failed'; error: unknown };

const DAY_MS = 86_400_000;
/** From here on the page says that it wants the network. */
const ENDING_MS = 2 * DAY_MS;

async function own(maker: CodeMaker): Promise<ShownNow> {
  const content = await makeCode(maker);
  const madeAt = clock.now().getTime();
  const { expiresAt } = maker.credential;
  const ending = Date.parse(expiresAt) - madeAt < ENDING_MS;
  return {
    kind: 'code',
    content,
    madeAt,
    until: madeAt + CODE_LIFE_SECONDS * 1000,
    online: false,
    endsAt: ending ? expiresAt : null,
  };
}

async function fromService(cardId: string): Promise<CodeState> {
  try {
    const madeAt = clock.now().getTime();
    const shown = await onlineCode(cardId);
    const life = Date.parse(shown.expiresAt) - Date.parse(shown.serverTime);
    return { kind: 'code', content: shown.code, madeAt, until: madeAt + life, online: true, endsAt: null };
  } catch (error) {
    if (error instanceof ApiError && error.status === 0)
      return { kind: 'no-network', before: true, online: true };
    if (error instanceof ApiError && error.status === 401) return { kind: 'signed-out', before: true };
    throw error;
  }
}

async function stateOf(cardId: string, found: Standing): Promise<CodeState> {
  if (found.kind === 'ready') return own(found.maker);
  if (found.kind === 'online') return fromService(cardId);
  if (found.kind === 'no-network') return { ...found, online: false };
  return found.kind === 'other-phone' ? { ...found, pending: false } : found;
}

/** Renews where that is due, and says whether the service refused because the phone is revoked. */
async function wasRevoked(cardId: string): Promise<boolean> {
  try {
    return (await renewQuietly(cardId))?.kind === 'revoked';
  } catch (error) {
    // A card that is no longer in force is told by the list of cards, which this page asks for as well.
    if (error instanceof ApiError) return false;
    throw error;
  }
}

export interface CodeOnScreen {
  state: CodeState;
  secondsLeft: number;
  /** Share of the code's life that is left, 1 to 0. */
  left: number;
  retry: () => void;
  /** Makes this phone the one that shows the card. */
  useThisPhone: () => void;
  /** Shows a code of the service, without taking over from the other phone. */
  showOnline: () => void;
}

/** The code of one card, made anew each minute while the page is in front. */
export function useCode(cardId: string): CodeOnScreen {
  const [state, setState] = useState<CodeState>({ kind: 'making' });
  const [now, setNow] = useState(() => clock.now().getTime());
  const [inFront, setInFront] = useState(true);
  useDidShow(() => setInFront(true));
  useDidHide(() => setInFront(false));
  const round = useRef(0);

  /** Shows what `find` comes to, unless something newer has begun meanwhile. */
  const show = useCallback(async (find: () => Promise<CodeState>) => {
    round.current += 1;
    const mine = round.current;
    let next: CodeState;
    try {
      next = await find();
    } catch (error) {
      next = { kind: 'failed', error };
    }
    if (mine !== round.current) return;
    setNow(clock.now().getTime());
    setState(next);
  }, []);

  const refresh = useCallback(
    () => show(async () => stateOf(cardId, await standing(cardId))),
    [show, cardId],
  );
  const retry = useCallback(() => {
    setState({ kind: 'making' });
    void refresh();
  }, [refresh]);

  useEffect(() => {
    if (!inFront) return;
    setState((before) => (before.kind === 'code' ? before : { kind: 'making' }));
    // Only after something is on the screen: renewing must not keep anybody waiting.
    void refresh().then(async () => {
      if (await wasRevoked(cardId)) await show(async () => ({ kind: 'revoked' }));
    });
    return () => {
      round.current += 1;
    };
  }, [inFront, refresh, show, cardId]);

  const shown = state.kind === 'code' ? state : null;
  const online = shown?.online ?? false;
  useEffect(() => {
    if (!inFront || !shown) return;
    let asked = false;
    const timer = setInterval(() => {
      const time = clock.now().getTime();
      // A phone whose clock was turned back meanwhile would otherwise keep an old code for hours.
      const over = time >= shown.until || time < shown.madeAt;
      if (over && !asked) {
        asked = true;
        void (online ? show(() => fromService(cardId)) : refresh());
      }
      setNow(time);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [inFront, shown, online, show, refresh, cardId]);

  const life = shown ? shown.until - shown.madeAt : 1;
  const remaining = shown ? Math.min(life, Math.max(0, shown.until - now)) : 0;
  return {
    state,
    secondsLeft: Math.ceil(remaining / 1000),
    left: remaining / life,
    retry,
    useThisPhone: () => {
      setState((before) =>
        before.kind === 'other-phone' ? { ...before, pending: true } : { kind: 'making' },
      );
      void show(async () => stateOf(cardId, await takeOver(cardId)));
    },
    showOnline: () => {
      setState({ kind: 'making' });
      void show(() => fromService(cardId));
    },
  };
}
