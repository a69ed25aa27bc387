import { zoneName } from '@talent-card/shared/accounts/districts';
import type { SandboxStaff } from '../platform/accounts/sandbox-personas.js';
import type { DemoVenueKey } from './channels/demo-venues.js';

const secret = (last: string): string => `JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX${last}`;

/** The authenticators of the demo accounts are public, as their passwords are; production refuses both. */
const member = (
  username: string,
  displayName: string,
  role: SandboxStaff['role'],
  zoneCode: SandboxStaff['zoneCode'],
  totpSecret: string,
): SandboxStaff => ({ username, displayName, role, zoneCode, password: 'weihai-demo-2026', totpSecret });

const district = (username: string, zoneCode: SandboxStaff['zoneCode'], totpSecret: string): SandboxStaff =>
  member(username, `${zoneName(zoneCode).zh}审核员（演示）`, 'district-reviewer', zoneCode, totpSecret);

export const DEMO_STAFF: readonly SandboxStaff[] = [
  member('admin', '系统管理员（演示）', 'system-administrator', '371000', secret('A')),
  member('city-reviewer', '市级审核员（演示）', 'city-reviewer', '371000', secret('B')),
  district('gaoqu-reviewer', '371002-G', secret('C')),
  district('rongcheng-reviewer', '371082', secret('D')),
  member('huancui-window', '环翠服务窗口（演示）', 'service-window', '371002', secret('E')),
  member('auditor', '审计员（演示）', 'auditor', '371000', secret('F')),
];

/** Staff of venues, by the venues that they are posted to; they are hired once there are any. */
export const DEMO_VENUE_STAFF: readonly (SandboxStaff & { readonly venues: readonly DemoVenueKey[] })[] = [
  {
    ...member('channel-editor', '文旅通道编辑（演示）', 'channel-editor', '371000', secret('G')),
    venues: ['island', 'chengshan', 'silverBeach', 'library', 'cinema'],
  },
  {
    ...member('sports-manager', '体育场馆管理员（演示）', 'venue-manager', '371002', secret('H')),
    venues: ['sports', 'fitness', 'rongchengGym'],
  },
  {
    ...member('island-clerk', '刘公岛核验员（演示）', 'venue-clerk', '371002', secret('I')),
    venues: ['island', 'islandPier', 'port'],
  },
  {
    ...member('sports-clerk', '体育中心核验员（演示）', 'venue-clerk', '371002', secret('J')),
    venues: ['sports', 'fitness'],
  },
];

export const ALL_DEMO_STAFF: readonly SandboxStaff[] = [...DEMO_STAFF, ...DEMO_VENUE_STAFF];
