const first = (agent: string, families: readonly (readonly [RegExp, string])[], fallback: string): string =>
  families.find(([pattern]) => pattern.test(agent))?.[1] ?? fallback;

/** Order matters: most programs also name the ones they descend from. */
const PROGRAMS = [
  [/MicroMessenger|miniProgram/i, 'WeChat'],
  [/Edg/, 'Edge'],
  [/Firefox/, 'Firefox'],
  [/Chrome|Chromium|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const;
const DEVICES = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'Mac'],
  [/Linux/, 'Linux'],
] as const;

/** `WeChat · iPhone`: enough to recognise one's own phone in a list, too little to tell two phones apart. */
export function deviceLabelOf(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  return `${first(agent, PROGRAMS, 'App')} · ${first(agent, DEVICES, 'Other')}`;
}
