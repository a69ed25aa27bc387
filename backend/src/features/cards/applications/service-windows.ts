import { type ZoneCode, zoneName } from '@talent-card/shared/accounts/districts';
import type { Application } from '@talent-card/shared/cards/schema';

/** Whom to ask in each zone. Plausible, not published: shown with the 演示数据 mark until an office sets its own. */
const ADDRESSES: Record<ZoneCode, string> = {
  '371000': '威海市政务服务中心 人才服务窗口',
  '371002': '环翠区政务服务中心 人才服务窗口',
  '371003': '文登区政务服务中心 人才服务窗口',
  '371082': '荣成市政务服务中心 人才服务窗口',
  '371083': '乳山市政务服务中心 人才服务窗口',
  '371002-G': '高区政务服务中心 人才服务窗口',
  '371002-J': '经区政务服务中心 人才服务窗口',
  '371002-L': '临港区政务服务中心 人才服务窗口',
  '371003-N': '南海新区政务服务中心 人才服务窗口',
};

/** Weihai's enquiry line for government services; windows' own numbers are not published. */
const HOTLINE = '0631-12345';

export function serviceWindow(zoneCode: ZoneCode): NonNullable<Application['window']> {
  const zone = zoneName(zoneCode);
  return {
    name: { zh: `${zone.zh}人才服务窗口`, en: `${zone.en} talent service window` },
    address: ADDRESSES[zoneCode],
    phone: HOTLINE,
    demo: true,
  };
}
