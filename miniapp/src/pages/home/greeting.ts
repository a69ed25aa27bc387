/** Which greeting fits an hour of the day, 0–23 in Asia/Shanghai. */
export function greetingAt(hour: number): 'early' | 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (hour < 5) return 'evening';
  if (hour < 9) return 'early';
  if (hour < 12) return 'morning';
  if (hour < 14) return 'noon';
  return hour < 18 ? 'afternoon' : 'evening';
}
