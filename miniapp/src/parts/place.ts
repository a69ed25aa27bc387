import Taro from '@tarojs/taro';
import { quietly } from '@/platform/quietly';

/** Digits and a leading plus are all that a telephone dials. */
export function callNumber(phone: string): void {
  quietly(Taro.makePhoneCall({ phoneNumber: phone.replace(/[^\d+]/g, '') }));
}

const MAP_SCALE = 17;

export interface Place {
  name: string;
  address: string;
  latitude: number | null;
  longitude: number | null;
}

/**
 * Shows a place on a map: WeChat's own on weapp, the web page of a map on h5. Both want GCJ-02, which is what venues
 * carry. Without a position nothing happens: whoever offers it asks `isOnMap`.
 */
export function openMap({ name, address, latitude, longitude }: Place): void {
  if (latitude === null || longitude === null) return;
  if (process.env.TARO_ENV === 'h5') {
    const marker = `position=${longitude},${latitude}&name=${encodeURIComponent(name)}`;
    window.open(`https://uri.amap.com/marker?${marker}&coordinate=gaode`, '_blank', 'noopener');
  } else {
    quietly(Taro.openLocation({ latitude, longitude, name, address, scale: MAP_SCALE }));
  }
}

export const isOnMap = (place: Pick<Place, 'latitude' | 'longitude'>): boolean =>
  place.latitude !== null && place.longitude !== null;
