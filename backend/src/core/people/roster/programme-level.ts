/**
 * Level of a talent programme by the words of its name. Rosters name the programme and not its level; the words
 * 国家/长江/万人 stand in national ones, 山东/省/泰山/齐鲁 in provincial ones, and the rest of the city's list is municipal.
 */
export function programmeLevel(name: string): 'municipal' | 'provincial' | 'national' {
  if (/国家|长江学者|万人计划|杰出青年|院士/.test(name)) return 'national';
  return /山东|泰山|齐鲁|全省|省级|省/.test(name) ? 'provincial' : 'municipal';
}
