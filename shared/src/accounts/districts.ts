import type { LocalizedText } from '../common/schema.js';

/**
 * Zones of Weihai. Five are districts of GB/T 2260; 高区, 经区, 临港 and 南海 have no code there, so each has a
 * `zoneCode` of our own under the district it lies in. `371000` is the city itself: its staff see every zone.
 */
export const ZONES = [
  { zoneCode: '371000', parent: null, name: { zh: '威海市', en: 'Weihai (city)' } },
  { zoneCode: '371002', parent: '371000', name: { zh: '环翠区', en: 'Huancui' } },
  { zoneCode: '371003', parent: '371000', name: { zh: '文登区', en: 'Wendeng' } },
  { zoneCode: '371082', parent: '371000', name: { zh: '荣成市', en: 'Rongcheng' } },
  { zoneCode: '371083', parent: '371000', name: { zh: '乳山市', en: 'Rushan' } },
  { zoneCode: '371002-G', parent: '371002', name: { zh: '高区', en: 'High-tech Zone' } },
  { zoneCode: '371002-J', parent: '371002', name: { zh: '经区', en: 'Economic Zone' } },
  { zoneCode: '371002-L', parent: '371002', name: { zh: '临港区', en: 'Lingang' } },
  { zoneCode: '371003-N', parent: '371003', name: { zh: '南海新区', en: 'Nanhai New Area' } },
] as const satisfies readonly { zoneCode: string; parent: string | null; name: LocalizedText }[];

export type ZoneCode = (typeof ZONES)[number]['zoneCode'];
export const ZONE_CODES = ZONES.map((zone) => zone.zoneCode) as [ZoneCode, ...ZoneCode[]];
export const CITY_ZONE: ZoneCode = '371000';

/** Zones that people live and work in: everything below the city. */
export const DISTRICT_CODES = ZONE_CODES.filter((code) => code !== CITY_ZONE) as [ZoneCode, ...ZoneCode[]];

export function zoneName(code: string): LocalizedText {
  return ZONES.find((zone) => zone.zoneCode === code)?.name ?? { zh: code, en: code };
}

/** Rows of which zones somebody posted to `code` may see: all for the city, else their own zone only. */
export function visibleZones(code: ZoneCode): readonly ZoneCode[] {
  return code === CITY_ZONE ? ZONE_CODES : [code];
}
