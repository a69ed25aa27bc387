import { useEffect, useState } from 'react';
import { clock } from './clock';

const SECOND = 1000;

/** The time, told anew every so often while somebody looks: for countdowns. `null` keeps still. */
export function useNow(everyMs: number | null = SECOND): Date {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** `12:05`, `1:02:05`: what is left until a moment; null once it has come. */
export function timeLeft(until: string, now: Date): string | null {
  const seconds = Math.ceil((Date.parse(until) - now.getTime()) / SECOND);
  if (!(seconds > 0)) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
